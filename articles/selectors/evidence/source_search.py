"""Finding sources in place: by words, the most cited first; and a claim's evidence with all that is shown of it."""

from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, Prefetch, Q, QuerySet

from articles.models import Capture, Claim, Evidence, Source

#: The least word similarity (pg_trgm, 0 to 1), used when no title contains the typed text.
_ALIKE = 0.45


def sources_for(typed: str, *, limit: int = 8) -> list[Any]:
    """Sources whose title, publisher or address hold each word that was typed, the most cited first.

    When there are none, the most similar ones, because a name may be mistyped; with nothing typed, the most cited.
    """
    rows = (
        Source.objects.filter(merged_into=None)
        .annotate(claim_count=Count("evidence__claim", distinct=True))
        .prefetch_related(_captures())
    )
    found = rows
    for word in typed.split()[:6]:
        found = found.filter(Q(title__icontains=word) | Q(publisher__icontains=word) | Q(url__icontains=word))
    hits = list(found.order_by("-claim_count", "-created_at", "pk")[:limit])
    if hits or len(typed.strip()) < 3:
        return hits
    alike = rows.annotate(alike=TrigramWordSimilarity(typed.strip(), "title")).filter(alike__gte=_ALIKE)
    return list(alike.order_by("-alike", "-claim_count", "pk")[:limit])


def evidence_of(claim: Claim) -> QuerySet[Evidence]:
    """The evidence of a claim in its order, with sources and copies, but without the bytes and texts of those."""
    rows = claim.evidence.select_related("source", "capture__attachment")
    return rows.defer("capture__text", "capture__attachment__content").order_by("position", "id")


def captures_of(source: Source) -> QuerySet[Capture]:
    """What was seen at a source, newest first, without texts and bytes."""
    return source.captures.select_related("attachment").defer("text", "attachment__content").order_by("-captured_at")


def _captures() -> "Prefetch[Any]":
    rows = Capture.objects.select_related("attachment").defer("text", "attachment__content").order_by("-captured_at")
    return Prefetch("captures", rows, to_attr="newest_captures")
