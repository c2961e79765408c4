"""Partners look after their own webhook endpoints."""

import json
import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from standardwebhooks import Webhook

from api.webhooks import serializers
from partners.choices import DeliveryState
from partners.models import Answer, Delivery, Endpoint, Event, PartnerChange
from partners.services import deliveries, endpoints
from tests import newsroom
from tests.api.submissions.test_submissions import Caller
from tests.api.test_openapi import _check, document  # noqa: F401 - a fixture
from tests.lib.safehttp.receivers import hang, receiver
from tests.partners import hooks
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
URL = "/api/v1/webhooks/endpoints/"
ONE = f"{URL}{{endpoint_id}}/"
BODY = {"url": "https://post.example/hook?token=s3cret", "event_types": ["claim.retracted", "claim.corrected"]}


class Partner(Caller):
    """A partner's program that looks after its endpoints."""

    def __init__(self, name: str = "Morning Post", scopes: tuple[str, ...] = ("webhooks",)) -> None:
        super().__init__(name, scopes)

    def add(self, **fields: Any) -> Any:
        return self.post({**BODY, **fields}, path=URL, key=None)

    def patch(self, path: str, body: Any, tag: str | None = None) -> Any:
        headers = {"Authorization": f"Bearer {self.secret}"}
        headers["If-Match"] = self.get(path)["ETag"] if tag is None else tag
        headers = {name: value for name, value in headers.items() if value}
        return self.client.patch(path, json.dumps(body), "application/json", headers=headers)

    def act(self, path: str, what: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.secret}"}
        data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.post(f"{path}{what}/", headers=headers, **data)


@pytest.fixture
def partner(db: None) -> Partner:
    return Partner()


@pytest.fixture
def here(settings: Any) -> None:
    settings.OUTBOUND_ALLOW_LOOPBACK = True


def test_an_endpoint_is_added_and_its_secret_shown_once(partner: Partner, document: dict[str, Any]) -> None:  # noqa: F811
    answer = partner.add()
    _check(document, answer, URL, "post")
    made = answer.json()
    assert (made["state"], made["event_types"]) == ("active", ["claim.corrected", "claim.retracted"])
    assert made["secret"].startswith("whsec_")
    assert answer["Cache-Control"] == "private, no-store"
    read = partner.get(answer["Location"])
    _check(document, read, ONE)
    assert read["ETag"] == answer["ETag"] == f'"e{made["id"]}-v1"'
    assert read.json() == {name: value for name, value in made.items() if not name.startswith("secret")}
    _check(document, partner.get(URL), URL)
    assert partner.get(URL).json()["results"] == [read.json()]
    change = PartnerChange.objects.get(act="added")
    assert (change.by, change.with_key, change.what) == (None, partner.key, f"endpoint {made['id']} at post.example")


def test_a_repeated_request_has_one_effect_and_its_secret_is_kept_nowhere(partner: Partner) -> None:
    first, again = (partner.post(BODY, path=URL, key="one") for _ in range(2))
    assert (first.status_code, again.status_code, again["Idempotent-Replayed"]) == (201, 201, "true")
    secret = first.json()["secret"]
    assert again.json() | {"secret": secret, "secret_note": ""} == first.json() | {"secret_note": ""}
    assert (again.json()["secret"], "first answer alone" in again.json()["secret_note"]) == (None, True)
    place = first["Location"]
    first, again = (partner.post({}, path=f"{place}rotate/", key="two") for _ in range(2))
    assert (first.json()["keys"], again.json()["secret"]) == (again.json()["keys"], None)
    assert (Endpoint.objects.count(), Endpoint.objects.get().secrets.count()) == (1, 2)
    kept = b"".join(bytes(answer.body) for answer in Answer.objects.all())
    assert kept
    assert all(told.removeprefix("whsec_").encode() not in kept for told in (secret, first.json()["secret"]))


