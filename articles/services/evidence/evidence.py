"""Evidence: what sources say about a claim."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Capture, Claim, Evidence, Source
from articles.selectors.evidence import quoted_articles
from articles.services import editing
from articles.services.library import named_rows
from lib.refusals import RefusedError


class OrderDiffersError(RefusedError):
    """An order that does not name each piece of evidence once: somebody added or removed one meanwhile."""

    code = "order_differs"


def add(*, claim: Claim, source: Source, stance: str, by: User, at: datetime, version: int, **fields: Any) -> Evidence:
    """Link a source to a claim. ``fields``: those of ``articles.evidence_fields``, capture,
    position (last when not given).

    Without a locator, that of the quote is taken where the source is an article that is here (``quoted_articles``).
    """
    with editing.claim_content(claim, by=by, at=at, version=version) as locked:
        if fields.get("position") is None:
            fields["position"] = (locked.evidence.aggregate(last=Max("position"))["last"] or 0) + 1
        source = named_rows.kept(source)
        if not fields.get("locator"):
            fields["locator"] = quoted_articles.locator_of(source, str(fields.get("quote") or ""))
        evidence = Evidence(claim=locked, source=source, created_by=by, created_at=at)
        editing.assign(evidence, {"stance": stance, **fields})
        check_capture(capture=evidence.capture, source=evidence.source)
        evidence.save()
    return evidence


def edit(*, evidence: Evidence, by: User, at: datetime, version: int, **fields: Any) -> Evidence:
    """Change a piece of evidence; ``version`` is its claim's."""
    with editing.claim_content(evidence.claim, by=by, at=at, version=version) as locked:
        editing.assign(evidence, fields)
        check_capture(capture=evidence.capture, source=evidence.source)
        evidence.save()
    evidence.claim = locked
    return evidence


def reorder(*, claim: Claim, order: Sequence[int], by: User, at: datetime, version: int) -> Claim:
    """Put a claim's evidence into the order in which readers see it: ``order`` names each piece once, by its id.

    Raises ``OrderDiffersError``, and what every edit of a claim raises. What stays where it is, is not touched.
    """
    with editing.claim_content(claim, by=by, at=at, version=version) as locked:
        rows = {row.pk: row for row in locked.evidence.all()}
        if sorted(order) != sorted(rows):
            raise OrderDiffersError(
                _("This is not the evidence of the claim as it is now. Reload it and order it again.")
            )
        moved = []
        for position, pk in enumerate(order, 1):
            if rows[pk].position != position:
                rows[pk].position = position
                moved.append(rows[pk])
        Evidence.objects.bulk_update(moved, ["position"])
    return locked


def remove(*, evidence: Evidence, by: User, at: datetime, version: int) -> Claim:
    """Take a piece of evidence off its claim. The history keeps it."""
    with editing.claim_content(evidence.claim, by=by, at=at, version=version) as locked:
        Evidence.objects.filter(pk=evidence.pk).delete()
    return locked


def check_capture(*, capture: Capture | None, source: Source) -> None:
    """Raise ``ValidationError`` when ``capture`` shows another source."""
    if capture and capture.source_id != source.pk:
        raise ValidationError({"capture": _("This capture shows another source. Choose one of the source cited here.")})
