"""Messages to colleagues: at once, in a daily summary or not at all. No mail server loses one or holds up a request."""

import json
import socket
import threading
import time
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.models import User
from notifications.choices import Channel, Frequency, Kind
from notifications.models import Message, Notice
from notifications.services import chat, composing, preferences, pruning, sending
from tests import newsroom
from tests.lib.safehttp.receivers import read_request, receiver
from tests.lib.safehttp.test_client import HERE
from tests.notifications.colleagues import send, with_addresses
from tests.notifications.smtp import mail_server

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def colleagues(people: SimpleNamespace) -> SimpleNamespace:
    return with_addresses(people)


def assign(colleagues: SimpleNamespace, count: int = 1) -> None:
    for _ in range(count):
        newsroom.draft(colleagues.editor, assignee=colleagues.reporter)


def choose(user: Any, *, language: str = "", **choices: str) -> None:
    preferences.choose(user=user, choices=choices, language=language)


def link_in(message: Any) -> str:
    """The path of the unsubscribe link, as the message's header has it."""
    return "/" + str(message["List-Unsubscribe"]).strip("<>").split("/", 3)[3]


def test_notices_of_a_day_become_one_summary_after_its_hour(colleagues: SimpleNamespace, settings: Any) -> None:
    settings.DAILY_SUMMARY_HOUR = 7
    choose(colleagues.reporter, assigned=Frequency.DAILY)
    assign(colleagues, 3)
    morning = newsroom.AT.replace(hour=6, minute=59) + DAY
    assert composing.compose_daily(at=morning) == 0
    assert [composing.compose_daily(at=morning + timedelta(minutes=1)) for _ in range(2)] == [1, 0]
    with mail_server(settings) as server:
        send()
    [message] = server.to("reporter@newsroom.example")
    assert message["Subject"] == "Factcheck: Your daily summary"
    text = message.get_body(("plain",)).get_content()
    assert text.count("Assigned to you:") == 3


def test_a_change_of_mind_reaches_notices_that_wait(colleagues: SimpleNamespace, settings: Any) -> None:
    assign(colleagues)
    choose(colleagues.reporter, assigned=Frequency.DAILY)
    with mail_server(settings) as server:
        send()
        choose(colleagues.reporter, assigned=Frequency.NOW)
        send()
        assign(colleagues)
        choose(colleagues.reporter, assigned=Frequency.NONE)
        send()
    assert len(server.received) == 1
    assert Notice.objects.count() == 1


def test_an_email_is_in_the_persons_language(colleagues: SimpleNamespace, settings: Any) -> None:
    choose(colleagues.reporter, language="tr")
    assign(colleagues)
    with mail_server(settings) as server:
        send()
    [message] = server.received
    assert "Size atandı" in message["Subject"]
    assert 'lang="tr"' in message.get_body(("html",)).get_content()


def test_one_click_stops_one_kind_without_signing_in(colleagues: SimpleNamespace, settings: Any) -> None:
    assign(colleagues)
    with mail_server(settings) as server:
        send()
        link, stranger = link_in(server.received[0]), Client(enforce_csrf_checks=True)
        asked = stranger.get(link)
        assert (asked.status_code, "sessionid" in asked.cookies) == (200, False)
        assign(colleagues)
        send()
        assert len(server.received) == 2, "looking at the link stops nothing"
        for _again in range(2):
            assert stranger.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assign(colleagues)
        newsroom.in_stage("approved", colleagues)
        send()
    subjects = [message["Subject"] for message in server.received]
    assert [subject.split(": ")[1] for subject in subjects] == ["Assigned to you"] * 2 + ["Approved"]


def test_the_link_of_a_summary_stops_all_that_comes_in_it(colleagues: SimpleNamespace, settings: Any) -> None:
    choose(colleagues.reporter, assigned=Frequency.DAILY)
    assign(colleagues)
    composing.compose_daily(at=newsroom.AT + DAY)
    with mail_server(settings) as server:
        send()
    Client().post(link_in(server.received[0]))
    colleagues.reporter.refresh_from_db()
    chosen = colleagues.reporter.notification_settings
    stopped = {kind.value for kind in Kind if chosen.frequency(kind) == Frequency.NONE}
    assert stopped == {Kind.ASSIGNED, Kind.PUBLISHED, Kind.OVERDUE}


@pytest.mark.parametrize("token", ["x", "WzEsImFzc2lnbmVkIl0:1:x", "é", "a" * 3000])
def test_a_link_that_is_not_ours_stops_nothing(colleagues: SimpleNamespace, token: str) -> None:
    for answer in (Client().get(f"/unsubscribe/{token}/"), Client().post(f"/unsubscribe/{token}/")):
        assert answer.status_code == 404
        assert "does not work" in answer.content.decode()


def test_a_server_that_refuses_one_address_still_takes_the_others(colleagues: SimpleNamespace, settings: Any) -> None:
    newsroom.draft(colleagues.editor, assignee=colleagues.colleague)
    assign(colleagues)
    with mail_server(settings, refused=("colleague@newsroom.example",)) as server:
        assert str(send()) == "1 sent, 1 to try again, 0 failed"
    assert [message["To"] for message in server.received] == ["reporter@newsroom.example"]
    assert Message.objects.waiting().get().problem == "The mail server refuses the recipient's address."


