"""Claimants over HTTP: the kind of a new one, and what the desk says of a merged one."""

from types import SimpleNamespace
from typing import Any

import pytest

from articles.models import Claimant
from articles.services.library import claimants, merging
from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
AT = newsroom.AT


def test_a_claimant_without_a_kind_gets_the_one_that_the_name_tells(desks: SimpleNamespace) -> None:
    for name, kind in (("Ayşe Öztürk", "person"), ("WHO", "organisation"), ("Séance Radio", "outlet")):
        assert desks.reporter.ask("POST", "claimants/", {"name": name}).json()["kind"] == kind
    sent = {"name": "WHO", "kind": "government"}
    assert desks.reporter.ask("POST", "claimants/", sent).json()["kind"] == "government"


def test_a_kind_is_asked_for_where_the_name_does_not_tell(desks: SimpleNamespace, problem: Any) -> None:
    answer = problem(desks.reporter.ask("POST", "claimants/", {"name": "Ada"}), 400, "validation_error")
    assert [error["attr"] for error in answer["errors"]] == ["kind"]
    assert not Claimant.objects.exists()


def test_a_merged_claimant_names_the_one_to_use_and_takes_no_change(
    desks: SimpleNamespace, people: SimpleNamespace, problem: Any
) -> None:
    gone, stays = (
        claimants.add_claimant(by=people.reporter, at=AT, name=name, kind="organisation") for name in ("W.H.O", "WHO")
    )
    merging.merge(row=gone, into=stays, by=people.editor, at=AT, version=1, into_version=1)
    shown = desks.reporter.ask("GET", f"claimants/{gone.pk}/")
    assert shown.json()["merged_into"] == str(stays.pk)
    listed = desks.reporter.ask("GET", "claimants/").json()["results"]
    assert [row["id"] for row in listed] == [str(stays.pk)]
    answer = desks.reporter.ask("PATCH", f"claimants/{gone.pk}/", {"role": "agency"}, etag=shown["ETag"])
    problem(answer, 409, "merged")
    claim = desks.reporter.ask("POST", "claims/", {"text": "It is so", "claimant": str(gone.pk)}).json()
    assert claim["claimant"] == str(stays.pk)
