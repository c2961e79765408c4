"""Changes of several claims at once: what is refused stays, what is done can be undone."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from articles.models import BulkChange, Claim
from articles.services.claims import bulk, claims
from articles.services.claims.bulk import Act, NotUndoableError
from lib.refusals import NotAllowedError
from tests import newsroom

pytestmark = pytest.mark.django_db
DUE = Act("due", due_on=date(2026, 4, 1))


def _seen(*rows: Claim) -> list:
    return [(row.pk, row.version) for row in rows]


def _now(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def test_a_preview_says_what_would_change_and_changes_nothing(people: SimpleNamespace) -> None:
    draft = newsroom.draft(people.reporter)
    result = bulk.preview(act=DUE, chosen=_seen(draft), by=people.editor, at=newsroom.AT)
    assert [one.after for one in result.done] == [{"due_on": date(2026, 4, 1)}]
    assert (_now(draft).due_on, _now(draft).version) == (None, draft.version)
    assert not BulkChange.objects.exists()


def test_refused_claims_are_listed_and_the_others_are_changed_and_given_back(people: SimpleNamespace) -> None:
    draft, public = newsroom.draft(people.reporter, topics=["Bridges"]), newsroom.published(people, topics=["Bridges"])
    stale = newsroom.draft(people.reporter)
    act = Act("topics", add=("Traffic",), remove=("Bridges",))
    chosen = [*_seen(draft, public), (stale.pk, stale.version + 1)]
    result = bulk.apply(act=act, chosen=chosen, by=people.reporter, at=newsroom.AT)
    assert [one.claim.pk for one in result.done] == [draft.pk]
    assert {one.claim.pk for one in result.refused} == {public.pk, stale.pk}
    assert all(one.why for one in result.refused)
    assert (_now(draft).topics, _now(public).topics, _now(stale).topics) == (["Traffic"], ["Bridges"], [])
    back = bulk.undo(change=result.change, by=people.reporter, at=newsroom.AT)
    assert [one.claim.pk for one in back.done] == [draft.pk]
    assert _now(draft).topics == ["Bridges"]


def test_dropped_claims_come_back_in_the_stage_they_had(people: SimpleNamespace) -> None:
    draft, checking = newsroom.draft(people.reporter), newsroom.in_stage("checking", people)
    public = newsroom.published(people)
    act = Act("drop", reason="Nobody asks any more.")
    result = bulk.apply(act=act, chosen=_seen(draft, checking, public), by=people.reporter, at=newsroom.AT)
    assert [_now(row).stage for row in (draft, checking, public)] == ["dropped", "dropped", "published"]
    assert [one.claim.pk for one in result.refused] == [public.pk]
    bulk.undo(change=result.change, by=people.reporter, at=newsroom.AT)
    assert [_now(row).stage for row in (draft, checking)] == ["draft", "checking"]


def test_undo_leaves_alone_what_somebody_changed_since(people: SimpleNamespace) -> None:
    one, other = newsroom.draft(people.reporter), newsroom.draft(people.reporter)
    act = Act("assign", assignee=people.checker)
    result = bulk.apply(act=act, chosen=_seen(one, other), by=people.editor, at=newsroom.AT)
    claims.edit(claim=_now(one), by=people.editor, at=newsroom.AT, version=_now(one).version, text="Reworded")
    back = bulk.undo(change=result.change, by=people.editor, at=newsroom.AT)
    assert [row.claim.pk for row in back.refused] == [one.pk]
    assert (_now(one).assignee, _now(other).assignee) == (people.checker, None)


def test_a_change_is_undone_once_by_who_made_it_within_an_hour(people: SimpleNamespace) -> None:
    draft = newsroom.draft(people.reporter)
    change = bulk.apply(act=DUE, chosen=_seen(draft), by=people.editor, at=newsroom.AT).change
    late = newsroom.AT + bulk.UNDO + timedelta(seconds=1)
    for by, at in ((people.checker, newsroom.AT), (people.editor, late)):
        with pytest.raises(NotUndoableError):
            bulk.undo(change=change, by=by, at=at)
    bulk.undo(change=change, by=people.editor, at=newsroom.AT)
    with pytest.raises(NotUndoableError):
        bulk.undo(change=change, by=people.editor, at=newsroom.AT)


def test_an_approval_that_would_be_lost_is_said_before(people: SimpleNamespace) -> None:
    approved = newsroom.in_stage("approved", people)
    act = Act("topics", add=("Traffic",))
    result = bulk.preview(act=act, chosen=_seen(approved), by=people.reporter, at=newsroom.AT)
    assert [one.loses_approval for one in result.done] == [True]
    assert not bulk.preview(act=DUE, chosen=_seen(approved), by=people.reporter, at=newsroom.AT).done[0].loses_approval


def test_who_may_not_assign_to_others_is_refused_claim_by_claim(people: SimpleNamespace) -> None:
    draft = newsroom.draft(people.reporter)
    act = Act("assign", assignee=people.checker)
    result = bulk.apply(act=act, chosen=_seen(draft), by=people.reporter, at=newsroom.AT)
    assert not result.done
    assert "assign a claim to somebody else" in result.refused[0].why
    assert result.change is None


def test_what_is_so_already_is_not_changed(people: SimpleNamespace) -> None:
    draft = newsroom.draft(people.reporter, due_on=DUE.due_on)
    result = bulk.apply(act=DUE, chosen=_seen(draft), by=people.editor, at=newsroom.AT)
    assert (result.done, [row.pk for row in result.unchanged]) == ([], [draft.pk])
    assert _now(draft).version == draft.version


def test_acts_without_what_they_need_are_refused(people: SimpleNamespace) -> None:
    draft = newsroom.draft(people.reporter)
    for act in (Act("drop", reason=" "), Act("topics")):
        with pytest.raises(ValidationError):
            bulk.preview(act=act, chosen=_seen(draft), by=people.editor, at=newsroom.AT)
    with pytest.raises(ValidationError):
        bulk.preview(act=DUE, chosen=_seen(draft) * (bulk.MOST + 1), by=people.editor, at=newsroom.AT)


def test_who_may_not_edit_changes_nothing(people: SimpleNamespace) -> None:
    draft = newsroom.draft(people.reporter)
    people.reporter.groups.clear()
    nobody = type(people.reporter).objects.get(pk=people.reporter.pk)
    with pytest.raises(NotAllowedError):
        bulk.apply(act=DUE, chosen=_seen(draft), by=nobody, at=newsroom.AT)
