"""Publishing at a set time: what is accepted, what the worker does, and what ends a schedule."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.choices import ScheduleState, Surface
from articles.models import Change, Claim, Record, Schedule
from articles.selectors.verification import schedules as selected
from articles.services import audit
from articles.services.claims import claims
from articles.services.errors import GuardsUnmetError, WrongStageError
from articles.services.log import log_clock
from articles.services.verification import schedules
from articles.services.verification.publishing import Correction
from lib.refusals import NotAllowedError, NotNowError, StaleError
from notifications.choices import Kind
from notifications.models import Notice
from tests import newsroom
from tests.notifications.colleagues import with_addresses

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def scheduled(claim: Claim, by: Any, **given: Any) -> Schedule:
    """A schedule for the next hour."""
    now = timezone.now()
    seen = getattr(Schedule.objects.filter(claim=claim).first(), "version", 0)
    values = {"publish_at": now + HOUR, "at": now, "version": claim.version, "seen": seen, **given}
    return schedules.schedule(claim=claim, by=by, **values)


def let_time_pass(claim: Claim) -> schedules.Outcome:
    """The worker's run after the time of the claim has come."""
    Schedule.objects.filter(claim=claim).update(publish_at=timezone.now() - timedelta(seconds=1))
    with audit.surface(Surface.WORKER):
        return schedules.publish_due(at=timezone.now())


def again(claim: Claim) -> Claim:
    """The claim as it is stored."""
    return Claim.objects.get(pk=claim.pk)


