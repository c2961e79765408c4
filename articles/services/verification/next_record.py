"""The record that would be published of a claim: publication freezes it, a preview shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles import text
from articles.choices import RecordKind, Severity
from articles.models import Claim, Record
from articles.selectors.log import record_content

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    """The severity of a correction, and the note for readers."""

    severity: str
    note: str


@dataclass(frozen=True, slots=True)
class NextRecord:
    """A record without a number: its document, what it does to ``previous``, and its revision."""

    document: Document
    kind: RecordKind
    revision: int
    previous: Record | None


def next_record(
    claim: Claim, *, previous: Record | None, content: Document, corrections: list[Document], at: datetime
) -> NextRecord:
    """The record of ``claim`` that comes after ``previous``; ``content`` is ``record_content.for_readers`` of it."""
    is_correction = len(corrections) > len(corrections_of(previous))
    document = {
        "claim": content["claim"] | {"origin": content["origin"]},
        "appearances": content["appearances"],
        "verdict": content["verdict"],
        "evidence": content["evidence"],
        "single_source_reason": content["single_source_reason"],
        "replies": content["replies"],
        "relations": content["relations"],
        "corrections": corrections,
        "retraction": None,
        **record_content.optional(content),
        **record_content.translation(content),
        **record_content.recheck(claim, at=at),
        **record_content.imported(previous.document() if previous else None),
    }
    return NextRecord(document, _kind(previous, is_correction), revision_after(previous), previous)


def last_record(claim: Claim) -> Record | None:
    """What readers have of the claim now, if they have anything."""
    return Record.objects.filter(claim_id=claim.pk).order_by("-revision").first()


def revision_after(previous: Record | None) -> int:
    """The number of the next revision."""
    return previous.revision + 1 if previous else 1


def first_published_at(previous: Record | None, at: datetime) -> str:
    """When the claim was first published, as records write it; ``at`` where the next record is the first."""
    return str(previous.document()["first_published_at"]) if previous else record_content.instant(at)


def corrections_of(previous: Record | None) -> list[Document]:
    """The corrections that readers know of."""
    return list(previous.document()["corrections"]) if previous else []


def checked_corrections(
    correction: Correction | None, content: Document, previous: Record | None, at: datetime
) -> list[Document]:
    """The corrections of the record before, and this one.

    Raises ``ValidationError`` for a correction that is none, and for a changed rating without one.
    """
    _require_correction(correction, content, previous)
    return corrections_of(previous) + ([_checked(correction, content, previous, at)] if correction else [])


def rating_of(previous: Record | None) -> str | None:
    """The key of the rating that readers have; nothing before the first record and after a retraction."""
    verdict = previous.document()["verdict"] if previous else None
    return verdict["rating"]["key"] if verdict else None


def _kind(previous: Record | None, is_correction: bool) -> RecordKind:
    if previous is None:
        return RecordKind.PUBLISHED
    return RecordKind.CORRECTED if is_correction else RecordKind.UPDATED


def _require_correction(correction: Correction | None, content: Document, previous: Record | None) -> None:
    """Raises ``ValidationError`` when the rating is another one and nothing is said about it."""
    before = rating_of(previous)
    if correction or before is None or before == content["verdict"]["rating"]["key"]:
        return
    raise ValidationError(
        {
            "severity": ValidationError(
                _("The rating is not the one that readers have: give the severity “the verdict changed”."),
                code="required",
            ),
            "note": ValidationError(_("Tell readers in a sentence why the rating changed."), code="required"),
        }
    )


def _checked(correction: Correction, content: Document, previous: Record | None, at: datetime) -> Document:
    note = text.clean_public(correction.note, field="note").strip()
    if previous is None:
        raise ValidationError({"severity": _("Nothing was published before, so there is nothing to correct.")})
    if correction.severity not in Severity.values:
        raise ValidationError({"severity": _("Say how far the correction reaches: minor, or the verdict changed.")})
    if text.is_blank(note):
        raise ValidationError({"note": _("Tell readers in a sentence what was wrong and what is right.")})
    before = rating_of(previous)
    changed = before is not None and before != content["verdict"]["rating"]["key"]
    if changed and correction.severity == Severity.MINOR:
        raise ValidationError({"severity": _("The rating is not the same as before: choose “the verdict changed”.")})
    if before is not None and not changed and correction.severity == Severity.VERDICT:
        raise ValidationError({"severity": _("The rating is the same as before: choose “minor”.")})
    return {"at": record_content.instant(at), "severity": correction.severity, "note": note}
