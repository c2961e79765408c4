"""What the public sees change: publishing, updating, correcting, retracting. Each act appends one record."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext

from accounts.models import User
from articles import text
from articles.attribution import Attribution
from articles.choices import RecordKind, ScheduleState
from articles.models import Claim, Record, Schedule
from articles.selectors.log import record_content
from articles.services import submission_events
from articles.services.log import cache_purges, log_clock, projection, publication_log
from articles.services.verification import next_record, verdicts
from articles.services.verification.next_record import Correction, NextRecord

Document = dict[str, Any]
__all__ = ["Correction", "publish", "retract"]


def publish(
    *,
    claim: Claim,
    by: User,
    at: datetime | None,
    version: int,
    correction: Correction | None = None,
    comment: str = "",
) -> Record:
    """Freeze the approved claim into a record: the first, an update, or the correction. Without ``at`` it is dated now.

    A rating that readers do not have yet is always a correction. Raises what ``verdicts.step`` raises,
    ``ClockBehindError``, and ``ValidationError`` for a correction that is none, or for a changed rating without one.
    """
    with _step("publish", claim, by=by, at=at, version=version, comment=comment) as (locked, moment):
        previous = next_record.last_record(locked)
        content = record_content.for_readers(locked)  # what it names is held since the guards were asked
        corrections = next_record.checked_corrections(correction, content, previous, moment)
        drafted = next_record.next_record(
            locked, previous=previous, content=content, corrections=corrections, at=moment
        )
        appended = _append(locked, drafted, at=moment)
        _end_schedule(locked, by=by, at=moment)
    return appended


def retract(
    *,
    claim: Claim,
    by: User,
    at: datetime | None,
    version: int,
    note: str,
    attribution: str = Attribution.WITHDRAWN,
) -> Record:
    """Withdraw the verdict in public. Readers keep the statement and learn from ``note`` why.

    With ``attribution`` withdrawn, nothing but earlier revisions says any more who made the claim, where and in which
    words. Without ``at`` the database's clock dates it. Raises what ``verdicts.step`` raises, ``ClockBehindError``, and
    ``ValidationError`` for another attribution than ``Attribution`` has.
    """
    with _step("retract", claim, by=by, at=at, version=version, comment=note) as (locked, moment):
        previous = next_record.last_record(locked)
        stated = previous.document()["claim"] if previous else {}
        document = {
            "claim": {key: stated[key] for key in ("id", "slug", "url", "text", "language")}
            | {"claimed_on": None, "claimant": None, "topics": []},
            "appearances": [],
            "verdict": None,
            "evidence": [],
            "single_source_reason": "",
            "replies": [],
            "relations": [],
            "corrections": next_record.corrections_of(previous),
            "retraction": _retraction(moment, note, attribution),
            **record_content.translation(previous.document() if previous else None),
            **record_content.imported(previous.document() if previous else None),
        }
        revision = next_record.revision_after(previous)
        appended = _append(locked, NextRecord(document, RecordKind.RETRACTED, revision, previous), at=moment)
    return appended


def _retraction(at: datetime, note: str, attribution: str) -> Document:
    if attribution not in Attribution.values:
        raise ValidationError(
            {"attribution": gettext("Say one of: %(names)s.") % {"names": ", ".join(Attribution.values)}}
        )
    return {
        "at": record_content.instant(at),
        "note": text.clean_public(note, field="comment").strip(),
        "attribution": str(attribution),
    }


@contextmanager
def _step(
    key: str, claim: Claim, *, by: User, at: datetime | None, version: int, comment: str
) -> Iterator[tuple[Claim, datetime]]:
    """A step that ends in a record: the locked claim, and the moment of the record."""
    with verdicts.step(key, claim, by=by, at=at or log_clock.now(), version=version, comment=comment) as (locked, _):
        yield locked, publication_log.lock_for_record(at)


def _append(claim: Claim, drafted: NextRecord, *, at: datetime) -> Record:
    previous = drafted.previous
    appended = publication_log.append(
        drafted.document | {"first_published_at": next_record.first_published_at(previous, at)},
        claim_id=claim.pk,
        revision=drafted.revision,
        kind=drafted.kind,
        at=at,
        previous=previous,
    )
    shown = cache_purges.claimant_shown(appended)
    projection.project(appended)
    cache_purges.purge_record(appended, previous=previous, claimant=shown)
    changes_what_is_public = RecordKind.PUBLISHED, RecordKind.RETRACTED
    if drafted.kind in changes_what_is_public or (previous and previous.kind == RecordKind.RETRACTED):
        submission_events.published(claim.pk, at=at)
    return appended


def _end_schedule(claim: Claim, *, by: User, at: datetime) -> None:
    """A schedule of the claim has done its work, also where somebody published before its time."""
    waiting = Schedule.objects.waiting().filter(claim_id=claim.pk)
    waiting.update(state=ScheduleState.PUBLISHED, ended_by=by, ended_at=at, version=F("version") + 1)