def test_the_worker_publishes_at_the_time_in_the_name_of_who_set_it(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    row = scheduled(claim, people.editor)
    assert str(schedules.publish_due(at=row.publish_at - timedelta(seconds=1))) == "0 published, 0 refused"
    assert str(let_time_pass(claim)) == "1 published, 0 refused"
    row.refresh_from_db()
    assert (again(claim).stage, row.state, row.ended_by) == ("published", ScheduleState.PUBLISHED, people.editor)
    step = Change.objects.filter(claim_id=claim.pk, table="articles_claim").latest("id")
    assert (step.actor, step.surface, step.reason[:13]) == (people.editor, Surface.WORKER, "Scheduled for")
    assert str(schedules.publish_due(at=timezone.now())) == "0 published, 0 refused"
    assert Record.objects.count() == 1


def test_a_time_that_has_passed_or_is_far_away_is_refused(people: SimpleNamespace) -> None:
    claim, now = newsroom.in_stage("approved", people), timezone.now()
    for when, words in ((now, "has passed"), (now - HOUR, "has passed"), (now + timedelta(days=400), "a year")):
        with pytest.raises(ValidationError, match=words) as refused:
            scheduled(claim, people.editor, publish_at=when, at=now)
        assert list(refused.value.message_dict) == ["time"]
    assert not Schedule.objects.exists()


def test_only_who_may_publish_schedules_or_cancels(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    for person in (people.reporter, people.checker):
        with pytest.raises(NotAllowedError, match="schedule claims"):
            scheduled(claim, person)
    row = scheduled(claim, people.editor)
    given = {"claim": claim, "at": timezone.now(), "version": claim.version, "seen": row.version}
    with pytest.raises(NotAllowedError, match="cancel schedules"):
        schedules.cancel(by=people.checker, **given)
    assert schedules.cancel(by=people.administrator, **given).state == ScheduleState.CANCELLED


@pytest.mark.parametrize("stage", ["draft", "checking", "review", "published", "dropped"])
def test_only_an_approved_claim_is_scheduled(stage: str, people: SimpleNamespace) -> None:
    with pytest.raises(WrongStageError, match="Only an approved claim"):
        scheduled(newsroom.in_stage(stage, people), people.editor)


def test_a_stale_approval_is_not_scheduled(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    claim = claims.edit(claim=claim, by=people.reporter, at=newsroom.AT, version=claim.version, topics=["bridges"])
    with pytest.raises(GuardsUnmetError, match="needs a new approval"):
        scheduled(claim, people.editor)


def test_a_change_made_on_an_old_version_is_refused(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    row = scheduled(claim, people.editor)
    scheduled(claim, people.administrator, publish_at=timezone.now() + 2 * HOUR)
    for seen in (0, row.version):
        with pytest.raises(StaleError):
            scheduled(claim, people.editor, seen=seen)
    with pytest.raises(StaleError):
        schedules.cancel(claim=claim, by=people.editor, at=timezone.now(), version=claim.version, seen=row.version)
    assert Schedule.objects.get().created_by == people.administrator


def test_a_cancelled_schedule_publishes_nothing_and_can_be_set_again(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    row = scheduled(claim, people.editor)
    given = {"claim": claim, "by": people.editor, "at": timezone.now(), "version": claim.version}
    row = schedules.cancel(seen=row.version, **given)
    with pytest.raises(NotNowError, match="Nothing is scheduled"):
        schedules.cancel(seen=row.version, **given)
    assert str(let_time_pass(claim)) == "0 published, 0 refused"
    assert selected.standing(again(claim)) is None
    scheduled(claim, people.editor)
    assert str(let_time_pass(claim)) == "1 published, 0 refused"


def _edit(claim: Claim, people: SimpleNamespace) -> None:
    claims.edit(claim=claim, by=people.reporter, at=newsroom.AT, version=claim.version, topics=["bridges"])


def _edit_and_approve(claim: Claim, people: SimpleNamespace) -> None:
    _edit(claim, people)
    newsroom.take(again(claim), "approve", people.checker)


def _drop(claim: Claim, people: SimpleNamespace) -> None:
    claim = newsroom.take(claim, "send_back", people.checker, comment="Not now.")
    newsroom.take(claim, "drop", people.reporter, comment="Nobody says it any more.")


def _lose_rights(claim: Claim, people: SimpleNamespace) -> None:
    people.editor.groups.clear()


def _leave(claim: Claim, people: SimpleNamespace) -> None:
    people.editor.is_active = False
    people.editor.save()


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (_edit, "changed after the time was set"),
        (_edit_and_approve, "changed after the time was set"),
        (_drop, "the claim is dropped"),
        (_lose_rights, "do not have permission"),
        (_leave, "do not have permission"),
    ],
)
def test_what_does_not_hold_any_more_ends_the_schedule_and_people_are_told_why(
    happens: Any, why: str, people: SimpleNamespace
) -> None:
    with_addresses(people)
    claim = newsroom.in_stage("approved", people, assignee=people.reporter)
    scheduled(claim, people.editor)
    happens(claim, people)
    assert str(let_time_pass(claim)) == "0 published, 1 refused"
    row = Schedule.objects.get()
    assert (row.state, row.ended_by) == (ScheduleState.REFUSED, None)
    assert why in row.problem
    assert not Record.objects.exists()
    told = Notice.objects.filter(kind=Kind.NOT_PUBLISHED)
    assert {notice.user for notice in told} == {people.reporter, *([people.editor] if happens != _leave else [])}
    assert {notice.detail for notice in told} == {row.problem}
    assert str(schedules.publish_due(at=timezone.now())) == "0 published, 0 refused"


def test_a_schedule_of_changed_content_is_shown_as_stale(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    scheduled(claim, people.editor)
    standing = selected.standing(again(claim))
    assert standing is not None
    assert standing.is_waiting
    assert not standing.is_stale
    _edit(claim, people)
    standing = selected.standing(again(claim))
    assert standing is not None
    assert standing.is_stale


def test_under_embargo_nobody_publishes_earlier(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    row = scheduled(claim, people.editor, is_embargo=True)
    with pytest.raises(GuardsUnmetError, match="under embargo"):
        newsroom.take(again(claim), "publish", people.administrator)
    row = scheduled(claim, people.editor, seen=row.version, is_embargo=True)
    assert str(let_time_pass(claim)) == "1 published, 0 refused"


def test_publishing_by_hand_ends_a_schedule_that_is_no_embargo(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    scheduled(claim, people.editor)
    newsroom.take(again(claim), "publish", people.administrator)
    row = Schedule.objects.get()
    assert (row.state, row.ended_by) == (ScheduleState.PUBLISHED, people.administrator)
    assert str(let_time_pass(claim)) == "0 published, 0 refused"


def test_a_correction_is_scheduled_with_its_note(people: SimpleNamespace) -> None:
    claim = newsroom.take(newsroom.published(people), "recheck", people.checker)
    claim = newsroom.propose(claim, people.reporter, rating="false", summary="It cost twenty.")
    claim = newsroom.take(newsroom.take(claim, "submit", people.reporter), "approve", people.checker)
    with pytest.raises(ValidationError, match="why the rating changed"):
        scheduled(claim, people.editor)
    scheduled(claim, people.editor, correction=Correction("verdict", "It was 20 million."))
    assert str(let_time_pass(claim)) == "1 published, 0 refused"
    assert newsroom.record_of(claim).document()["corrections"][0]["note"] == "It was 20 million."


def test_a_clock_that_is_behind_stops_nothing_for_good(people: SimpleNamespace) -> None:
    claim, other = newsroom.in_stage("approved", people), newsroom.in_stage("approved", people)
    scheduled(claim, people.editor)
    newsroom.take(other, "publish", people.editor, at=log_clock.now() + timedelta(days=2))
    with pytest.raises(log_clock.ClockBehindError):
        let_time_pass(claim)
    assert (again(claim).stage, Schedule.objects.get().state) == ("approved", ScheduleState.WAITING)


def test_the_history_of_a_claim_has_its_schedules(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    row = scheduled(claim, people.editor)
    schedules.cancel(claim=claim, by=people.editor, at=timezone.now(), version=claim.version, seen=row.version)
    kept = Change.objects.filter(claim_id=claim.pk, table="articles_schedule").order_by("id")
    assert [(change.kind, change.actor) for change in kept] == [("insert", people.editor), ("update", people.editor)]