def test_a_mail_that_never_leaves_fails_and_can_be_sent_again(colleagues: SimpleNamespace, settings: Any) -> None:
    assign(colleagues)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = nobody.getsockname()
        for _attempt in sending.WAITS:
            assert not Message.objects.failed().exists()
            send(at=timezone.now() + 4 * DAY)
    message = Message.objects.failed().get()
    assert message.problem == "The mail server is away (ConnectionRefusedError)."
    sending.try_again(message, at=timezone.now())
    with mail_server(settings) as server:
        assert send().sent == 1
    assert len(server.received) == 1


def test_a_hanging_server_costs_one_attempt_and_no_mail(colleagues: SimpleNamespace, settings: Any) -> None:
    assign(colleagues, 3)
    settings.EMAIL_TIMEOUT = 0.2
    with mail_server(settings, hangs=True):
        begun = time.monotonic()
        assert str(send()) == "0 sent, 1 to try again, 0 failed"
        assert time.monotonic() - begun < 2
    with mail_server(settings) as server:
        assert send(at=timezone.now() + timedelta(minutes=3)).sent == 3
    ids = [message["Message-ID"] for message in server.received]
    assert len(set(ids)) == 3


def test_nothing_is_sent_to_somebody_who_left_meanwhile(colleagues: SimpleNamespace, settings: Any) -> None:
    assign(colleagues, 2)
    composing.compose_due(at=timezone.now())
    assign(colleagues)
    User.objects.filter(pk=colleagues.reporter.pk).update(is_active=False)
    with mail_server(settings) as server:
        assert str(send()) == "0 sent, 0 to try again, 2 failed"
    assert server.received == []
    assert Notice.objects.count() == 2


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_two_senders_at_once_send_each_mail_once(people: SimpleNamespace, settings: Any) -> None:
    assign(with_addresses(people), 20)
    with mail_server(settings) as server:
        senders = [threading.Thread(target=_send_and_close) for _ in range(2)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join(20)
    assert len(server.received) == Message.objects.exclude(sent_at=None).count() == 20


def _send_and_close() -> None:
    send()
    connections.close_all()


def test_old_messages_are_pruned_and_those_that_wait_are_kept(colleagues: SimpleNamespace, settings: Any) -> None:
    keep = pruning.LEAST + DAY
    assign(colleagues, 3)
    with mail_server(settings):
        send()
    old, waiting, _young = Message.objects.all()
    before = {"created_at": timezone.now() - keep - DAY}
    Message.objects.filter(pk=old.pk).update(**before)
    Message.objects.filter(pk=waiting.pk).update(sent_at=None, **before)
    Message.objects.filter(pk=_young.pk).update(created_at=timezone.now())
    assert pruning.prune(at=timezone.now(), keep=keep) == 1
    assert set(Message.objects.values_list("pk", flat=True)) == {waiting.pk, _young.pk}
    with pytest.raises(ValueError, match="still being tried"):
        pruning.prune(at=timezone.now(), keep=pruning.LEAST)


def test_the_chat_gets_the_same_as_plain_text_once(colleagues: SimpleNamespace, settings: Any) -> None:
    bodies: list[bytes] = []

    def take(wire: Any) -> None:
        bodies.append(read_request(wire).partition(b"\r\n\r\n")[2])
        wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with receiver(take) as there:
        settings.CHAT_WEBHOOK_URL = there.url
        text = "<!channel> [free](https://evil.example) *cost* @all 12 & more"
        newsroom.draft(colleagues.editor, assignee=colleagues.reporter, text=text)
        assert sending.send_due(at=timezone.now(), policy=HERE).sent == 1
    [body] = bodies
    for live in (b"<!channel>", b"](http", b"https://evil", b"@all", b"*cost*"):
        assert live not in body
    assert Message.objects.get().channel == Channel.CHAT
    assert "Reporter Test" in Message.objects.get().text


def test_plain_chat_text_keeps_its_words() -> None:
    assert chat.plain("The bridge cost\n12 million") == "The bridge cost 12 million"


def test_teams_gets_a_card_and_the_others_a_text() -> None:
    assert json.loads(chat.body_for("https://hooks.slack.com/services/x", "One\nTwo")) == {"text": "One\nTwo"}
    card = json.loads(chat.body_for("https://prod-1.westeurope.logic.azure.com/workflows/x", "One\nTwo"))
    assert [block["text"] for block in card["attachments"][0]["content"]["body"]] == ["One", "Two"]


def test_a_chat_that_is_away_does_not_hold_up_mail(colleagues: SimpleNamespace, settings: Any) -> None:
    settings.CHAT_WEBHOOK_URL = "https://127.0.0.1:1/hook"
    assign(colleagues)
    with mail_server(settings) as server:
        assert str(send()) == "1 sent, 1 to try again, 0 failed"
    assert len(server.received) == 1
