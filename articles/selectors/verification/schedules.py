"""The schedule of a claim, and why it cannot be kept."""

from dataclasses import dataclass
from datetime import datetime

from articles.choices import ScheduleState, Stage
from articles.models import Claim, Schedule
from articles.selectors.log import approved_content, record_content


@dataclass(frozen=True, slots=True)
class Standing:
    """The last schedule of a claim; ``is_stale`` says that what was approved then is not what would be published."""

    schedule: Schedule
    is_stale: bool

    @property
    def is_waiting(self) -> bool:
        """Whether the claim is to be published at its time."""
        return self.schedule.state == ScheduleState.WAITING


def of(claim: Claim) -> Schedule | None:
    """The last schedule of ``claim``. Where it was read with the claim, no statement is sent."""
    found: Schedule | None = getattr(claim, "schedule", None)
    return found


def standing(claim: Claim) -> Standing | None:
    """The last schedule with whether it still fits, where it says something about the claim as it stands.

    A schedule that was cancelled, or was followed by a publication, says nothing any more.
    """
    schedule = of(claim)
    if schedule is None or schedule.state in (ScheduleState.CANCELLED, ScheduleState.PUBLISHED):
        return None
    if schedule.state == ScheduleState.REFUSED and claim.stage in (Stage.PUBLISHED, Stage.RETRACTED):
        return None
    return Standing(schedule, schedule.state == ScheduleState.WAITING and is_stale(claim, schedule))


def is_stale(claim: Claim, schedule: Schedule) -> bool:
    """Whether ``claim`` is not any more what was approved when ``schedule`` was set."""
    verdict = record_content.current_verdict(claim)
    if claim.stage != Stage.APPROVED or verdict is None or verdict.approved_sha256 != schedule.approved_sha256:
        return True
    return not approved_content.is_approved(claim, verdict)


def is_embargoed(claim: Claim, *, at: datetime) -> bool:
    """Whether nobody may publish ``claim`` at ``at``."""
    schedule = of(claim)
    if schedule is None or schedule.state != ScheduleState.WAITING:
        return False
    return schedule.is_embargo and schedule.publish_at > at