@pytest.mark.parametrize(
    ("change", "attr", "code"),
    [
        ({"url": "http://post.example/"}, "url", "bad_url"),
        ({"url": "https://10.0.0.1/"}, "url", "address_refused"),
        ({"url": "https://user:pw@post.example/"}, "url", "bad_url"),
        ({"url": "https://post.example:8443/"}, "url", "bad_url"),
        ({"url": "https://" + "x" * 1000}, "url", "max_length"),
        ({"url": ""}, "url", "blank"),
        ({"url": None}, "url", "null"),
        ({"event_types": ["published"]}, "event_types.0", "invalid_choice"),
        ({"event_types": ["ping"]}, "event_types.0", "invalid_choice"),
        ({"event_types": "claim.published"}, "event_types", "not_a_list"),
        ({"signature": "v2"}, "signature", "invalid_choice"),
        ({"description": "x"}, "description", "unknown_field"),
        ({"partner": "x"}, "partner", "unknown_field"),
    ],
)
def test_an_invalid_endpoint_is_refused(
    partner: Partner, problem: Any, change: dict[str, Any], attr: str, code: str
) -> None:
    answer = partner.add(**change)
    found = json.loads(answer.content)
    problem(answer, 400, found["code"])
    assert (attr, code) in [(error["attr"], error["code"]) for error in found["errors"]], found
    assert not Endpoint.objects.exists()


def test_one_url_is_one_endpoint_and_their_number_is_limited(partner: Partner, problem: Any, monkeypatch: Any) -> None:
    place = partner.add()["Location"]
    there = partner.add()
    assert [error["code"] for error in json.loads(there.content)["errors"]] == ["already_there"]
    assert json.loads(there.content)["errors"][0]["attr"] == "url"
    other = partner.add(url="https://post.example/other")["Location"]
    assert partner.patch(other, {"url": BODY["url"]}).status_code == 400
    monkeypatch.setattr(endpoints, "MOST_ENDPOINTS", 2)
    problem(partner.add(url="https://post.example/third"), 409, "too_many_endpoints")
    assert partner.patch(place, {"url": "https://post.example/third"}).status_code == 200


def test_changing_an_endpoint_needs_the_version_that_was_read(partner: Partner, problem: Any) -> None:
    place = partner.add()["Location"]
    Endpoint.objects.update(description="A note of the desk")
    tag = partner.get(place)["ETag"]
    answer = partner.patch(place, {"event_types": []}, tag)
    assert (answer.status_code, answer.json()["event_types"], answer.json()["url"]) == (200, [], BODY["url"])
    stale = partner.patch(place, {"url": "https://post.example/b"}, tag)
    problem(stale, 412, "stale")
    assert stale["ETag"] == answer["ETag"]
    problem(partner.patch(place, {"state": "paused"}, ""), 428, "precondition_required")
    problem(partner.patch(place, {}), 400, "nothing_to_change")
    problem(partner.patch(place, None), 400, "not_an_object")
    assert Endpoint.objects.get().description == "A note of the desk"
    assert "A note" not in partner.get(place).content.decode()


def test_an_endpoints_state_is_changed_as_a_field(partner: Partner) -> None:
    place = partner.add()["Location"]
    for state in ("paused", "disabled", "active"):
        answer = partner.patch(place, {"state": state})
        assert (answer.status_code, answer.json()["state"]) == (200, state)
    Endpoint.objects.update(broken_until=timezone.now() + timezone.timedelta(hours=1), consecutive_failures=7)
    assert partner.get(place).json()["resting_until"]
    answer = partner.patch(place, {"state": "active"}).json()
    assert (answer["resting_until"], answer["failures_in_a_row"]) == (None, 0)
    acts = list(PartnerChange.objects.filter(with_key=partner.key).order_by("pk").values_list("act", flat=True))
    assert acts == ["added", "paused", "disabled", "resumed", "resumed"]
    version = partner.get(place).json()["version"]
    assert partner.patch(place, {"state": "active", "url": BODY["url"]}).json()["version"] == version, (
        "nothing differed"
    )


