"""Sources, claimants, and what they say about a claim."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Max

from accounts.models import User
from articles import rules
from articles.models import Capture, Claim, Claimant, Evidence, Source
from articles.services import audit, editing
from articles.services.evidence import citations
from lib.refusals import NotAllowedError, RefusedError

Named = TypeVar("Named", Source, Claimant)


class SeveralClaimantsError(ValidationError):
    """Several people or bodies have this name: which of them is meant is for somebody to say."""


class OrderDiffersError(RefusedError):
    """An order that does not name each piece of evidence once: somebody added or removed one meanwhile."""

    code = "order_differs"


def add_source(*, by: User, at: datetime, **fields: Any) -> Source:
    """Enter a source. Raises ``ValidationError``, ``NotAllowedError``."""
    return _add(Source, fields["title"], by=by, at=at, fields=fields)


def edit_source(*, source: Source, by: User, version: int, **fields: Any) -> Source:
    """Change a source, and count up the open claims that cite it: approvals become stale; records stay."""
    return _edit(source, by=by, version=version, fields=fields)


def add_claimant(*, by: User, at: datetime, **fields: Any) -> Claimant:
    """Enter a claimant. Raises ``ValidationError``, ``NotAllowedError``."""
    return _add(Claimant, fields["name"], by=by, at=at, fields=fields)


def claimant_named(name: str) -> Claimant | None:
    """Whom a name means, whichever letters are capitals; None when we know nobody of that name.

    Raises ``SeveralClaimantsError``: a statement is put into nobody's mouth by guessing.
    """
    named = list(Claimant.objects.filter(name__iexact=name)[:2])
    if len(named) > 1:
        words = f"Several claimants are called “{name}”: choose one from the list, by their role."
        raise SeveralClaimantsError({"name": words})
    return named[0] if named else None


def edit_claimant(*, claimant: Claimant, by: User, version: int, **fields: Any) -> Claimant:
    """Change a claimant, and count up the open claims that name them: approvals become stale; records stay."""
    return _edit(claimant, by=by, version=version, fields=fields)


def capture(
    *, source: Source, by: User, at: datetime, archive_url: str = "", text: str = "", sha256: str = ""
) -> Capture:
    """Keep what was seen at a source. The hash of a text is made here; that of an archived copy may be given."""
    _check(by)
    with audit.act_as(by=by):
        kept = Capture(source=source, captured_at=at, captured_by=by)
        digest = hashlib.sha256(text.encode()).hexdigest() if text else sha256
        editing.assign(kept, {"archive_url": archive_url, "text": text, "sha256": digest})
        kept.save()
    return kept


def add(*, claim: Claim, source: Source, stance: str, by: User, at: datetime, version: int, **fields: Any) -> Evidence:
    """Link a source to a claim. ``fields``: quote, locator, note, capture, position (last when not given)."""
    with editing.claim_content(claim, by=by, at=at, version=version) as locked:
        if fields.get("position") is None:
            fields["position"] = (locked.evidence.aggregate(last=Max("position"))["last"] or 0) + 1
        evidence = Evidence(claim=locked, source=source, created_by=by, created_at=at)
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


def _check(by: User) -> None:
    if not rules.may_edit_sources(by):
        raise NotAllowedError.for_("change sources and claimants")


def _add(model: type[Named], name: str, *, by: User, at: datetime, fields: dict[str, Any]) -> Named:
    _check(by)
    with audit.act_as(by=by):
        row = model(created_by=by, created_at=at)
        row.slug = editing.unique_slug(model, name, pk=row.pk)
        editing.assign(row, fields)
        row.save(force_insert=True)
    return row


def _edit(row: Named, *, by: User, version: int, fields: dict[str, Any]) -> Named:
    _check(by)
    with citations.edited(row, by=by, version=version) as locked:
        editing.assign(locked, fields)
    return locked
