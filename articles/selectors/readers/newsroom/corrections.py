"""Corrections and retractions as readers look through them. Readers' connection only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from articles.choices import CorrectionKind, MergeKind
from articles.models import PublishedClaimant, PublishedCorrection, Record
from articles.selectors.keyset import Page, page
from articles.selectors.readers import claim_filters, merges, published
from articles.selectors.readers.connection import ALIAS


@dataclass(frozen=True, slots=True)
class CorrectionFilters:
    """What the corrections log may be narrowed by. ``claimant`` is a slug or an id."""

    kind: str = ""
    topic: str = ""
    language: str = ""
    claimant: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def scope(self) -> list[Any]:
        """What a cursor of this list is bound to."""
        return ["corrections", {name: getattr(self, name) for name in self.__slots__}]


def corrections(
    filters: CorrectionFilters, *, cursor: str = "", size: int = published.PAGE_SIZE
) -> Page[PublishedCorrection]:
    """A page of corrections and retractions, newest first, each with its record. Raises ``CursorError``."""
    rows = _filtered(filters)
    return page(rows, key="record_id", cursor=cursor, size=size, scope=filters.scope, fetch=_with_records)


def newest(tags: Sequence[str], *, size: int) -> list[Record]:
    """The records of the newest corrections and retractions of claims in the languages ``tags``; without, in all."""
    rows = PublishedCorrection.objects.using(ALIAS).select_related("record").order_by("-record_id")
    return [row.record for row in (rows.filter(language__in=tags) if tags else rows)[:size]]


def counts(filters: CorrectionFilters) -> dict[str, int]:
    """The count of each kind, without the filter for the kind; the other filters apply."""
    rows = _filtered(replace(filters, kind="")).order_by().values("kind").annotate(n=Count("pk"))
    found = {row["kind"]: row["n"] for row in rows}
    return {kind: found.get(kind, 0) for kind in CorrectionKind.values}


def languages() -> list[str]:
    """The languages of what was corrected."""
    rows = PublishedCorrection.objects.using(ALIAS).order_by("language").values_list("language", flat=True)
    return list(rows.distinct())


def _with_records(chosen: QuerySet[PublishedCorrection]) -> list[PublishedCorrection]:
    numbers = chosen.using(None).values("record_id")
    rows = PublishedCorrection.objects.using(ALIAS).filter(record_id__in=numbers)
    return list(rows.select_related("record").order_by())


def _filtered(filters: CorrectionFilters) -> QuerySet[PublishedCorrection]:
    rows = PublishedCorrection.objects.using(ALIAS).all()
    if filters.kind:
        rows = rows.filter(kind__in=filters.kind.split(","))
    if filters.topic:
        rows = rows.filter(topics__overlap=merges.all_of(MergeKind.TOPIC, filters.topic))
    if filters.language:
        rows = rows.filter(language=filters.language)
    if filters.since:
        rows = rows.filter(at__gte=claim_filters.midnight(filters.since))
    if filters.until:
        rows = rows.filter(at__lt=claim_filters.midnight(filters.until + timedelta(days=1)))
    if filters.claimant:
        try:
            who = str(published.claimant(filters.claimant).pk)
            rows = rows.filter(claimant_id__in=merges.all_of(MergeKind.CLAIMANT, who))
        except PublishedClaimant.DoesNotExist:
            rows = rows.none()
    return rows
