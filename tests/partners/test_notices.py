"""E-mails to partners: none is lost to a mail server that is away, and the desk sees those that did not leave."""

import socket
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from partners.models import Notice
from partners.services import endpoints, keys, notices, partners
from tests.desk.pages import page_of, signed_in, text_of
from tests.partners import hooks, newsrooms

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def _no_mail_server(settings: Any) -> None:
    """Mail goes to a port of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = probe.getsockname()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def disable(capture: Any) -> Any:
    endpoint = hooks.endpoint()
    with capture(execute=True):
        endpoints.disable(endpoint=endpoint, reason="It answered 410 Gone.", at=timezone.now(), tell=True)
    return endpoint


@pytest.mark.usefixtures("_no_mail_server")
def test_a_notice_that_could_not_be_mailed_is_shown_and_retried(
    people: SimpleNamespace, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    endpoint = disable(django_capture_on_commit_callbacks)
    boss, lists = signed_in(people.administrator), reverse("admin:partners_endpoint_changelist")
    for page in (page_of(endpoint), page_of(endpoint.partner)):
        shown = text_of(boss.get(page))
        assert "Not sent yet" in shown
        assert "ConnectionRefusedError" in shown
    assert "E-mail not sent" in text_of(boss.get(lists))
    settings.EMAIL_BACKEND = LOCMEM
    assert notices.send_due(at=timezone.now()) == 0, "not before its time"
    corrected = partners.change_partner(
        partner=endpoint.partner, contact_email="new@news.example", by=None, at=timezone.now()
    )
    later = timezone.now() + timedelta(minutes=6)
    assert [notices.send_due(at=later) for _ in range(2)] == [1, 0]
    assert [message.to for message in mail.outbox] == [[corrected.contact_email]]
    assert "Not sent" not in text_of(boss.get(page_of(endpoint)))
    assert "E-mail not sent" not in text_of(boss.get(lists))


@pytest.mark.usefixtures("_no_mail_server")
def test_a_notice_is_not_retried_after_a_week_but_still_shown(
    people: SimpleNamespace, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    endpoint = disable(django_capture_on_commit_callbacks)
    Notice.objects.update(created_at=timezone.now() - notices.TRIED_FOR)
    settings.EMAIL_BACKEND = LOCMEM
    assert notices.send_due(at=timezone.now() + DAY) == 0
    assert "Not sent, given up" in text_of(signed_in(people.administrator).get(page_of(endpoint)))


def test_a_notice_whose_process_died_after_the_commit_is_sent_by_a_worker() -> None:
    endpoints.disable(endpoint=hooks.endpoint(), reason="It answered 410 Gone.", at=timezone.now(), tell=True)
    assert mail.outbox == []
    call_command("deliver_webhooks", "--once", stdout=StringIO())
    assert len(mail.outbox) == 1
    assert Notice.objects.get().sent_at


def warned(capture: Any, **options: Any) -> list[Any]:
    """The keys whose partners are told now."""
    with capture(execute=True):
        return [notice.key for notice in notices.warn_expiring(at=timezone.now(), **options)]


def test_a_partner_is_notified_once_before_a_key_expires(django_capture_on_commit_callbacks: Any) -> None:
    at, gone = timezone.now(), newsrooms.partner(is_active=False)
    soon, secret = newsrooms.key(expires_at=at + 13 * DAY)
    later, _ = newsrooms.key(expires_at=at + 15 * DAY)
    newsrooms.key()
    newsrooms.key(of=gone, expires_at=at + DAY)
    revoked, _ = newsrooms.key(expires_at=at + DAY)
    keys.revoke_key(key=revoked, at=at)
    assert [warned(django_capture_on_commit_callbacks) for _ in range(2)] == [[soon], []]
    [message] = mail.outbox
    assert message.to == [soon.partner.contact_email]
    assert soon.prefix in message.body
    assert f"{soon.expires_at:%Y-%m-%d}" in message.body
    assert secret not in message.body + message.subject
    assert warned(django_capture_on_commit_callbacks, within=30 * DAY) == [later]


def test_the_expiry_notice_of_a_rotated_key_names_its_successor(django_capture_on_commit_callbacks: Any) -> None:
    at = timezone.now()
    old, _ = newsrooms.key()
    new, _ = keys.rotate_key(key=old, overlap_until=at + 7 * DAY, at=at)
    assert warned(django_capture_on_commit_callbacks) == [old]
    assert f"Its successor is {new.prefix}" in mail.outbox[0].body


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_the_notices_command_lists_recipients_and_fails_when_a_mail_was_not_sent(request: Any, settings: Any) -> None:
    key, _ = newsrooms.key(expires_at=timezone.now() + DAY)
    out = StringIO()
    call_command("warn_expiring_keys", stdout=out)
    assert out.getvalue().splitlines() == [f"{key.partner}: {key}", "1 keys."]
    assert len(mail.outbox) == 1
    newsrooms.key(expires_at=timezone.now() + DAY)
    request.getfixturevalue("_no_mail_server")
    with pytest.raises(CommandError, match="1 of the e-mails did not leave"):
        call_command("warn_expiring_keys", stdout=StringIO())
    for bad in (0, 367):
        with pytest.raises(CommandError, match="--days"):
            call_command("warn_expiring_keys", days=bad)
