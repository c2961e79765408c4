"""What the public sees change: publishing, updating, correcting, retracting. Each act appends one record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from articles import text
from articles.choices import RecordKind, Severity
from articles.models import Claim, Record
from articles.selectors.log import record_content
from articles.services import submission_events
from articles.services.log import log_clock, projection, publication_log
from articles.services.verification import verdicts

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    """The severity of a correction, and the note for readers."""

    severity: str
    note: str


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
        previous = _last_record(locked)
        document = record_content.for_readers(locked)  # what it names is held since the guards were asked
        appended = _append(
            locked,
            {
                "claim": document["claim"] | {"origin": document["origin"]},
                "appearances": document["appearances"],
                "verdict": document["verdict"],
                "evidence": document["evidence"],
                "single_source_reason": document["single_source_reason"],
                "replies": document["replies"],
                "relations": document["relations"],
                "corrections": _corrections_with(correction, document, previous, moment),
                "retraction": None,
                **record_content.translation(document),
                **record_content.recheck(locked, at=moment),
                **record_content.imported(previous.document() if previous else None),
            },
            kind=_kind(previous, correction),
            at=moment,
            previous=previous,
        )
    return appended


def retract(*, claim: Claim, by: User, at: datetime | None, version: int, note: str) -> Record:
    """Withdraw the verdict in public. Readers keep the statement and learn from ``note`` why.

    Without ``at`` the database's clock dates it. Raises what ``verdicts.step`` raises, and ``ClockBehindError``.
    """
    with _step("retract", claim, by=by, at=at, version=version, comment=note) as (locked, moment):
        previous = _last_record(locked)
        stated = previous.document()["claim"] if previous else {}
        appended = _append(
            locked,
            {
                "claim": {key: stated[key] for key in ("id", "slug", "url", "text", "language")}
                | {"claimed_on": None, "claimant": None, "topics": []},
                "appearances": [],
                "verdict": None,
                "evidence": [],
                "single_source_reason": "",
                "replies": [],
                "relations": [],
                "corrections": _corrections(previous),
                "retraction": {
                    "at": record_content.instant(moment),
                    "note": text.clean_public(note, field="comment").strip(),
                },
                **record_content.translation(previous.document() if previous else None),
                **record_content.imported(previous.document() if previous else None),
            },
            kind=RecordKind.RETRACTED,
            at=moment,
            previous=previous,
        )
    return appended


@contextmanager
def _step(
    key: str, claim: Claim, *, by: User, at: datetime | None, version: int, comment: str
) -> Iterator[tuple[Claim, datetime]]:
    """A step that ends in a record: the locked claim, and the moment of the record."""
    with verdicts.step(key, claim, by=by, at=at or log_clock.now(), version=version, comment=comment) as (locked, _):
        yield locked, publication_log.lock_for_record(at)


def _append(claim: Claim, document: Document, *, kind: str, at: datetime, previous: Record | None) -> Record:
    first = previous.document()["first_published_at"] if previous else record_content.instant(at)
    appended = publication_log.append(
        {**document, "first_published_at": first},
        claim_id=claim.pk,
        revision=previous.revision + 1 if previous else 1,
        kind=kind,
        at=at,
        previous=previous,
    )
    projection.project(appended)
    changes_what_is_public = RecordKind.PUBLISHED, RecordKind.RETRACTED
    if kind in changes_what_is_public or (previous and previous.kind == RecordKind.RETRACTED):
        submission_events.published(claim.pk, at=at)
    return appended


def _last_record(claim: Claim) -> Record | None:
    return Record.objects.filter(claim_id=claim.pk).order_by("-revision").first()


def _kind(previous: Record | None, correction: Correction | None) -> RecordKind:
    if previous is None:
        return RecordKind.PUBLISHED
    return RecordKind.CORRECTED if correction else RecordKind.UPDATED


def _corrections(previous: Record | None) -> list[Document]:
    return list(previous.document()["corrections"]) if previous else []


def _corrections_with(
    correction: Correction | None, document: Document, previous: Record | None, at: datetime
) -> list[Document]:
    """The corrections of the record before, and this one."""
    _require_correction(correction, document, previous)
    return _corrections(previous) + ([_checked(correction, document, previous, at)] if correction else [])


def _require_correction(correction: Correction | None, document: Document, previous: Record | None) -> None:
    """Raises ``ValidationError`` when the rating is another one and nothing is said about it."""
    before = _rating(previous)
    if correction or before is None or before == document["verdict"]["rating"]["key"]:
        return
    raise ValidationError(
        {
            "severity": ValidationError(
                "The rating is not the one that readers have: give the severity “the verdict changed”.", code="required"
            ),
            "note": ValidationError("Tell readers in a sentence why the rating changed.", code="required"),
        }
    )


def _rating(previous: Record | None) -> str | None:
    """The key of the rating that readers have; nothing before the first record and after a retraction."""
    verdict = previous.document()["verdict"] if previous else None
    return verdict["rating"]["key"] if verdict else None


def _checked(correction: Correction, document: Document, previous: Record | None, at: datetime) -> Document:
    note = text.clean_public(correction.note, field="note").strip()
    if previous is None:
        raise ValidationError({"severity": "Nothing was published before, so there is nothing to correct."})
    if correction.severity not in Severity.values:
        raise ValidationError({"severity": "Say how far the correction reaches: minor, or the verdict changed."})
    if text.is_blank(note):
        raise ValidationError({"note": "Tell readers in a sentence what was wrong and what is right."})
    before = _rating(previous)
    changed = before is not None and before != document["verdict"]["rating"]["key"]
    if changed and correction.severity == Severity.MINOR:
        raise ValidationError({"severity": "The rating is not the same as before: choose “the verdict changed”."})
    if before is not None and not changed and correction.severity == Severity.VERDICT:
        raise ValidationError({"severity": "The rating is the same as before: choose “minor”."})
    return {"at": record_content.instant(at), "severity": correction.severity, "note": note}
