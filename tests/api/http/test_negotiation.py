"""What ``Accept`` may name."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
V1 = "/api/v1/"


@pytest.mark.parametrize("path", ["claims/", "ratings/", "changes/"])
def test_a_client_that_only_takes_problems_gets_the_answer(path: str, people: SimpleNamespace, reader: Client) -> None:
    newsroom.published(people)
    answer = reader.get(V1 + path, headers={"Accept": "application/problem+json"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.content == reader.get(V1 + path).content


def test_the_desk_and_refusals_do_not_depend_on_problems_in_accept(desks: SimpleNamespace, problem: Any) -> None:
    asked = {"Accept": "application/problem+json; charset=utf-8"}
    assert desks.reporter.ask("GET", "claims/", **asked).status_code == 200
    problem(desks.reporter.ask("GET", "claims/?colour=red", **asked), 400, "unknown_parameter")


def test_other_types_are_still_refused(reader: Client, problem: Any) -> None:
    problem(reader.get(V1 + "claims/", headers={"Accept": "text/html"}), 406, "not_acceptable")