def test_rotation_can_change_the_kind_of_signature(partner: Partner, here: None) -> None:
    inbox = hooks.Inbox(200)
    with receiver(inbox) as there:
        made = partner.add(url=there.url, event_types=[])
        answer = partner.act(made["Location"], "rotate", {"signature": "v1a"})
        assert answer.json()["secret"] is None
        new, old = answer.json()["keys"]
        assert new["public_key"].startswith("whpk_")
        assert (new["signs_until"], old["public_key"], bool(old["signs_until"])) == (None, None, True)
        assert partner.act(made["Location"], "test").json()["delivered"]
        answer = partner.act(made["Location"], "rotate", {"end_old": True}).json()
        assert [key["signature"] for key in answer["keys"]] == ["v1a"], "the kind stays, the old ones ended"
    [(headers, body)] = inbox.messages
    kinds = [one.partition(",")[0] for one in headers["webhook-signature"].split(" ")]
    assert kinds == ["v1a", "v1"]
    assert Webhook(made.json()["secret"]).verify(body, headers)["type"] == "ping"


def test_a_test_events_answer_says_what_the_receiver_answered(
    partner: Partner,
    here: None,
    document: dict[str, Any],  # noqa: F811
) -> None:
    inbox = hooks.Inbox(200, 500)
    with receiver(inbox) as there:
        place = partner.add(url=there.url)["Location"]
        good, bad = partner.act(place, "test"), partner.act(place, "test")
    for answer in (good, bad):
        _check(document, answer, f"{ONE}test/", "post")
    assert (good.json()["delivered"], good.json()["status"], good.json()["problem"]) == (True, 200, None)
    assert (bad.json()["delivered"], bad.json()["problem"]["code"]) == (False, "refused")
    gone = partner.act(place, "test").json()
    assert gone["problem"] == {"code": "connect_failed", "detail": "No connection could be made."}
    log = partner.get(f"{place}deliveries/")
    _check(document, log, f"{ONE}deliveries/")
    assert [(row["type"], row["state"]) for row in log.json()["results"]] == [
        ("ping", "dead"),
        ("ping", "dead"),
        ("ping", "delivered"),
    ]


@pytest.mark.parametrize("word", ["unknown_host", "address_refused"])
def test_a_test_event_does_not_reveal_which_internal_hosts_exist(word: str) -> None:
    outcome = deliveries.Outcome(None, word, "", "", 3)
    assert serializers._problem(outcome.code) == {
        "code": "no_public_address",
        "detail": "The host has no public address, so nothing was sent.",
    }


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_a_second_test_event_at_the_same_time_is_refused(here: None, problem: Any, settings: Any) -> None:
    settings.WEBHOOK_TIMEOUT_SECONDS = 3.0
    partner, slow = Partner(), []

    def ask() -> None:
        try:
            slow.append(partner.act(place, "test"))
        finally:
            connections.close_all()

    with receiver(hang) as there:
        place = partner.add(url=there.url)["Location"]
        waiting = threading.Thread(target=ask)
        waiting.start()
        wait_until(Delivery.objects.exists)
        other = Partner()
        busy = other.act(other.add(url="https://post.example/b")["Location"], "test")
        problem(busy, 409, "test_under_way")
        assert busy["Retry-After"]
        waiting.join()
    assert slow[0].json()["problem"]["code"] == "timeout"


def test_the_delivery_log_is_filtered_and_paged(partner: Partner, problem: Any) -> None:
    place = partner.add(event_types=[])["Location"]
    for seq in range(1, 6):
        hooks.publish(seq)
    Delivery.objects.filter(seq=2).update(state=DeliveryState.DEAD, done_at=timezone.now())
    log = f"{place}deliveries/"

    def seqs(query: str) -> list[int]:
        return [row["seq"] for row in partner.get(f"{log}?{query}").json()["results"]]

    first = partner.get(f"{log}?page_size=2").json()
    assert [row["seq"] for row in first["results"] + partner.get(first["next"]).json()["results"]] == [5, 4, 3, 2]
    assert (seqs("state=dead"), seqs("from_seq=4"), seqs("to_seq=2")) == ([2], [5, 4], [2, 1])
    assert seqs("from_seq=2&to_seq=3&state=pending") == [3]
    for query in ("state=lost", "from_seq=0", "to_seq=x", "from_seq=1000000000000000000000"):
        problem(partner.get(f"{log}?{query}"), 400, "validation_error")
    problem(partner.get(f"{log}?cursor={first['next'].rpartition('cursor=')[2]}&state=dead"), 400, "invalid_cursor")


