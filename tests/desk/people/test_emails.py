"""E-mails about accounts: queued with the act, sent by the worker, and without their secret afterwards."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services import invitations
from desk.people.password_reset import LEAST_SECONDS
from lib.refusals import RefusedError
from notifications.choices import SHOWN
from notifications.models import Message
from notifications.services import sending
from tests.conftest import PASSWORD
from tests.desk import pages
from tests.desk.people.test_sign_in import try_in
from tests.notifications import colleagues
from tests.notifications.smtp import MailServer, mail_server
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db
RESET = "/admin/account/password/reset/"
LINK = re.compile(r"https?://\S+/admin/account/\S+")


@pytest.fixture
def reporter(people: SimpleNamespace) -> User:
    people.reporter.email = "rana@factcheck.example"
    people.reporter.save()
    return people.reporter  # type: ignore[no-any-return]


@pytest.fixture
def hanging(settings: Any) -> Iterator[MailServer]:
    settings.EMAIL_TIMEOUT = 1
    with mail_server(settings, hangs=True) as server:
        yield server


def invite(email: str = "mara@courier.example") -> None:
    role = Group.objects.get(name="Checker")
    invitations.invite(by=None, name="Mara Moss", email=email, role=role, at=timezone.now())


def test_a_mail_server_that_hangs_delays_no_request(
    people: SimpleNamespace, reporter: User, hanging: MailServer
) -> None:
    """Not one connection is made: the server would keep it for longer than this test runs."""
    administrator = pages.signed_in(people.administrator)
    client = Client()
    try_in(client, "reporter")
    new = "another long phrase"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/admin/account/password/change/", form).status_code == 302
    assert Client().post(RESET, {"email": reporter.email}).status_code == 302
    link_page = f"/admin/accounts/user/{reporter.pk}/password-link/"
    assert administrator.post(link_page).status_code == 302
    invite()
    assert hanging.connections == 0
    assert Message.objects.waiting().count() == 4
    assert colleagues.send().later == 1
    assert hanging.connections == 1, "the worker asks once and leaves the others for later"
    assert Message.objects.waiting().count() == 4


def test_an_e_mail_that_waited_for_the_mail_server_is_sent(reporter: User, hanging: MailServer) -> None:
    Client().post(RESET, {"email": reporter.email})
    assert colleagues.send().later == 1
    hanging.answer()
    Message.objects.update(next_at=timezone.now())
    assert colleagues.send().sent == 1
    wait_until(lambda: len(hanging.received) == 1)
    [link] = LINK.findall(hanging.received[0].get_content())
    assert "password1" in pages.form_of(Client().get(link, follow=True))


def test_an_e_mail_is_undone_with_what_it_is_about(people: SimpleNamespace) -> None:
    with transaction.atomic():
        invite()
        assert Message.objects.exists()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not User.objects.filter(email="mara@courier.example").exists()


@pytest.mark.parametrize("about", ["reset", "invitation"])
def test_a_link_is_not_stored_after_it_was_sent(about: str, people: SimpleNamespace, reporter: User) -> None:
    if about == "reset":
        Client().post(RESET, {"email": reporter.email})
    else:
        invite()
    message = Message.objects.get()
    [link] = LINK.findall(message.text)
    assert message.secret_until is not None
    assert colleagues.send().sent == 1
    message.refresh_from_db()
    assert (message.text, message.html) == ("", "")
    assert link in str(mail.outbox[0].body)


def test_a_link_that_waited_too_long_is_deleted_and_not_sent(people: SimpleNamespace, reporter: User) -> None:
    Client().post(RESET, {"email": reporter.email})
    message = Message.objects.get()
    assert timedelta(minutes=59) < message.secret_until - timezone.now() <= timedelta(hours=1)  # type: ignore[operator]
    Message.objects.update(secret_until=timezone.now())
    assert colleagues.send().failed == 1
    message.refresh_from_db()
    assert (message.text, message.problem) == ("", "The link in it does not work any more.")
    assert mail.outbox == []
    with pytest.raises(RefusedError, match="was deleted"):
        sending.try_again(message, at=timezone.now())


def test_an_e_mail_that_cannot_be_sent_loses_its_link_and_is_not_offered_again(
    people: SimpleNamespace, settings: Any
) -> None:
    invite()
    with mail_server(settings, refused=("mara@courier.example",)):
        for _ in range(len(sending.WAITS)):
            Message.objects.update(next_at=timezone.now())
            colleagues.send()
    message = Message.objects.get()
    assert message.failed_at is not None
    assert message.text == ""
    desk = pages.signed_in(people.administrator)
    page = desk.get(reverse("admin:jobs_page"))
    assert "mara@courier.example" in pages.text_of(page)
    assert "Send again: " not in page.content.decode()
    answer = desk.post(reverse("admin:jobs_send", args=[message.pk]), follow=True)
    assert "The link in this e-mail was deleted." in pages.text_of(answer)
    assert not Message.objects.waiting().exists()


def test_nobody_sees_a_link_on_the_desk_except_in_the_demo(people: SimpleNamespace, settings: Any) -> None:
    invite()
    [link] = LINK.findall(Message.objects.get().text)
    people.administrator.is_superuser = True
    people.administrator.save()
    desk = pages.signed_in(people.administrator)
    for _ in range(2):
        for address in (reverse("admin:jobs_page"), "/admin/accounts/user/", reverse("admin:accounts_user_changelist")):
            assert link not in desk.get(address).content.decode()
        assert desk.get(reverse("admin:notifications_sent")).status_code == 404
        Message.objects.update(failed_at=timezone.now())
    Message.objects.update(failed_at=None)
    settings.DEBUG, settings.EMAIL_BACKEND = True, SHOWN
    assert link in desk.get(reverse("admin:notifications_sent")).content.decode()
    assert colleagues.send().sent == 1
    assert link in desk.get(reverse("admin:notifications_sent")).content.decode()


def test_the_answer_takes_as_long_for_an_unknown_address_as_for_a_known_one(
    people: SimpleNamespace, reporter: User, hanging: MailServer
) -> None:
    for address in ("rana@factcheck.example", "nobody@factcheck.example"):
        begun = time.monotonic()
        assert Client().post(RESET, {"email": address}).headers["Location"] == f"{RESET}done/"
        assert time.monotonic() - begun >= LEAST_SECONDS
    assert Message.objects.count() == 1
    assert hanging.connections == 0
