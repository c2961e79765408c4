"""Dates and origins over HTTP: a month is taken, the future is refused, a very old year is asked about."""

from types import SimpleNamespace
from typing import Any

import pytest

pytestmark = pytest.mark.django_db(databases=["default", "readers"])

CLAIM = {"text": "The tram line carries 9,000 people a day"}


def _errors(answer: Any) -> list[tuple[str, str]]:
    problem = answer.json()
    return [(each["attr"], each["code"]) for each in problem.get("errors", [])] or [("", problem["code"])]


@pytest.mark.parametrize("written", ["1999", "1999-07", "1999-07-14"])
def test_a_date_comes_back_as_it_was_sent(desks: SimpleNamespace, written: str) -> None:
    sent = {**CLAIM, "claimed_on": written}
    answer = desks.reporter.ask("POST", "claims/", sent)
    assert (answer.status_code, answer.json()["claimed_on"]) == (201, written)
    source = {"title": "Timetable", "kind": "document", "published_on": written}
    assert desks.reporter.ask("POST", "sources/", source).json()["published_on"] == written
    article = {"title": "Trams", "body": f"Trams of {written}.", "published_on": written}
    assert desks.reporter.ask("POST", "articles/", article).json()["published_on"] == written


@pytest.mark.parametrize(
    ("sent", "attr", "code"),
    [
        ({"claimed_on": "2999"}, "claimed_on", "future"),
        ({"claimed_on": "1999-7"}, "claimed_on", "invalid"),
        ({"claimed_on": 1999}, "claimed_on", "invalid"),
        ({"claimed_on": "0099"}, "confirm_old_date", "very_old_date"),
        ({"recheck_on": "2001-01-01"}, "recheck_on", "past"),
    ],
)
def test_a_date_that_cannot_be_is_refused_at_its_field(
    desks: SimpleNamespace, sent: dict[str, Any], attr: str, code: str
) -> None:
    answer = desks.reporter.ask("POST", "claims/", {**CLAIM, **sent})
    assert answer.status_code in (400, 422)
    problem = answer.json()
    found = _errors(answer)
    assert code in {problem["code"], *(each for _attr, each in found)}
    assert attr in str(problem)


def test_a_very_old_date_is_taken_once_it_is_confirmed(desks: SimpleNamespace) -> None:
    sent = {**CLAIM, "claimed_on": "1755-11-01", "confirm_old_date": True}
    answer = desks.reporter.ask("POST", "claims/", sent)
    assert (answer.status_code, answer.json()["claimed_on"]) == (201, "1755-11-01")


def test_an_origin_has_a_kind_and_an_address(desks: SimpleNamespace) -> None:
    origin = {"origin_kind": "post", "origin_url": "https://social.example/1"}
    found = desks.reporter.ask("POST", "claims/", {**CLAIM, **origin}).json()
    assert {name: found[name] for name in origin} == origin
    for lacking in ({"origin_kind": "post"}, {"origin_url": "https://social.example/1"}, {"origin_kind": "rumour"}):
        assert desks.reporter.ask("POST", "claims/", {**CLAIM, **lacking}).status_code in (400, 422)
