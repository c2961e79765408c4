"""A claim's evidence as JSON: each piece with its source and its copy."""

from typing import Any

from django.urls import reverse

from articles import evidence_fields
from articles.choices import SourceKind
from articles.models import Capture, Claim, Evidence, Source
from articles.selectors.evidence import source_search
from desk.http import dates


def cards(claim: Claim) -> list[dict[str, Any]]:
    """The evidence of a claim, in its order."""
    return [card(row) for row in source_search.evidence_of(claim)]


def card(row: Evidence) -> dict[str, Any]:
    """One piece of evidence."""
    given = evidence_fields.values(row)
    return {
        "id": row.pk,
        **given,
        "stance_label": row.get_stance_display(),
        "labelled": [
            {"label": field.label, "value": field.choice_label(value) or value}
            for field, value in evidence_fields.labelled(given)
        ],
        "source": source(row.source),
        "capture": capture(row.capture) if row.capture else None,
    }


def source(row: Source) -> dict[str, Any]:
    """A source, with what distinguishes it from others."""
    return {
        "id": str(row.pk),
        "title": row.title,
        "publisher": row.publisher,
        "url": row.url,
        "kind_label": str(SourceKind(row.kind).label),
        "is_primary": row.is_primary,
        "is_confidential": row.is_confidential,
        "published_on": dates.inexact_date(row.published_on),
        "page": reverse("admin:articles_source_change", args=[row.pk]),
    }


def capture(row: Capture) -> dict[str, Any]:
    """What was seen, when, and where its file is."""
    file = row.attachment
    return {
        "id": row.pk,
        "at": dates.moment(row.captured_at),
        "archive_url": row.archive_url,
        "fetched_from": row.fetched_from,
        "sha256": row.sha256,
        "file": {
            "name": row.file_name,
            "size": file.size,
            "kind": file.get_media_type_display(),
            "address": reverse("admin:articles_capture_file", args=[row.pk]),
        }
        if file
        else None,
    }
