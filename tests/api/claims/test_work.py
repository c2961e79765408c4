"""The desk API: comments, dependencies and translations of a claim, by the services of the desk pages."""

from types import SimpleNamespace
from typing import Any

import pytest

from articles.models import Claim, Comment, Dependency
from tests import newsroom

pytestmark = pytest.mark.django_db

DESK = "/api/v1/desk/claims/"


def test_a_comment_is_written_changed_resolved_and_removed(people: SimpleNamespace, desks: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    at = f"{DESK}{claim.pk}/comments/"
    made = desks.reporter.ask("POST", at, {"text": "Ask @checker and @nobody-here."})
    assert made.status_code == 201, made.content
    assert (made.json()["addressed_to"], made.json()["unknown"]) == (["checker"], ["nobody-here"])
    one = f"{at}{made.json()['id']}/"
    assert desks.reporter.ask("PATCH", one, {"text": "Ask @checker."}).json()["unknown"] == []
    assert desks.checker.ask("PATCH", one, {"text": "Mine now."}).status_code == 403
    assert desks.checker.ask("PUT", f"{one}resolution/").json()["resolved_by"] == "checker"
    assert desks.checker.ask("DELETE", f"{one}resolution/").status_code == 204
    assert desks.reporter.ask("DELETE", one).status_code == 204
    [shown] = desks.checker.ask("GET", at).json()["results"]
    assert (shown["text"], shown["created_by"], bool(shown["removed_at"])) == ("", "reporter", True)


@pytest.mark.parametrize("text", [None, "", " ", "x" * 4001, "a\x00b", 3])
def test_a_comment_without_words_is_refused_and_nothing_is_stored(
    people: SimpleNamespace, desks: SimpleNamespace, text: Any
) -> None:
    claim = newsroom.draft(people.reporter)
    assert desks.reporter.ask("POST", f"{DESK}{claim.pk}/comments/", {"text": text}).status_code == 400
    assert not Comment.objects.exists()


def test_a_comment_of_another_claim_is_not_found(people: SimpleNamespace, desks: SimpleNamespace) -> None:
    one, other = newsroom.draft(people.reporter), newsroom.draft(people.reporter)
    pk = desks.reporter.ask("POST", f"{DESK}{one.pk}/comments/", {"text": "Here."}).json()["id"]
    assert desks.reporter.ask("PATCH", f"{DESK}{other.pk}/comments/{pk}/", {"text": "There."}).status_code == 404
    assert desks.reporter.ask("DELETE", f"{DESK}{one.pk}/comments/{10**30}/").status_code == 404


def test_waiting_begins_is_postponed_and_ends(people: SimpleNamespace, desks: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    at = f"{DESK}{claim.pk}/dependencies/"
    made = desks.reporter.ask("POST", at, {"kind": "document", "note": "The contract", "since": "2026-03-02"})
    assert made.status_code == 201, made.content
    one = f"{at}{made.json()['id']}/"
    assert desks.reporter.ask("PATCH", one, {"until": "2026-03-20"}).json()["until"] == "2026-03-20"
    assert desks.reporter.ask("PATCH", one, {"until": None, "outcome": "received"}).status_code == 400
    assert desks.reporter.ask("PATCH", one, {"outcome": "received"}).json()["outcome"] == "received"
    assert desks.reporter.ask("PATCH", one, {"outcome": "abandoned"}).status_code == 422
    assert [row["outcome"] for row in desks.checker.ask("GET", at).json()["results"]] == ["received"]


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "weather", "note": "x"},
        {"kind": "document"},
        {"kind": "document", "note": "x", "colleague": "nobody-here"},
        {"kind": "document", "note": "x", "since": "2026-03-02", "until": "2026-03-01"},
        {"kind": "document", "note": "x", "since": "soon"},
    ],
)
def test_waiting_for_nothing_that_can_be_named_is_refused(
    people: SimpleNamespace, desks: SimpleNamespace, body: dict[str, Any]
) -> None:
    claim = newsroom.draft(people.reporter)
    answer = desks.reporter.ask("POST", f"{DESK}{claim.pk}/dependencies/", body)
    assert answer.status_code == 400, answer.content
    assert not Dependency.objects.exists()


def test_a_translation_is_begun_listed_and_brought_up_to_date(people: SimpleNamespace, desks: SimpleNamespace) -> None:
    claim = newsroom.published(people)
    at = f"{DESK}{claim.pk}/translations/"
    made = desks.reporter.ask(
        "POST", at, {"language": "tr", "text": "Köprü 12 milyona mal oldu", "summary": "Tutanaklar gösteriyor."}
    )
    assert made.status_code == 201, made.content
    translation = Claim.objects.get(pk=made.json()["id"])
    assert (translation.translation_of_id, translation.stage) == (claim.pk, "draft")
    assert [row["language"] for row in desks.checker.ask("GET", at).json()["results"]] == ["tr"]
    current = desks.reporter.ask("GET", f"{DESK}{translation.pk}/")["ETag"]
    caught = desks.reporter.ask("POST", f"{DESK}{translation.pk}/catch-up/", etag=current)
    assert caught.status_code == 200, caught.content
    assert desks.reporter.ask("POST", f"{DESK}{translation.pk}/catch-up/").status_code == 428


def test_a_claim_that_is_not_public_is_not_translated(people: SimpleNamespace, desks: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    body = {"language": "tr", "text": "Köprü", "summary": "Tutanak."}
    assert desks.reporter.ask("POST", f"{DESK}{claim.pk}/translations/", body).status_code in (409, 422)
    assert Claim.objects.count() == 1


def test_a_reply_names_its_thread_and_is_resolved_with_it(people: SimpleNamespace, desks: SimpleNamespace) -> None:
    one, other = newsroom.draft(people.reporter), newsroom.draft(people.reporter)
    at = f"{DESK}{one.pk}/comments/"
    first = desks.reporter.ask("POST", at, {"text": "Which year?"}).json()
    reply = desks.checker.ask("POST", at, {"text": "2019", "parent": first["id"]})
    assert (reply.status_code, reply.json()["parent"], first["parent"]) == (201, first["id"], None)
    resolved = desks.checker.ask("PUT", f"{at}{reply.json()['id']}/resolution/")
    assert (resolved.json()["id"], resolved.json()["resolved_by"]) == (first["id"], "checker")
    elsewhere = desks.checker.ask("POST", f"{DESK}{other.pk}/comments/", {"text": "x", "parent": first["id"]})
    assert elsewhere.status_code == 404
    for parent in (0, -1, "x", 10**30):
        assert desks.checker.ask("POST", at, {"text": "x", "parent": parent}).status_code == 400
