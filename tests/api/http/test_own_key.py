"""A partner looks at its key, and replaces it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from partners.models import Answer, Key, PartnerChange
from partners.services import keys
from tests.api.submissions.test_submissions import Caller
from tests.api.test_openapi import _check, document  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
URL = "/api/v1/key/"
ROTATE = f"{URL}rotate/"


def rotate(caller: Caller, body: Any = None, secret: str = "", **headers: str) -> Any:
    data = "" if body is None else body if isinstance(body, str) else json.dumps(body)
    sent = {"Authorization": f"Bearer {secret or caller.secret}", **headers}
    return caller.client.post(ROTATE, data, "application/json", headers=sent)


@pytest.mark.parametrize("scope", ["read", "submit", "webhooks"])
def test_a_key_of_any_scope_says_what_it_is_good_for(
    scope: str,
    document: dict[str, Any],  # noqa: F811
    settings: Any,
) -> None:
    caller = Caller("Morning Post", (scope,))
    answer = caller.get(URL)
    _check(document, answer, URL)
    said = answer.json()
    assert (said["partner"], said["scopes"], said["is_replaced"]) == ("Morning Post", [scope], False)
    assert caller.secret.startswith(said["begins_with"])
    assert caller.secret not in answer.content.decode()
    assert answer["RateLimit-Policy"] == f'"key";q={said["limit"]["requests"]};w={said["limit"]["seconds"]}'
    assert answer["Cache-Control"] == "private, no-store"


def test_nobody_and_bad_keys_are_refused(client: Any, problem: Any) -> None:
    problem(client.get(URL), 401, "not_authenticated")
    problem(client.get(URL, headers={"Authorization": "Bearer fcp_wrong"}), 401, "invalid_key")
    problem(client.post(ROTATE), 401, "not_authenticated")


def test_a_partner_replaces_its_key_and_both_work_for_a_time(document: dict[str, Any]) -> None:  # noqa: F811
    caller = Caller("Morning Post", ("read", "webhooks"))
    now = timezone.now()
    Key.objects.filter(pk=caller.key.pk).update(expires_at=now + timedelta(days=90), rate="77/min")
    answer = rotate(caller, {"overlap_days": 3})
    _check(document, answer, ROTATE, "post")
    said = answer.json()
    assert answer["Location"].endswith(URL)
    new = Key.objects.get(replaces=caller.key)
    assert (new.scopes, new.rate, said["limit"]) == (["read", "webhooks"], "77/min", {"requests": 77, "seconds": 60})
    old = Key.objects.get(pk=caller.key.pk)
    assert timedelta(days=2, hours=23) < old.expires_at - now < timedelta(days=3, hours=1)
    assert timedelta(days=89) < new.expires_at - now < timedelta(days=91)
    for secret in (caller.secret, said["secret"]):
        assert caller.client.get(URL, headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    assert caller.get(URL).json()["is_replaced"] is True
    change = PartnerChange.objects.get(act="rotated")
    assert (change.by, change.with_key, change.key) == (None, caller.key, new)
    assert keys.use_key(secret=caller.secret, at=now + timedelta(days=4)) is None
    assert keys.use_key(secret=said["secret"], at=now + timedelta(days=4)) is not None


def test_a_second_rotation_is_refused_and_a_lost_answer_costs_nothing_more(problem: Any) -> None:
    caller = Caller("Morning Post", ("read",))
    first = rotate(caller, {}, **{"Idempotency-Key": "one"})
    again = rotate(caller, {}, **{"Idempotency-Key": "one"})
    assert (first.status_code, again.status_code, again["Idempotent-Replayed"]) == (201, 201, "true")
    assert first.json()["secret"].startswith("fcp_")
    assert again.json()["secret"] is None
    assert first.json()["secret"].encode() not in bytes(Answer.objects.get().body)
    problem(rotate(caller, {}), 422, "already_rotated")
    problem(rotate(caller, {}, secret=first.json()["secret"]), 422, "two_live_keys")
    assert Key.objects.count() == 2


@pytest.mark.parametrize(
    "body",
    [
        *({"overlap_days": value} for value in (0, -1, 31, 1.5, "7", None, True, 10**400)),
        *({"days": 7}, [], "null", "{", "7"),
    ],
    ids=repr,
)
def test_a_bad_rotation_is_refused(body: Any) -> None:
    caller = Caller("Morning Post", ("read",))
    answer = rotate(caller, body)
    assert answer.status_code == 400, answer.content
    assert Key.objects.count() == 1
