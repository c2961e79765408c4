"""The first records of claims from an archive."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from articles.selectors.log import record_content
from articles.services.archive.rows import ClaimRows
from articles.services.log import bulk_projection, publication_log

Document = dict[str, Any]


def publish(claims: Sequence[ClaimRows], *, origin: str) -> None:
    """Append a record for each claim, under one block of numbers, and show them to readers.

    Call it last in the transaction: it locks the log. ``origin`` is the name of the earlier site.
    The records get the database's time. Raises ``ClockBehindError``.
    """
    if not claims:
        return
    at = publication_log.lock_for_record(None)
    documents = [(one.claim.pk, _document(one, origin=origin, at=at)) for one in claims]
    appended = publication_log.append_first(documents, at=at)
    bulk_projection.project_first([(record, record.document()) for record in appended])


def _document(rows: ClaimRows, *, origin: str, at: datetime) -> Document:
    """A record as ``publishing`` makes it, with the day of the original check and where the claim comes from."""
    if rows.verdict is None:
        raise ValueError("A claim without a verdict is not published.")
    content = record_content.content_of_import(rows.claim, rows.verdict, rows.evidence)
    day = rows.item.checked_on.isoformat() if rows.item.checked_on else None
    return {
        "claim": content["claim"] | {"origin": content["origin"]},
        "appearances": [],
        "verdict": content["verdict"] | {"checked_on": day},
        "evidence": content["evidence"],
        "single_source_reason": content["single_source_reason"],
        "replies": [],
        "relations": [],
        "corrections": [],
        "retraction": None,
        "imported": {"from": origin, "url": rows.item.url or None, "first_published_at": day},
        "first_published_at": record_content.instant(at),
    }
