"""From a record to the rows that the corrections log and the figures are counted from. Pure functions of the log."""

from datetime import datetime
from typing import Any

from articles.choices import CorrectionKind, RecordKind
from articles.models import PublishedCorrection, PublishedMeasure, Record

Document = dict[str, Any]


def project_measures(row: Record, document: Document) -> None:
    """Count ``row``, the newest record of its claim."""
    _measure(row, document)
    if row.kind == RecordKind.CORRECTED:
        _fix(row, CorrectionKind(document["corrections"][-1]["severity"]), document["claim"])
    elif row.kind == RecordKind.RETRACTED:
        before = Record.objects.get(claim_id=row.claim_id, revision=row.revision - 1)
        _fix(row, CorrectionKind.RETRACTION, before.document()["claim"])


def _fix(row: Record, kind: CorrectionKind, claim: Document) -> None:
    PublishedCorrection.objects.update_or_create(
        record_id=row.seq,
        defaults={
            "claim_id": row.claim_id,
            "kind": kind,
            "at": row.at,
            "language": claim["language"],
            "topics": claim["topics"],
            "claimant_id": claim["claimant"]["id"] if claim["claimant"] else None,
        },
    )


def _measure(row: Record, document: Document) -> None:
    PublishedMeasure.objects.update_or_create(claim_id=row.claim_id, defaults=measured_columns(row, document))


def measured_columns(row: Record, document: Document) -> Document:
    """What is counted of a claim, without its id."""
    named = {e["source"].get("id") or e["source"]["description"] for e in document["evidence"]}
    return {
        "first_published_at": datetime.fromisoformat(document["first_published_at"]),
        "language": document["claim"]["language"],
        "is_retracted": row.kind == RecordKind.RETRACTED,
        "rating_key": document["verdict"]["rating"]["key"] if document["verdict"] else "",
        "sources": len(named),
        "asked": len(document["replies"]),
        "answered": sum(1 for reply in document["replies"] if reply["answer"]),
    }
