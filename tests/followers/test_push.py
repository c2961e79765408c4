"""Notifications on devices: what is sent is read with the device's keys, at a push service of the test."""

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.utils import timezone

from articles.models import Change
from factcheck import push_key
from factcheck.insight import redaction
from followers.models import Device, DeviceFollow, PushMessage
from followers.services import devices, push_sending, telling
from followers.services.devices import BadDeviceError
from lib.refusals import RefusedError
from lib.safehttp.policy import Policy
from lib.webpush import signing
from lib.webpush.receiver import decoded
from tests import newsroom
from tests.followers.devices import Phone, push_service, send, turn_on
from tests.followers.reading import correct, follow, tell

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
GOOD = Phone("https://push.example/to/abc")


@pytest.fixture(autouse=True)
def _on(settings: Any) -> None:
    turn_on(settings)


@pytest.fixture
def claim(people: SimpleNamespace) -> Any:
    return newsroom.published(people, text="The bridge of Lindholm cost 12 million", topics=["Transport"])


def told() -> int:
    """Tell of what was published; returns how many messages wait."""
    telling.tell_due(at=timezone.now())
    return PushMessage.objects.count()


def test_a_correction_is_one_notification_with_both_verdicts_that_leads_to_the_claim(
    claim: Any, people: SimpleNamespace
) -> None:
    with push_service() as service:
        phone = service.phone()
        for kind, target in (("claim", str(claim.pk)), ("topic", "Transport"), ("corrections", "")):
            phone.follow(kind, target)
        correct(claim, people)
        assert (told(), told()) == (1, 1)
        assert str(send()) == "1 sent, 0 to try again, 0 failed, 0 devices erased"
        assert send().sent == 0
        assert phone.shown(service) == [
            {
                "title": f"Corrected: {claim.text}",
                "body": "Old verdict: True\nNew verdict: Misleading",
                "path": f"/claims/{claim.slug}/",
                "tag": str(claim.pk),
                "language": "en",
                "direction": "ltr",
            }
        ]
    assert not PushMessage.objects.exists()


def test_what_the_push_service_sees_is_signed_has_one_length_and_says_nothing(
    claim: Any, people: SimpleNamespace, settings: Any
) -> None:
    with push_service() as service:
        for name in ("a", "b"):
            service.phone(name).follow("topic", "Transport")
        correct(claim, people)
        newsroom.published(people, text="The ferry was sold in 2019, and nobody asked why", topics=["Transport"])
        assert told() == 4
        assert send().sent == 4
        seen = service.messages
    assert len({len(body) for _head, body in seen}) == 1
    assert all(len(body) <= 4096 for _head, body in seen)
    assert len({head["topic"] for head, _body in seen}) == 4, "two devices of one claim have nothing in common"
    assert {len(head["topic"]) for head, _body in seen} == {32}
    head, body = seen[0]
    assert b"bridge" not in body
    assert (head["content-encoding"], head["urgency"]) == ("aes128gcm", "normal")
    assert 86_000 < int(head["ttl"]) <= 86_400
    parts = dict(one.split("=", 1) for one in head["authorization"].removeprefix("vapid ").split(", "))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(parts["k"], 65))
    origin = service.url.removesuffix("/hook")
    assert jwt.decode(parts["t"], public, ["ES256"], audience=origin)["sub"] == f"mailto:{settings.CONTACT_EMAIL}"


def test_two_devices_of_one_person_get_it_each_in_its_language(claim: Any, people: SimpleNamespace) -> None:
    with push_service() as service:
        phone, laptop = service.phone("phone"), service.phone("laptop")
        phone.follow("claim", str(claim.pk), language="ar")
        laptop.follow("claim", str(claim.pk), language="ru")
        correct(claim, people)
        told()
        assert send().sent == 2
        [arabic], [russian] = phone.shown(service), laptop.shown(service)
    assert (arabic["language"], arabic["direction"]) == ("ar", "rtl")
    assert f"\u2068{claim.text}\u2069" in arabic["title"]
    assert "Вводит в заблуждение" in russian["body"]
    assert russian["path"] == f"/ru/claims/{claim.slug}/"


