"""A claim as readers would see it, from the record that would be published. Nothing of it is stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles import text
from articles.choices import Severity, Tone
from articles.models import Claim, PublishedClaim, Record
from articles.selectors.log import record_content
from articles.services.log import projection, publication_log
from articles.services.verification import next_record
from articles.services.verification.next_record import Correction
from lib.refusals import NotNowError

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Preview:
    """The record that would be published, with the row that readers' pages find it by."""

    record: Record
    row: PublishedClaim
    document: Document
    previous: Record | None
    lacks_verdict: bool


def preview(claim: Claim, *, at: datetime, correction: Correction | None = None) -> Preview:
    """What readers would see if ``claim`` were published at ``at`` as it is stored now, approved or not.

    A correction is shown as far as it is filled in. Raises ``NotNowError`` for a translation whose original is not
    public.
    """
    previous = next_record.last_record(claim)
    try:
        content = record_content.for_readers(claim)
    except PublishedClaim.DoesNotExist:
        raise NotNowError(_("There is no preview: the original of this translation is not public.")) from None
    lacks_verdict = content["verdict"] is None
    content["verdict"] = {
        "checked_on": localdate(at).isoformat(),
        **(content["verdict"] or _no_verdict(claim.language)),
    }
    corrections = _corrections(correction, content, previous, at)
    drafted = next_record.next_record(claim, previous=previous, content=content, corrections=corrections, at=at)
    record = publication_log.sketch(
        drafted.document | {"first_published_at": next_record.first_published_at(previous, at)},
        claim_id=claim.pk,
        revision=drafted.revision,
        kind=drafted.kind,
        at=at,
        previous=previous,
    )
    document = record.document()
    row = PublishedClaim(claim_id=claim.pk, **projection.standing_columns(record, document))
    row.record = record
    return Preview(record, row, document, previous, lacks_verdict)


def _corrections(
    correction: Correction | None, content: Document, previous: Record | None, at: datetime
) -> list[Document]:
    """The corrections with this one, as far as it is filled in."""
    if previous is None or correction is None or text.is_blank(correction.note):
        return next_record.corrections_of(previous)
    try:
        return next_record.checked_corrections(correction, content, previous, at)
    except ValidationError:  # a severity that does not fit is said where it is chosen
        is_another = next_record.rating_of(previous) not in (None, content["verdict"]["rating"]["key"])
        severity = Severity.VERDICT if is_another else Severity.MINOR
        return next_record.checked_corrections(Correction(severity, correction.note), content, previous, at)


def _no_verdict(language: str) -> Document:
    """The verdict of a preview where none was proposed yet, in the language of the claim."""
    with override(language):
        label = _("No verdict yet")
    rating = {"key": "", "label": label, "definition": "", "value": None, "best": None, "worst": None}
    return {"rating": rating | {"tone": Tone.OPEN}, "summary": "", "explanation_html": ""}
