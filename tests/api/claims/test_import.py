"""A whole claim in one call: all of it or nothing, and the same as step by step."""

import copy
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from articles.models import Article, Claim, Claimant, Evidence, Source, Verdict
from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
WHOLE: dict[str, Any] = {
    "claim": {"text": "The bridge cost 12 million", "claimant": {"name": "Ada Lind", "role": "Mayor"}},
    "article": {"title": "A bridge", "body": newsroom.BODY, "url": "https://herald.example/bridge", "language": "en"},
    "passage": {"exact": newsroom.QUOTE},
    "evidence": [
        {
            "source": {"title": f"Minutes {n}", "kind": "document", "url": f"https://city.example/{n}"},
            "stance": "supports",
            "locator": "page 4",
        }
        for n in (1, 2)
    ],
    "verdict": {"rating": "true", "summary": "The minutes show it.", "explanation_html": "<p>Yes</p>"},
    "submit": True,
}


def _whole(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(WHOLE) | changes


def _nothing_is_there() -> bool:
    return not any(model.objects.exists() for model in (Claim, Article, Claimant, Source, Evidence, Verdict))


def _step_by_step(desk: Any) -> tuple[str, int]:
    """The same claim by single calls; its id and the number of calls."""
    calls = 0

    def send(method: str, path: str, body: Any, etag: str = "") -> Any:
        nonlocal calls
        calls += 1
        answer = desk.ask(method, path, body, etag=etag)
        assert answer.status_code in (200, 201), answer.content
        return answer

    article = send("POST", "articles/", WHOLE["article"]).json()["id"]
    claimant = send("POST", "claimants/", WHOLE["claim"]["claimant"]).json()["id"]
    entered = send("POST", "claims/", {**WHOLE["claim"], "claimant": claimant})
    path = f"claims/{entered.json()['id']}/"
    tag = send("POST", path + "appearances/", {"article": article, **WHOLE["passage"]}, entered["ETag"])["ETag"]
    for piece in WHOLE["evidence"]:
        source = send("POST", "sources/", piece["source"]).json()["id"]
        tag = send("POST", path + "evidence/", {**piece, "source": source}, tag)["ETag"]
    tag = send("PUT", path + "verdict/", WHOLE["verdict"], tag)["ETag"]
    tag = send("POST", path + "actions/start/", {}, tag)["ETag"]
    send("POST", path + "actions/submit/", {}, tag)
    return entered.json()["id"], calls


_ALIKE = ("text", "language", "stage", "checklist", "version")


def test_one_call_makes_what_eleven_calls_make(desks: SimpleNamespace) -> None:
    by_steps, calls = _step_by_step(desks.reporter)
    answer = desks.reporter.ask("POST", "import/", WHOLE)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    one, other = (desks.reporter.ask("GET", f"claims/{pk}/").json() for pk in (made["claim"], by_steps))
    assert calls == 11
    assert {name: one[name] for name in _ALIKE} == {name: other[name] for name in _ALIKE}
    assert one["stage"] == "review"
    assert one["claimant"] == other["claimant"] == made["claimant"]
    assert [piece["source"] for piece in one["evidence"]] == [piece["source"] for piece in other["evidence"]]
    assert (one["verdict"]["rating"], one["appearances"][0]["exact"]) == ("true", newsroom.QUOTE)
    assert (Source.objects.count(), Claimant.objects.count(), Article.objects.count()) == (2, 1, 1)
    assert len(made["notes"]) >= 4
    assert answer["ETag"] == f'"c{made["claim"]}-v{made["version"]}"'


def test_without_submit_it_is_a_draft_that_is_ready(desks: SimpleNamespace) -> None:
    made = desks.reporter.ask("POST", "import/", _whole(submit=False)).json()
    assert (made["stage"], made["missing"]) == ("draft", [])
    for step, stage in (("start", "checking"), ("submit", "review")):
        assert desks.reporter.act(made["claim"], step).json()["stage"] == stage


def test_ids_stand_for_what_is_there(desks: SimpleNamespace, people: SimpleNamespace) -> None:
    article, source = newsroom.article(people.reporter), newsroom.source(people.reporter)
    claimant = desks.reporter.ask("POST", "claimants/", {"name": "Ada Berg"}).json()["id"]
    evidence = [{"source": {"id": str(source.pk)}, "stance": "refutes"}]
    claim = {"text": "The bridge cost 12 million", "claimant": {"id": claimant}}
    body = _whole(claim=claim, article={"id": str(article.pk)}, evidence=evidence)
    made = desks.reporter.ask("POST", "import/", body | {"submit": False}).json()
    assert (made["article"], made["sources"]) == (str(article.pk), [str(source.pk)])
    assert made["claimant"] == claimant


def test_what_is_missing_is_said_and_keeps_it_from_being_submitted(desks: SimpleNamespace, problem: Any) -> None:
    bare = {"claim": {"text": "The bridge cost 12 million"}}
    missing = desks.reporter.ask("POST", "import/", bare).json()["missing"]
    assert missing
    document = problem(desks.reporter.ask("POST", "import/", bare | {"submit": True}), 409, "guards_unmet")
    assert {error["code"] for error in document["errors"]} == {item["code"] for item in missing}
    assert Claim.objects.count() == 1


def test_a_repeated_import_is_done_once(desks: SimpleNamespace) -> None:
    first, again = (desks.reporter.ask("POST", "import/", WHOLE, **{"Idempotency-Key": "k"}) for _ in range(2))
    assert (first.status_code, again.content) == (201, first.content)
    assert Claim.objects.count() == 1


def _at(*path: Any, value: Any) -> dict[str, Any]:
    """The whole body with another value at ``path``."""
    body = _whole()
    place: Any = body
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return body


BAD = [
    (_at("claim", "text", value=""), 400, "/claim/text"),
    (_at("claim", "text", value=7), 400, "/claim/text"),
    (_at("claim", "text", value="a\x00b"), 400, None),
    (_at("claim", "language", value="klingonish"), 400, "/claim/language"),
    (_at("claim", "colour", value="red"), 400, "/claim/colour"),
    (_at("claim", value=[]), 400, "/claim"),
    (_at("claim", "claimant", value="Ada"), 400, "/claim/claimant"),
    (_at("claim", "claimant", value={}), 400, "/claim/claimant/name"),
    (_at("claim", "claimant", value={"id": str(uuid4())}), 400, "/claim/claimant/id"),
    (_at("claim", "claimant", "kind", value="planet"), 400, "/claim/claimant/kind"),
    (_at("claim", "is_unattributed", value=True), 400, "/claim"),
    (_at("article", value={}), 400, "/article/body"),
    (_at("article", value={"url": "https://nowhere.example/"}), 400, "/article/body"),
    (_at("article", value={"url": "http://["}), 400, "/article/body"),
    (_at("article", "title", value=""), 400, "/article/title"),
    (_at("article", "url", value="ftp://x"), 400, "/article/url"),
    (_at("article", "id", value=str(uuid4())), 400, "/article/id"),
    (_at("article", "body", value=" "), 422, "/article"),
    (_at("passage", "exact", value="the old bridge"), 422, "/passage"),
    (_at("passage", "start", value=-1), 400, "/passage/start"),
    (_at("evidence", value={}), 400, "/evidence"),
    (_at("evidence", value=["x"]), 400, "/evidence/0"),
    (_at("evidence", 1, "stance", value="maybe"), 400, "/evidence/1/stance"),
    (_at("evidence", 1, "locator", value="x" * 121), 400, "/evidence/1/locator"),
    (_at("evidence", 1, "source", value={}), 400, "/evidence/1/source/title"),
    (_at("evidence", 1, "source", "url", value="http://["), 400, "/evidence/1/source/url"),
    (_at("evidence", 1, "source", "is_confidential", value=True), 400, "/evidence/1/source"),
    (_at("evidence", 1, "source", value={"id": str(uuid4())}), 400, "/evidence/1/source/id"),
    (_at("evidence", 1, "capture", value=2**63), 400, "/evidence/1/capture"),
    (_at("evidence", value=[WHOLE["evidence"][0]] * 51), 400, "/evidence"),
    (_at("verdict", "rating", value="green"), 400, "/verdict/rating"),
    (_at("verdict", "summary", value="x" * 301), 400, "/verdict/summary"),
    (_at("submit", value="yes"), 400, "/submit"),
    ([], 400, None),
    (None, 400, None),
]


@pytest.mark.parametrize(("body", "status", "pointer"), BAD)
def test_a_bad_part_is_named_and_nothing_is_stored(
    body: Any, status: int, pointer: str | None, desks: SimpleNamespace
) -> None:
    answer = desks.reporter.ask("POST", "import/", body, **{"Idempotency-Key": "k"})
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    if pointer:
        assert pointer in [error.get("pointer") for error in answer.json()["errors"]], answer.content
    assert _nothing_is_there()


def test_a_passage_needs_an_article(desks: SimpleNamespace) -> None:
    body = _whole()
    del body["article"]
    answer = desks.reporter.ask("POST", "import/", body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/passage")
    assert _nothing_is_there()


def test_a_taken_reference_names_the_part_and_the_row(desks: SimpleNamespace, problem: Any) -> None:
    there = desks.reporter.ask("POST", "sources/", {"title": "T", "kind": "document", "reference": "r"}).json()["id"]
    body = _at("evidence", 1, "source", "reference", value="r")
    document = problem(desks.reporter.ask("POST", "import/", body), 409, "reference_taken")
    assert document["existing"] == there
    assert document["errors"][0]["pointer"] == "/evidence/1/source/reference"
    assert (Source.objects.count(), Claim.objects.count()) == (1, 0)


def test_an_import_is_for_staff_who_may_enter_claims(desks: SimpleNamespace, people: SimpleNamespace) -> None:
    assert desks.reporter.client.post("/api/v1/desk/import/", WHOLE, "application/json").status_code == 401
    people.reporter.groups.clear()
    assert desks.reporter.ask("POST", "import/", WHOLE).status_code == 403
    assert _nothing_is_there()
