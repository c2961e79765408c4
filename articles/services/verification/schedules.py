"""Publishing at a set time: the schedule, its changes and its end, and the worker's part."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.groups import who_may
from accounts.models import User
from articles import guards, rules, workflow
from articles.choices import ScheduleState, Stage
from articles.models import Claim, Schedule
from articles.selectors.claims import progress
from articles.selectors.log import record_content
from articles.selectors.verification import schedules as selected
from articles.services import audit, editing
from articles.services.collaboration import notices
from articles.services.errors import GuardsUnmetError, WrongStageError
from articles.services.log.log_clock import ClockBehindError
from articles.services.verification import next_record, publishing
from articles.services.verification.next_record import Correction
from articles.text import in_sentence
from lib.refusals import NotAllowedError, NotNowError, RefusedError, StaleError

_PUBLISH = workflow.get("publish")
#: A later time is taken for a slip.
FARTHEST = timedelta(days=366)


@dataclass(slots=True)
class Outcome:
    """What one run of the worker did: claims that were published, and those that were refused."""

    published: int = 0
    refused: int = 0

    def __str__(self) -> str:
        return f"{self.published} published, {self.refused} refused"


def schedule(
    *,
    claim: Claim,
    publish_at: datetime,
    by: User,
    at: datetime,
    version: int,
    seen: int = 0,
    is_embargo: bool = False,
    correction: Correction | None = None,
) -> Schedule:
    """Let the worker publish the approved claim at ``publish_at``, in the name of ``by``; or change that time.

    ``seen`` is the version of the schedule that was shown, 0 for none. All conditions of publication must hold now; the
    worker asks them again. Raises ``NotAllowedError``, ``StaleError``, ``WrongStageError``, ``GuardsUnmetError``, and
    ``ValidationError`` for a time that has passed (``time``) or a correction that is none.
    """
    with _locked(
        claim, by=by, refusal=_("You do not have permission to schedule claims."), version=version, seen=seen
    ) as (locked, row):
        if publish_at <= at:
            raise ValidationError({"time": _("This time has passed. Choose a later one, or publish now.")})
        if publish_at > at + FARTHEST:
            raise ValidationError({"time": _("This is more than a year from now. Choose an earlier time.")})
        approved = _require_publishable(locked, correction, by=by, at=at)
        row = row or Schedule(claim=locked)
        row.version = row.version + 1 if row.pk else 1
        row.publish_at, row.is_embargo, row.approved_sha256 = publish_at, is_embargo, approved
        row.severity, row.note = (correction.severity, correction.note.strip()) if correction else ("", "")
        row.created_by, row.created_at = by, at
        row.state, row.ended_by, row.ended_at, row.problem = ScheduleState.WAITING, None, None, ""
        row.save()
    return row


def cancel(*, claim: Claim, by: User, at: datetime, version: int, seen: int) -> Schedule:
    """Take the schedule back: the claim stays approved, and nobody publishes it by itself.

    Raises ``NotAllowedError``, ``StaleError``, or ``NotNowError`` where nothing is scheduled.
    """
    with _locked(
        claim, by=by, refusal=_("You do not have permission to cancel schedules."), version=version, seen=seen
    ) as (_claim, row):
        if row is None or row.state != ScheduleState.WAITING:
            raise NotNowError(_("Nothing is scheduled."))
        _end(row, ScheduleState.CANCELLED, by=by, at=at)
    return row


def publish_due(*, at: datetime) -> Outcome:
    """Publish every claim whose time has come, each in a transaction of its own with the end of its schedule.

    A refusal ends the schedule with its reason, and people are notified. Raises ``ClockBehindError`` after all were
    tried: their schedules go on waiting.
    """
    outcome, behind = Outcome(), None
    for claim_id in list(Schedule.objects.due(at).values_list("claim_id", flat=True)):
        try:
            _publish_one(claim_id, outcome, at=at)
        except ClockBehindError as error:
            behind = error
    if behind is not None:
        raise behind
    return outcome


def _publish_one(claim_id: UUID, outcome: Outcome, *, at: datetime) -> None:
    with transaction.atomic():
        claim = Claim.objects.select_for_update(no_key=True, of=("self",)).get(pk=claim_id)
        row = Schedule.objects.due(at).select_related("created_by").filter(claim=claim).first()
        if row is None:  # changed, cancelled or done by somebody else since the list was read
            return
        try:
            with transaction.atomic():
                _publish(claim, row)
        except ClockBehindError:
            raise
        except (RefusedError, ValidationError) as error:
            why = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            with audit.act_as(by=None, reason=why):
                _end(row, ScheduleState.REFUSED, by=None, at=at, problem=why)
                notices.not_published(claim, scheduler_id=row.created_by_id, why=why, at=at)
            outcome.refused += 1
        else:
            outcome.published += 1


def _publish(claim: Claim, row: Schedule) -> None:
    """As the person who set the time would do it now, if it is still what was approved then."""
    if claim.stage == Stage.APPROVED and selected.is_stale(claim, row):
        raise GuardsUnmetError([guards.Unmet(guards.FRESH_APPROVAL.key, str(_STALE))])
    local = timezone.localtime(row.publish_at)
    publishing.publish(
        claim=claim,
        by=row.created_by,
        at=None,
        version=claim.version,
        correction=Correction(row.severity, row.note) if row.severity else None,
        comment=f"Scheduled for {local:%-d %b %Y, %H:%M}",
    )


_STALE = gettext_lazy(
    "The content changed after the time was set. Have it approved again if that is needed, look at the preview, and "
    "set a new time."
)


@contextmanager
def _locked(
    claim: Claim, *, by: User, refusal: str, version: int, seen: int
) -> Iterator[tuple[Claim, Schedule | None]]:
    """One act of a person who may publish: the locked claim with its schedule, both as they were seen."""
    if not rules.may_publish(by):
        raise NotAllowedError.for_(refusal, groups=who_may(_PUBLISH.permission))
    with audit.act_as(by=by):
        locked = editing.lock(Claim, claim.pk, version=version)
        row = Schedule.objects.filter(claim=locked).first()
        if seen != (row.version if row else 0):
            raise StaleError(current=row.version if row else 0)
        yield locked, row


def _require_publishable(claim: Claim, correction: Correction | None, *, by: User, at: datetime) -> str:
    """The hash of the approved content, where nothing but an embargo stands against publishing it now."""
    if claim.stage not in _PUBLISH.sources:
        stands = in_sentence(claim.get_stage_display())
        raise WrongStageError(
            _("Only an approved claim can be scheduled: this one is %(stands)s.") % {"stands": stands},
            stage=claim.stage,
        )
    editing.share_lock_dependencies(claim)
    record_content.prefetch(claim)
    unmet = [item for item in workflow.unmet(_PUBLISH, progress.facts(claim, asker=by)) if item.key != "embargo"]
    if unmet:
        raise GuardsUnmetError(unmet)
    content = record_content.for_readers(claim)
    next_record.checked_corrections(correction, content, next_record.last_record(claim), at)
    verdict = record_content.current_verdict(claim)
    return verdict.approved_sha256 if verdict else ""


def _end(row: Schedule, state: ScheduleState, *, by: User | None, at: datetime, problem: str = "") -> None:
    row.state, row.ended_by, row.ended_at, row.problem = state, by, at, problem
    row.version += 1
    row.save()
