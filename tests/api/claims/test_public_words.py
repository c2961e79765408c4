"""Headline, key points, what is not known and authors over HTTP."""

from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from articles.services.verification import second_verdicts
from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])

CLAIM = {"text": "The tram line carries 9,000 people a day"}
WORDS = {
    "headline": "The tram line carries 6,000 people a day",
    "key_points": ["The operator counts 6,000."],
    "unknowns": ["How many change trains."],
    "chosen_authors": ["colleague"],
}


def test_the_words_come_back_as_they_were_sent(desks: SimpleNamespace) -> None:
    made = desks.reporter.ask("POST", "claims/", {**CLAIM, **WORDS})
    assert made.status_code == 201
    assert {name: made.json()[name] for name in WORDS} == WORDS
    found = desks.reporter.ask("GET", f"claims/{made.json()['id']}/").json()
    assert {name: found[name] for name in WORDS} == WORDS


@pytest.mark.parametrize(
    ("sent", "attr"),
    [
        ({"headline": "x" * 300}, "headline"),
        ({"headline": 7}, "headline"),
        ({"headline": "a\x00b"}, "headline"),
        ({"key_points": ["1", "2", "3", "4", "5"]}, "key_points"),
        ({"key_points": [""]}, "key_points"),
        ({"key_points": ["x" * 241]}, "key_points"),
        ({"key_points": "One"}, "key_points"),
        ({"unknowns": ["x"] * 7}, "unknowns"),
        ({"chosen_authors": ["nobody"]}, "chosen_authors"),
        ({"chosen_authors": [7]}, "chosen_authors"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(desks: SimpleNamespace, sent: dict[str, Any], attr: str) -> None:
    answer = desks.reporter.ask("POST", "claims/", {**CLAIM, **sent})
    assert answer.status_code in (400, 422)
    assert attr in str(answer.json().get("errors") or answer.json())


@pytest.mark.parametrize("headline", ["x" * 90, "Bridge мост جسر կամուրջ"])
def test_a_long_word_and_four_scripts_are_kept(desks: SimpleNamespace, headline: str) -> None:
    assert desks.reporter.ask("POST", "claims/", {**CLAIM, "headline": headline}).json()["headline"] == headline


def test_the_read_api_gives_the_words_and_can_be_asked_for_them_alone(people: SimpleNamespace, client: Any) -> None:
    User.objects.filter(pk=people.checker.pk).update(public_name="Carl Checker")
    words = {name: WORDS[name] for name in ("headline", "key_points", "unknowns")}
    claim = newsroom.published(people, **words)
    address = f"/api/v1/claims/{claim.pk}/"
    document = client.get(address).json()
    assert {name: document[name] for name in words} == words
    assert document["checked_by"] == [{"name": "Carl Checker", "line": ""}]
    alone = client.get(address, {"fields": "headline,checked_by(name)"})
    assert alone.status_code == 200, alone.content
    assert alone.json()["headline"] == words["headline"]


def test_who_is_asked_for_a_second_verdict_does_not_get_the_words(
    people: SimpleNamespace, desks: SimpleNamespace
) -> None:
    words = {name: WORDS[name] for name in ("headline", "key_points", "unknowns")}
    claim = newsroom.in_stage("review", people, **words)
    second_verdicts.ask(claim=claim, person=people.second_checker, by=people.checker, at=newsroom.AT)
    hidden = desks.second_checker.ask("GET", f"claims/{claim.pk}/").json()
    assert {name: hidden[name] for name in words} == {"headline": "", "key_points": [], "unknowns": []}
    shown = desks.checker.ask("GET", f"claims/{claim.pk}/").json()
    assert {name: shown[name] for name in words} == words
