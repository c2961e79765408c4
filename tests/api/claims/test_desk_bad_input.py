"""What the desk's API refuses: bodies that are no JSON or too much of it, wrong types, wrong addresses."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from articles.models import Claim
from tests import newsroom
from tests.api.conftest import DESK

pytestmark = pytest.mark.django_db(databases=["default", "readers"])

DEEP = b'{"text":' + b"[" * 10_000 + b"]" * 10_000 + b"}"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "validation_error"),
        (b"{", 400, "malformed_json"),
        (b'{"text":"a"} x', 400, "malformed_json"),
        (b'{"text": NaN}', 400, "malformed_json"),
        (b'{"text":"a","text":"b"}', 400, "malformed_json"),
        (b"\xff\xfe{}", 400, "malformed_json"),
        (b'{"text":' + b"9" * 10_000 + b"}", 400, "malformed_json"),
        (DEEP, 400, "nested_too_deep"),
        (b"[" * 100_000, 400, "nested_too_deep"),
        (b'{"text":' + b'{"a":' * 40 + b"1" + b"}" * 41, 400, "nested_too_deep"),
        (b"[]", 400, "not_an_object"),
        (b"null", 400, "not_an_object"),
        (b'"text"', 400, "not_an_object"),
        (b"7", 400, "not_an_object"),
        (b'{"text":"a\\u0000b"}', 400, "invalid_characters"),
        (b'{"text":"a\\ud800b"}', 400, "invalid_characters"),
        (b'{"text":"a","topics":["\\udfff"]}', 400, "invalid_characters"),
        (b'{"\\ud800":1}', 400, "invalid_characters"),
        (b'{"text":"a","assignee":"\\u0000"}', 400, "invalid_characters"),
        (b'{"text":"a","colour":"red"}', 400, "unknown_field"),
        (b'{"text":"a","stage":"published"}', 400, "unknown_field"),
        (b"{}", 400, "validation_error"),
        (b'{"text":""}', 400, "validation_error"),
        (b'{"text":{"a":1}}', 400, "validation_error"),
        (b'{"text":["a"]}', 400, "validation_error"),
        (b'{"text":"a","claimant":"nobody"}', 400, "validation_error"),
        (b'{"text":"a","claimant":""}', 400, "validation_error"),
        (b'{"text":"a","claimant":{"id":1}}', 400, "validation_error"),
        (b'{"text":"a","claimant":"00000000-0000-4000-8000-000000000000"}', 400, "validation_error"),
        (b'{"text":"a","assignee":"nobody"}', 400, "validation_error"),
        (b'{"text":"a","assignee":{"id":1}}', 400, "validation_error"),
        (b'{"text":"a","assignee":[]}', 400, "validation_error"),
        (b'{"text":"a","claimed_on":"2026-02-30"}', 400, "validation_error"),
        (b'{"text":"a","claimed_on":20260201}', 400, "validation_error"),
        (b'{"text":"a","language":"klingonish"}', 400, "validation_error"),
        (b'{"text":"a","topics":"one"}', 400, "validation_error"),
        (b'{"text":"a","topics":[{"a":1}]}', 400, "validation_error"),
        (b'{"text":"a","is_unattributed":"perhaps"}', 400, "validation_error"),
        (b'{"text":"' + b"x" * 501 + b'"}', 400, "validation_error"),
        (b'{"text":"' + b"x" * (9 * 1024 * 1024) + b'"}', 413, "too_large"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_body_is_a_problem_and_nothing_is_stored(
    body: bytes, status: int, code: str, desks: SimpleNamespace, problem: Any
) -> None:
    document = problem(desks.reporter.ask("POST", "claims/", body), status, code)
    assert document["detail"]
    assert not Claim.objects.exists()


def test_other_bad_requests_are_problems(desks: SimpleNamespace, people: SimpleNamespace, problem: Any) -> None:
    desk, claim = desks.reporter, newsroom.draft(people.reporter)
    path, tag = f"claims/{claim.pk}/", f'"c{claim.pk}-v1"'
    header = {"Authorization": f"Bearer {desk.secret}"}
    problem(desk.client.post(DESK + "claims/", "a=b", "text/plain", headers=header), 415, "unsupported_media_type")
    problem(desk.client.post(DESK + "claims/", {"text": "a"}, headers=header), 415, "unsupported_media_type")
    broken = desk.client.generic("POST", DESK + "articles/", b"--x", "multipart/form-data", headers=header)
    problem(broken, 400, "parse_error")
    problem(desk.ask("PUT", path, {}), 405, "method_not_allowed")
    problem(desk.ask("DELETE", path), 405, "method_not_allowed")
    problem(desk.ask("GET", path, Accept="text/html"), 406, "not_acceptable")
    problem(desk.ask("GET", f"claims/{uuid4()}/"), 404, "not_found")
    problem(desk.ask("GET", "claims/xyz/"), 404, "not_found")
    problem(desk.ask("DELETE", f"{path}evidence/{'9' * 30}/", etag=tag), 404, "not_found")
    problem(desk.ask("GET", "claims/?stage=lost"), 400, "validation_error")
    problem(desk.ask("GET", "claims/?page_size=abc"), 400, "validation_error")
    problem(desk.ask("PATCH", path, {}, etag=tag), 400, "nothing_to_change")
    problem(desk.ask("GET", path + "verdict/"), 404, "not_found")
    both = {
        "is_unattributed": True,
        "claimant": desk.ask("POST", "claimants/", {"name": "A", "kind": "person"}).json()["id"],
    }
    problem(desk.ask("PATCH", path, both, etag=tag), 400, "validation_error")
    itself = {"kind": "repeats", "other": str(claim.pk)}
    problem(desk.ask("POST", path + "relations/", itself, etag=tag), 400, "validation_error")
    secret = {"title": "A person", "kind": "interview", "is_confidential": True}
    problem(desk.ask("POST", "sources/", secret), 400, "validation_error")
    problem(desk.ask("POST", "sources/", {"title": "T", "kind": "rumour"}), 400, "validation_error")
    problem(desk.ask("POST", "sources/", {"title": "T", "kind": "document", "url": "ftp://x"}), 400, "validation_error")
    for url in ("http://[", "https://a:b:c/"):
        problem(desk.ask("POST", "articles/", {"title": "T", "body": "Text", "url": url}), 400, "validation_error")
    assert Claim.objects.get(pk=claim.pk).version == 1


CHOICES = [
    ("sources/", {"title": "T", "kind": "rumour"}, "kind", "interview"),
    ("claimants/", {"name": "A", "kind": "planet"}, "kind", "person"),
    ("claims/{}/evidence/", {"stance": "maybe"}, "stance", "supports"),
    ("claims/{}/verdict/", {"rating": "green"}, "rating", "true"),
    ("claims/{}/relations/", {"kind": "likes"}, "kind", "repeats"),
    ("claims/{}/replies/", {"asked": "A", "asked_on": "2026-03-01", "means": "owl"}, "means", "email"),
]


@pytest.mark.parametrize(("path", "body", "name", "possible"), CHOICES)
def test_a_wrong_choice_names_the_possible_ones(
    path: str,
    body: dict[str, str],
    name: str,
    possible: str,
    desks: SimpleNamespace,
    people: SimpleNamespace,
    problem: Any,
) -> None:
    claim = newsroom.draft(people.reporter)
    path = path.format(claim.pk)
    etag = desks.reporter.etag(f"claims/{claim.pk}/")
    method = "PUT" if "verdict" in path else "POST"
    for value in (body[name], body[name] * 5_000, ""):
        answer = desks.reporter.ask(method, path, body | {name: value}, etag=etag)
        document = problem(answer, 400, "validation_error")
        (error,) = [error for error in document["errors"] if error["attr"] == name]
        assert len(error["detail"]) < 1_000
        if value:
            assert f"Possible: {possible}" in error["detail"] or f", {possible}" in error["detail"]


def test_a_wrong_choice_of_a_filter_or_a_language_says_what_is_possible(desks: SimpleNamespace, problem: Any) -> None:
    assert (
        "draft, checking" in problem(desks.reporter.ask("GET", "claims/?stage=lost"), 400, "validation_error")["detail"]
    )
    language = desks.reporter.ask("POST", "claims/", {"text": "a", "language": "klingonish"})
    assert "such as en" in problem(language, 400, "validation_error")["detail"]