def test_who_follows_by_email_and_on_a_device_gets_both(claim: Any, people: SimpleNamespace) -> None:
    follow("reader@mail.example")
    GOOD.follow()
    correct(claim, people)
    assert len(tell()) == 1
    assert PushMessage.objects.count() == 1


def test_what_was_published_before_is_no_news_and_new_claims_and_retractions_are(
    claim: Any, people: SimpleNamespace
) -> None:
    with push_service() as service:
        phone = service.phone()
        phone.follow("topic", "Transport")
        assert told() == 0
        new = newsroom.published(people, text="The ferry was sold in 2019", topics=["Transport"])
        newsroom.published(people, text="The school has 300 pupils", topics=["Schools"])
        told()
        send()
        newsroom.take(new, "retract", people.editor, comment="We misread the source.")
        told()
        send()
        first, second = phone.shown(service)
    assert (first["title"], first["body"]) == ("New: The ferry was sold in 2019", "Verdict: True")
    assert second["title"].startswith("Retracted:")
    assert second["body"].startswith("Old verdict: True")


def test_a_newer_message_about_a_claim_takes_the_place_of_one_that_has_not_left(people: SimpleNamespace) -> None:
    GOOD.follow("topic", "Transport")
    claim = newsroom.published(people, text="The ferry was sold in 2019", topics=["Transport"])
    told()
    correct(claim, people)
    assert told() == 1
    assert PushMessage.objects.get().content["title"].startswith("Corrected:")


def test_a_message_that_is_sent_again_after_a_worker_was_killed_takes_the_place_of_the_first(
    claim: Any, people: SimpleNamespace
) -> None:
    with push_service() as service:
        phone = service.phone()
        phone.follow()
        correct(claim, people)
        told()
        sent = PushMessage.objects.get()
        send()
        sent.save(force_insert=True)  # the worker was killed between the answer and the deletion
        send()
        (first, _), (second, _) = service.messages
        assert first["topic"] == second["topic"]
        assert len({one["tag"] for one in phone.shown(service)}) == 1


@pytest.mark.parametrize("letter", ["\u0531", "\U0001d400", '"', "\u2028"])
def test_the_longest_texts_still_fit(letter: str, claim: Any, people: SimpleNamespace) -> None:
    with push_service() as service:
        phone = service.phone()
        phone.follow("claim", str(claim.pk))
        correct(claim, people)
        told()
        content = PushMessage.objects.get().content | {"title": letter * 200, "body": letter * 400}
        PushMessage.objects.update(content=content)
        assert send().sent == 1
        assert phone.shown(service) == [content]
        assert len(service.messages[0][1]) <= 4096


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_erased_at_once(status: int, claim: Any, people: SimpleNamespace) -> None:
    with push_service(status) as service:
        service.phone().follow()
        correct(claim, people)
        told()
        assert send().gone == 1
    assert not Device.objects.exists()
    assert not DeviceFollow.objects.exists()
    assert not PushMessage.objects.exists()


@pytest.mark.parametrize("status", [500, 503, 429, 401, 403])
def test_a_service_that_takes_nothing_now_is_tried_again_and_the_device_stays(
    status: int, claim: Any, people: SimpleNamespace, caplog: Any
) -> None:
    with push_service(status, 201) as service:
        phone = service.phone()
        phone.follow()
        correct(claim, people)
        told()
        assert send().later == 1
        assert send().sent == 0, "not before its time"
        PushMessage.objects.update(next_at=timezone.now())
        assert send().sent == 1
        assert len(phone.shown(service)) == 2
    assert Device.objects.get().refusals == 0
    assert phone.endpoint not in caplog.text


