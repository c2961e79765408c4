"""What a POST of the desk API makes has an address, which is in Location."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def place(answer: Any) -> str:
    assert answer.status_code == 201, answer.content
    found: str = answer["Location"]
    assert found.startswith("http://testserver/api/v1/desk/")
    return found.removeprefix("http://testserver")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("articles/", {"title": "A bridge", "body": newsroom.BODY}),
        ("claimants/", {"name": "Ada Lind"}),
        ("sources/", {"title": "Minutes", "kind": "document"}),
        ("claims/", {"text": "The bridge cost 12 million"}),
    ],
)
def test_the_address_of_what_was_made_leads_to_it(path: str, body: Any, desks: SimpleNamespace) -> None:
    made = desks.reporter.ask("POST", path, body, **{"Idempotency-Key": "once"})
    read = desks.reporter.ask("GET", place(made))
    assert (read.status_code, read.json()["id"]) == (200, made.json()["id"])
    again = desks.reporter.ask("POST", path, body, **{"Idempotency-Key": "once"})
    assert (again["Location"], again["Idempotent-Replayed"]) == (made["Location"], "true")


def test_what_hangs_on_a_claim_has_an_address(desks: SimpleNamespace, people: SimpleNamespace) -> None:
    claim, article = newsroom.draft(people.reporter), newsroom.article(people.reporter)
    path, desk = f"claims/{claim.pk}/", desks.reporter
    passage = {"article": str(article.pk), "exact": newsroom.QUOTE}
    made = desk.ask("POST", path + "appearances/", passage, etag=desk.etag(path))
    assert desk.ask("DELETE", place(made), etag=desk.etag(path)).status_code == 204
    made = desk.ask("POST", path + "comments/", {"text": "Which year?"})
    assert desk.ask("PATCH", place(made), {"text": "Which month?"}).status_code == 200


def test_captures_translations_and_imports_lead_to_what_shows_them(
    desks: SimpleNamespace, people: SimpleNamespace
) -> None:
    desk, source, claim = desks.reporter, newsroom.source(people.reporter), newsroom.published(people)
    captured = desk.ask("POST", f"sources/{source.pk}/captures/", {"text": "What it said"})
    assert desk.ask("GET", place(captured)).json()["id"] == str(source.pk)
    begun = desk.ask("POST", f"claims/{claim.pk}/translations/", {"language": "ru", "text": "Мост", "summary": "Да."})
    assert desk.ask("GET", place(begun)).json()["language"] == "ru"
    imported = desk.ask("POST", "import/", {"claim": {"text": "The ferry sank", "language": "en"}})
    assert desk.ask("GET", place(imported)).json()["id"] == imported.json()["claim"]
