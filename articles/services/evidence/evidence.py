"""Evidence: what sources say about a claim."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from accounts.models import User
from articles.models import Claim, Evidence, Source
from articles.services import editing
from articles.services.library import named_rows
from lib.refusals import RefusedError


class OrderDiffersError(RefusedError):
    """An order that does not name each piece of evidence once: somebody added or removed one meanwhile."""

    code = "order_differs"


def add(*, claim: Claim, source: Source, stance: str, by: User, at: datetime, version: int, **fields: Any) -> Evidence:
    """Link a source to a claim. ``fields``: quote, locator, note, capture, position (last when not given)."""
    with editing.claim_content(claim, by=by, at=at, version=version) as locked:
        if fields.get("position") is None:
            fields["position"] = (locked.evidence.aggregate(last=Max("position"))["last"] or 0) + 1
        evidence = Evidence(claim=locked, source=named_rows.kept(source), created_by=by, created_at=at)
        editing.assign(evidence, {"stance": stance, **fields})
        _check_capture(evidence)
        evidence.save()
    return evidence


def edit(*, evidence: Evidence, by: User, at: datetime, version: int, **fields: Any) -> Evidence:
    """Change a piece of evidence; ``version`` is its claim's."""
    with editing.claim_content(evidence.claim, by=by, at=at, version=version) as locked:
        editing.assign(evidence, fields)
        _check_capture(evidence)
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
            raise OrderDiffersError("This is not the evidence of the claim as it is now. Reload it and order it again.")
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


def _check_capture(evidence: Evidence) -> None:
    if evidence.capture and evidence.capture.source_id != evidence.source_id:
        raise ValidationError({"capture": "This capture shows another source. Choose one of the source cited here."})