@pytest.mark.parametrize(("wait", "most"), [("600", 600), ("99999", 3600), ("soon", 60)])
def test_a_service_is_left_alone_for_as_long_as_it_asks_for_but_not_for_longer_than_an_hour(
    wait: str, most: int, claim: Any, people: SimpleNamespace, caplog: Any
) -> None:
    with push_service(429, headers=f"Retry-After: {wait}\r\n") as service:
        for number in range(12):
            service.phone(str(number)).follow()
        correct(claim, people)
        told()
        now = timezone.now()
        assert send().later == len(service.messages) == 8, "one portion, then no more"
        assert send().later == (4 if wait == "soon" else 0)
    times = PushMessage.objects.values_list("next_at", flat=True)
    assert all(now + timedelta(seconds=most - 5) < at < now + timedelta(seconds=most + 60) for at in times)
    assert caplog.text.count("took no push message") == (2 if wait == "soon" else 1)


def test_a_message_is_given_up_after_a_day(claim: Any, people: SimpleNamespace) -> None:
    with push_service(500) as service:
        service.phone().follow()
        correct(claim, people)
        told()
        for _ in push_sending.WAITS:
            PushMessage.objects.update(next_at=timezone.now())
            last = send()
        assert last.failed == 1
        assert len(service.messages) == len(push_sending.WAITS)
    assert not PushMessage.objects.exists()
    assert Device.objects.exists()
    assert sum(push_sending.WAITS, timedelta()) < PushMessage.LIFETIME


def test_three_refusals_in_a_row_erase_a_device_and_one_that_was_taken_counts_anew(
    claim: Any, people: SimpleNamespace
) -> None:
    with push_service(400, 413, 201, 400, 400, 400) as service:
        service.phone().follow("topic", "Transport")
        for number in range(6):
            newsroom.published(people, text=f"The ferry was sold {number} times", topics=["Transport"])
            told()
            assert Device.objects.exists()
            send()
    assert len(service.messages) == 6
    assert not Device.objects.exists()


def test_a_device_whose_service_leads_inside_is_erased_and_nothing_is_sent(claim: Any, people: SimpleNamespace) -> None:
    with push_service() as service:
        service.phone().follow()
        correct(claim, people)
        told()
        Device.objects.update(endpoint=service.url.replace("http:", "https:"))
        assert push_sending.send_due(policy=Policy()).gone == 1
        assert not service.messages
    assert not Device.objects.exists()


def test_a_service_that_is_away_does_not_hold_the_others(claim: Any, people: SimpleNamespace, settings: Any) -> None:
    settings.PUSH_SERVICES = ["127.0.0.1", "localhost"]
    with push_service() as service:
        for number in range(20):
            Phone(f"http://localhost:9/{number}").follow()
        phone = service.phone()
        phone.follow()
        correct(claim, people)
        told()
        sent = send()
        assert (sent.sent, sent.later) == (1, 8)
        assert len(phone.shown(service)) == 1


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "push.example",
        "http://push.example/to/abc",
        "https://push.example:22/to/abc",
        "https://user@push.example/to",
        "https://10.0.0.1/to/abc",
        "https://[::1]/to/abc",
        "https://169.254.169.254/latest/",
        "https://push.example/" + "x" * 1500,
        "https://push.example/ü",
        "https://push.example/a b",
        "https://push.example\\@evil.example/",
        "https://evil.example/push.example",
        "https://notpush.example/to/abc",
        "https://push.example.evil.example/",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_is_no_push_services_is_refused(endpoint: str, settings: Any) -> None:
    settings.OUTBOUND_ALLOW_LOOPBACK = False
    settings.PUSH_SERVICES = ["push.example", "10.0.0.1", "169.254.169.254", "::1"]
    with pytest.raises(BadDeviceError):
        Phone(endpoint).follow()
    assert not Device.objects.exists()


def test_a_host_below_a_push_services_is_one_of_it() -> None:
    assert Phone("https://updates.push.example/to/abc").follow().service == "updates.push.example"


def test_who_knows_an_address_alone_changes_nothing_about_its_device() -> None:
    GOOD.follow()
    other = Phone(GOOD.endpoint)
    with pytest.raises(BadDeviceError):
        other.follow("topic", "Transport")
    [row] = Device.objects.all()
    assert bytes(row.public) == GOOD.public
    assert DeviceFollow.objects.count() == 1