def test_a_range_of_events_is_replayed(
    partner: Partner,
    problem: Any,
    document: dict[str, Any],  # noqa: F811
    monkeypatch: Any,
) -> None:
    hooks.publish(1, kind="corrected")
    hooks.publish(2, kind="published")
    place = partner.add()["Location"]
    answer = partner.act(place, "replay", {"from_seq": 1, "to_seq": 9})
    _check(document, answer, f"{ONE}replay/", "post")
    assert (answer.status_code, answer.json()) == (202, {"count": 1})
    assert Delivery.objects.get().seq == 1, "what it did not ask for is not sent"
    problem(partner.act(place, "replay", {"from_seq": 3, "to_seq": 2}), 400, "validation_error")
    problem(partner.act(place, "replay", {"from_seq": 1, "to_seq": 2**70}), 400, "validation_error")
    monkeypatch.setattr("partners.services.replays.MOST", 0)
    problem(partner.act(place, "replay", {"from_seq": 1, "to_seq": 9}), 422, "range_too_large")
    partner.patch(place, {"state": "disabled"})
    problem(partner.act(place, "replay", {"from_seq": 1, "to_seq": 9}), 409, "endpoint_disabled")


def test_another_partners_endpoint_is_not_found(partner: Partner, problem: Any) -> None:
    place, other = partner.add()["Location"], Partner("Evening News")
    assert other.get(URL).json()["results"] == []
    answers = [other.get(place), other.get(f"{place}deliveries/"), other.patch(place, {"state": "disabled"}, '"e1-v1"')]
    answers += [other.act(place, what, {}) for what in ("rotate", "test", "replay")]
    answers += [partner.get(f"{URL}{2**70}/")]
    for answer in answers:
        problem(answer, 404, "not_found")
    assert (Endpoint.objects.get().state, Event.objects.count()) == ("active", 0)
    assert Endpoint.objects.get().secrets.count() == 1


def test_without_the_scope_every_webhook_address_is_refused(partner: Partner, problem: Any) -> None:
    place = partner.add()["Location"]
    other = Partner(scopes=("read", "submit"))
    for path in (URL, place, f"{place}deliveries/"):
        problem(other.get(path), 403, "scope_missing")
        problem(Client().get(path), 401, "not_authenticated")
    for act in ("rotate", "test", "replay"):
        problem(other.act(place, act, {}), 403, "scope_missing")
    problem(other.add(), 403, "scope_missing")
    sent = {"Authorization": f"Bearer {other.secret}", "If-Match": partner.get(place)["ETag"]}
    problem(other.client.delete(place, headers=sent), 403, "scope_missing")


def test_a_deleted_endpoint_is_gone_with_its_log_and_the_history_keeps_it(partner: Partner, people: Any) -> None:
    made = partner.add().json()
    path = f"{URL}{made['id']}/"
    newsroom.in_stage("retracted", people)
    assert Delivery.objects.exists()

    def delete(tag: str = "") -> Any:
        headers = {"Authorization": f"Bearer {partner.secret}", **({"If-Match": tag} if tag else {})}
        return partner.client.delete(path, headers=headers)

    assert delete().status_code == 428
    tag = partner.get(path)["ETag"]
    partner.patch(path, {"state": "paused"})
    assert (delete(tag).status_code, delete(tag)["ETag"]) == (412, partner.get(path)["ETag"])
    stranger = Partner("Evening Post")
    answer = stranger.client.delete(path, headers={"Authorization": f"Bearer {stranger.secret}", "If-Match": tag})
    assert answer.status_code == 404
    gone = delete(partner.get(path)["ETag"])
    assert (gone.status_code, gone.content) == (204, b"")
    assert not Endpoint.objects.exists()
    assert not Delivery.objects.exists()
    assert PartnerChange.objects.get(act="removed").what == f"endpoint {made['id']} at post.example"
    assert partner.get(path).status_code == 404
    newsroom.published(people)
    assert partner.add().status_code == 201, "its address is free again"


def test_ids_of_endpoints_do_not_count_those_of_others(partner: Partner) -> None:
    first = partner.add().json()["id"]
    Partner("Evening Post").add()
    second = partner.add(url="https://post.example/2").json()["id"]
    assert first < second < 2**53
    assert second - first != 2
    listed = [one["id"] for one in partner.get(URL).json()["results"]]
    assert listed == [second, first]
