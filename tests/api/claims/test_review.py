"""Approving over the API: what was read is approved, open figures need a reason, a second verdict comes first."""

from types import SimpleNamespace
from typing import Any

import pytest

from articles.models import Claim, Rating, Reading
from articles.services.verification import second_verdicts
from tests.articles.verification.test_review import in_review
from tests.newsroom import AT

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def _approve(desk: Any, claim: Claim, **body: str) -> Any:
    """Without reading it first, on the version that is there."""
    tag = f'"c{claim.pk}-v{Claim.objects.get(pk=claim.pk).version}"'
    return desk.ask("POST", f"claims/{claim.pk}/actions/approve/", body, etag=tag)


def test_approval_needs_that_the_same_person_read_the_claim(
    desks: SimpleNamespace, people: SimpleNamespace, problem: Any
) -> None:
    claim = in_review(people)
    desks.editor.ask("GET", f"claims/{claim.pk}/")
    desks.checker.ask("GET", "claims/")
    desks.checker.ask("GET", f"claims/{claim.pk}/verdict/")
    refused = problem(_approve(desks.checker, claim, comment="Compared."), 409, "guards_unmet")
    assert [error["code"] for error in refused["errors"]] == ["opened"]
    steps = desks.checker.ask("GET", f"claims/{claim.pk}/").json()["steps"]
    assert {step["action"]: step["ready"] for step in steps}["approve"] is True
    assert Reading.objects.filter(user=people.checker).count() == 1
    path = f"claims/{claim.pk}/"
    desks.reporter.ask("PATCH", path, {"origin": "A speech"}, etag=desks.reporter.etag(path))
    assert problem(_approve(desks.checker, claim, comment="Compared."), 409, "guards_unmet")
    desks.checker.ask("GET", path)
    assert _approve(desks.checker, claim, comment="Compared.").json()["stage"] == "approved"


def test_open_figures_need_a_comment(desks: SimpleNamespace, people: SimpleNamespace, problem: Any) -> None:
    claim = in_review(people)
    desks.checker.ask("GET", f"claims/{claim.pk}/")
    refused = problem(_approve(desks.checker, claim), 400, "validation_error")
    assert [(error["attr"], error["code"]) for error in refused["errors"]] == [("comment", "required")]
    assert Claim.objects.get(pk=claim.pk).stage == "review"


def test_the_verdict_is_hidden_from_who_has_to_rate_first(
    desks: SimpleNamespace, people: SimpleNamespace, problem: Any
) -> None:
    claim = in_review(people)
    asked = second_verdicts.ask(claim=claim, person=people.second_checker, by=people.checker, at=AT)
    desk = desks.second_checker
    assert desk.ask("GET", f"claims/{claim.pk}/").json()["verdict"] is None
    for path in ("verdict/", "history/"):
        problem(desk.ask("GET", f"claims/{claim.pk}/{path}"), 403, "verdict_hidden")
        assert desks.checker.ask("GET", f"claims/{claim.pk}/{path}").status_code == 200
    verdict = {"rating": "true", "summary": "Mine."}
    tag = desk.etag(f"claims/{claim.pk}/")
    problem(desk.ask("PUT", f"claims/{claim.pk}/verdict/", verdict, etag=tag), 403, "verdict_hidden")
    refused = problem(_approve(desk, claim, comment="Compared."), 409, "guards_unmet")
    assert [error["code"] for error in refused["errors"]] == ["opened"]
    rating = Rating.objects.current().get(key="false")
    second_verdicts.give(second=asked, rating=rating, reason="Less.", by=people.second_checker, at=AT)
    assert desk.ask("GET", f"claims/{claim.pk}/").json()["verdict"]["rating"] == "true"
