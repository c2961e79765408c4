"""The life cycle is the table: every stage × every transition, through the services and through raw SQL."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from articles import guards, workflow
from articles.choices import Stage
from articles.models import Claim
from articles.services import errors
from articles.services.verification import readings, transitions
from tests import newsroom
from tests.transactions import undone

pytestmark = pytest.mark.django_db

#: Steps that the table has and the claims made here fail a guard of: approved already, or never public.
GUARDED = {("approve", "approved"), ("retract", "checking"), ("retract", "review"), ("retract", "approved")}
GUARDED |= {("recall", "review")}  # somebody else submitted it
STAGES = [str(stage) for stage in Stage]
CONTRACT_EDGES = {
    ("draft", "checking"),
    ("checking", "review"),
    ("review", "approved"),
    ("approved", "published"),
    ("review", "checking"),
    ("published", "checking"),
    ("published", "retracted"),
    ("retracted", "checking"),
    ("draft", "dropped"),
    ("checking", "dropped"),
}


def test_the_table_has_every_step_of_the_contract() -> None:
    assert workflow.edges() >= CONTRACT_EDGES


def test_no_stage_is_a_dead_end() -> None:
    assert {stage for stage in STAGES if not workflow.leaving(stage)} == set()


def outcome(claim: Claim, step: str, by: User) -> str:
    """The stage that a step leads to, or why it is refused; nothing of it stays."""
    with undone():
        try:
            taken = transitions.apply_transition(
                claim=claim, transition=step, by=by, at=newsroom.AT, version=claim.version, comment="Why"
            )
        except errors.WrongStageError as refused:
            return f"refused in {refused.stage}"
        except errors.GuardsUnmetError:
            return "guards unmet"
        return taken.stage


@pytest.mark.parametrize("stage", STAGES)
def test_a_step_is_taken_only_from_its_sources(stage: str, people: SimpleNamespace) -> None:
    expected = {key: step.target for key, step in workflow.BY_KEY.items() if stage in step.sources}
    expected |= dict.fromkeys(workflow.BY_KEY.keys() - expected.keys(), f"refused in {stage}")
    expected |= {key: "guards unmet" for key, guarded_stage in GUARDED if guarded_stage == stage}
    claim = newsroom.in_stage(stage, people)
    # The editor holds every right, did not touch the claim before, and has it open.
    readings.note(claim=claim, by=people.editor, at=newsroom.AT)
    found = {key: outcome(stored(claim), key, people.editor) for key in workflow.BY_KEY}
    assert found == expected


def stored(claim: Claim) -> Claim:
    """The claim as it is stored now."""
    return Claim.objects.get(pk=claim.pk)


@pytest.mark.parametrize("source", STAGES)
def test_the_database_takes_the_same_steps_as_the_table(source: str, people: SimpleNamespace) -> None:
    claim = newsroom.in_stage(source, people)
    move = "UPDATE articles_claim SET stage = %s, version = version + 1 WHERE id = %s"
    refused = {}
    for target in STAGES:
        with undone(), connection.cursor() as cursor:
            try:
                cursor.execute(move, [target, claim.pk])
            except DatabaseError as error:
                refused[target] = str(error)
    allowed = {source} | {target for start, target in workflow.edges() if start == source}
    assert refused.keys() == set(STAGES) - allowed
    assert [text for text in refused.values() if "No step leads from" not in text] == []


def test_a_claim_begins_as_a_draft_even_in_raw_sql(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    for stage in set(STAGES) - {"draft"}:
        copy = Claim(text="Other", slug="other", created_by=people.reporter, created_at=newsroom.AT, stage=stage)
        with pytest.raises(DatabaseError, match="begins as a draft"), transaction.atomic():
            copy.save(force_insert=True)
    assert Claim.objects.get() == claim


#: A translation that lacks nothing, beside ``WHOLE``.
OF_ORIGINAL = {
    "is_translation": True,
    "original_stands": True,
    "original_rating": "true",
    "is_of_newest_revision": True,
    "is_in_another_language": True,
}
LACKS: dict[str, Any] = {
    "verdict": {"has_verdict": False},
    "summary": {"has_summary": False},
    "evidence": {"evidence": 0},
    "located": {"unlocated_evidence": 1},
    "sources": {"sources": 1},
    "cited": {"unknown_citations": 1},
    "claimant": {"has_claimant": False},
    "origin": {"has_origin": False},
    "anchors": {"unsettled_anchors": 1},
    "original_stands": {"is_translation": True, "is_in_another_language": True},
    "newest_revision": {**OF_ORIGINAL, "is_of_newest_revision": False},
    "same_verdict": {**OF_ORIGINAL, "original_rating": "false"},
    "another_language": {**OF_ORIGINAL, "is_in_another_language": False},
    "second_person": {"asker_contributed": True, "asker_part": "wrote the claim", "asker_opened": False},
    "opened": {"asker_opened": False},
}
WHOLE = guards.Facts(
    stage="review",
    has_verdict=True,
    has_summary=True,
    rating="true",
    evidence=2,
    sources=2,
    has_claimant=True,
    has_origin=True,
    asker_opened=True,
)


@pytest.mark.parametrize(("guard", "lack"), LACKS.items())
def test_approval_names_each_condition_that_is_unmet(guard: str, lack: dict[str, Any]) -> None:
    approve = workflow.get("approve")
    assert workflow.unmet(approve, WHOLE) == []
    assert workflow.unmet(approve, replace(WHOLE, **OF_ORIGINAL)) == []
    assert [item.key for item in workflow.unmet(approve, replace(WHOLE, **lack))] == [guard]


def test_unverified_needs_no_evidence_and_a_single_source_needs_a_reason() -> None:
    bare = replace(WHOLE, rating="unverified", evidence=0, sources=0, has_single_source_reason=True)
    assert workflow.unmet(workflow.get("approve"), bare) == []
    assert [u.key for u in guards.missing(replace(bare, rating="false"))] == ["evidence"]


def test_a_step_that_needs_a_comment_is_refused_without_one(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("review", people)
    with pytest.raises(ValidationError) as refused:
        newsroom.take(claim, "send_back", people.checker, comment="   ")
    assert "comment" in refused.value.message_dict
    assert Claim.objects.get(pk=claim.pk).version == claim.version
