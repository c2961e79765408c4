"""Rows of the desk are found by address, name, words and the caller's own reference."""

from types import SimpleNamespace
from typing import Any

import pytest

from articles.models import Article, Claim, Source
from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def _made(desk: Any, path: str, **body: Any) -> str:
    answer = desk.ask("POST", path, body)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def _found(desk: Any, path: str) -> list[str]:
    answer = desk.ask("GET", path)
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


@pytest.mark.parametrize(
    "spelling",
    [
        "https://city.example/minutes",
        "http://www.city.example/minutes/",
        "https%3A%2F%2Fcity.example%2Fminutes%3Futm_source%3Dx",
        "city.example/minutes%23page=2",
    ],
)
def test_a_source_is_found_by_each_spelling_of_its_address(spelling: str, desks: SimpleNamespace) -> None:
    wanted = _made(desks.reporter, "sources/", title="Minutes", kind="document", url="https://www.city.example/minutes")
    _made(desks.reporter, "sources/", title="Other", kind="document", url="https://city.example/minutes/2")
    assert _found(desks.reporter, f"sources/?url={spelling}") == [wanted]


def test_an_article_is_found_by_address_words_and_reference(desks: SimpleNamespace) -> None:
    body = {"body": newsroom.BODY, "url": "https://herald.example/bridge", "reference": "cms-7"}
    wanted = _made(desks.reporter, "articles/", title="A bridge for Lindholm", **body)
    for query in ("url=herald.example/bridge", "q=LINDHOLM+bridge", "reference=cms-7"):
        assert _found(desks.reporter, f"articles/?{query}") == [wanted]
    for query in ("url=herald.example/other", "q=bridge+tunnel", "reference=cms", "q=100%25", "url=nothing"):
        assert _found(desks.reporter, f"articles/?{query}") == []


def test_a_claimant_is_found_without_capitals_accents_and_spaces(desks: SimpleNamespace) -> None:
    wanted = _made(desks.reporter, "claimants/", name="José  Álvarez", role="Mayor")
    _made(desks.reporter, "claimants/", name="José Álvarez Ruiz")
    assert _found(desks.reporter, "claimants/?name=%20JOSE%20%20alvarez") == [wanted]
    assert _found(desks.reporter, "claimants/?q=alvarez+mayor") == [wanted]
    assert _found(desks.reporter, "claimants/?name=Jos") == []


def test_a_claim_is_found_by_words_and_reference_in_one_stage(desks: SimpleNamespace) -> None:
    wanted = _made(desks.reporter, "claims/", text="The bridge cost 12 million", reference="cms-9")
    _made(desks.reporter, "claims/", text="The tunnel cost 12 million")
    for query in ("q=bridge", "reference=cms-9", "stage=draft&q=12+BRIDGE"):
        assert _found(desks.reporter, f"claims/?{query}") == [wanted]
    assert _found(desks.reporter, "claims/?stage=review&q=bridge") == []


def test_pages_of_a_look_up_follow_each_other_and_a_cursor_holds_for_its_look_up_only(
    desks: SimpleNamespace, problem: Any
) -> None:
    for number in range(3):
        _made(desks.reporter, "sources/", title=f"Minutes {number}", kind="document")
    first = desks.reporter.ask("GET", "sources/?q=minutes&page_size=2").json()
    rest = desks.reporter.ask("GET", first["next"].removeprefix("http://testserver")).json()
    assert (len(first["results"]), len(rest["results"])) == (2, 1)
    elsewhere = first["next"].removeprefix("http://testserver").replace("minutes", "other")
    problem(desks.reporter.ask("GET", elsewhere), 400, "invalid_cursor")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("sources/?url=", "validation_error"),
        ("sources/?q=%20", "validation_error"),
        ("sources/?url=" + "x" * 2001, "validation_error"),
        ("sources/?reference=" + "x" * 201, "validation_error"),
        ("sources/?q=%00", "invalid_characters"),
        ("sources/?url=a&url=b", "repeated_parameter"),
        ("sources/?name=a", "unknown_parameter"),
        ("claims/?url=a", "unknown_parameter"),
        ("claimants/?reference=a", "unknown_parameter"),
    ],
)
def test_a_bad_look_up_is_refused(query: str, code: str, desks: SimpleNamespace, problem: Any) -> None:
    problem(desks.reporter.ask("GET", query), 400, code)


@pytest.mark.parametrize("url", ["http://[", "https://a:b:c/", "//", "%F0%9F%92%A9", "https://x.example:99999999/"])
def test_an_address_that_is_none_finds_nothing(url: str, desks: SimpleNamespace) -> None:
    assert _found(desks.reporter, f"sources/?url={url}") == []


CREATED = [
    ("articles/", {"title": "A", "body": newsroom.BODY}, Article),
    ("sources/", {"title": "A", "kind": "document"}, Source),
    ("claims/", {"text": "A"}, Claim),
]


@pytest.mark.parametrize(("path", "body", "model"), CREATED)
def test_a_reference_is_one_row_s_and_the_refusal_names_that_row(
    path: str, body: dict[str, Any], model: Any, desks: SimpleNamespace, problem: Any
) -> None:
    first = _made(desks.reporter, path, **body, reference=" r 1 ")
    other = {**body, "reference": "r 1"} | ({"body": "Another text. " * 80} if "body" in body else {})
    document = problem(desks.checker.ask("POST", path, other), 409, "reference_taken")
    assert (document["existing"], document["errors"][0]["attr"]) == (first, "reference")
    assert model.objects.count() == 1
    problem(desks.reporter.ask("POST", path, {**body, "reference": "x" * 121}), 400, "validation_error")
    problem(desks.reporter.ask("POST", path, {**body, "reference": 7}), 400, "validation_error")
    one = f"{path}{first}/"
    changed = desks.reporter.ask("PATCH", one, {"reference": "r 2"}, etag=desks.reporter.etag(one))
    assert changed.json()["reference"] == "r 2"
    assert _made(desks.reporter, path, **other) != first


def test_a_reference_of_a_source_leaves_claims_that_cite_it_as_they_are(
    desks: SimpleNamespace, people: SimpleNamespace
) -> None:
    claim = newsroom.in_stage("approved", people)
    one = f"sources/{claim.evidence.first().source_id}/"  # type: ignore[union-attr]
    answer = desks.reporter.ask("PATCH", one, {"reference": "r 2"}, etag=desks.reporter.etag(one))
    assert answer.status_code == 200
    assert Claim.objects.get(pk=claim.pk).version == claim.version