def test_a_device_follows_each_thing_once_and_a_hundred_at_most() -> None:
    for number in range(devices.MOST):
        GOOD.follow("topic", str(number))
    GOOD.follow("topic", "1", language="hy")
    assert DeviceFollow.objects.get(target="1").language == "hy"
    with pytest.raises(RefusedError, match="100"):
        GOOD.follow("topic", "one more")
    assert DeviceFollow.objects.count() == devices.MOST


def test_who_stops_the_last_is_erased_with_what_is_on_its_way(claim: Any, people: SimpleNamespace) -> None:
    device = GOOD.follow()
    GOOD.follow("topic", "Transport")
    correct(claim, people)
    assert told() == 1
    first, second = device.follows.values_list("pk", flat=True)
    assert not devices.stop(device, follows=[first])
    assert devices.stop(device, follows=[second])
    assert devices.stop(device), "a second time changes nothing"
    assert not Device.objects.exists()
    assert not PushMessage.objects.exists()


def test_a_subscription_that_the_browser_changed_keeps_what_it_follows(claim: Any, people: SimpleNamespace) -> None:
    with push_service() as service:
        old, new = service.phone("old"), service.phone("new")
        devices.move(old.follow(), **new.subscription())
        correct(claim, people)
        told()
        send()
        assert len(new.shown(service)) == 1
    assert Device.objects.get().endpoint == new.endpoint


def test_after_a_new_key_devices_of_the_old_one_are_told_nothing_and_erased(
    claim: Any, people: SimpleNamespace, settings: Any
) -> None:
    GOOD.follow()
    settings.VAPID_PRIVATE_KEY = signing.generate().secret_text()
    correct(claim, people)
    assert told() == 0
    settings.FOLLOW_ON_DEVICES = False
    assert devices.erase_unreachable(at=timezone.now()) == 0, "the key may be missing by mistake"
    settings.FOLLOW_ON_DEVICES = True
    assert devices.erase_unreachable(at=timezone.now()) == 1


def test_messages_that_nobody_could_send_are_erased_after_a_day(claim: Any, people: SimpleNamespace) -> None:
    GOOD.follow()
    correct(claim, people)
    assert told() == 1
    devices.erase_unreachable(at=timezone.now() + timedelta(hours=23))
    assert PushMessage.objects.exists()
    devices.erase_unreachable(at=timezone.now() + timedelta(hours=25))
    assert not PushMessage.objects.exists()
    assert Device.objects.exists()


def test_without_a_key_nothing_is_made_and_nothing_is_sent(claim: Any, people: SimpleNamespace, settings: Any) -> None:
    GOOD.follow()
    settings.FOLLOW_ON_DEVICES = False
    correct(claim, people)
    assert told() == 0
    assert str(send()).startswith("0 sent")


def test_the_command_makes_a_key_that_the_settings_take(capsys: Any) -> None:
    call_command("push_key")
    line, *_rest = capsys.readouterr().out.splitlines()
    name, _, text = line.partition("=")
    assert name == "VAPID_PRIVATE_KEY"
    assert push_key.checked(text) == text
    assert push_key.checked("") == ""
    with pytest.raises(ImproperlyConfigured, match="push_key"):
        push_key.checked("my key")


def test_the_readers_connection_the_history_and_log_lines_know_no_device(settings: Any) -> None:
    GOOD.follow()
    assert not Change.objects.filter(after__icontains="push.example").exists()
    with connections["readers"].cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute("SELECT endpoint FROM followers_device")
    assert settings.VAPID_PRIVATE_KEY in redaction.configured(settings)
    for endpoint in (
        "https://fcm.googleapis.com/fcm/send/dXJ:APA91bHPRgkF",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABdXJ",
        "https://web.push.apple.com/QDXJ",
    ):
        assert "dXJ" not in redaction.redact(json.dumps({"error": f"Key (endpoint)=({endpoint}) already exists."}))
