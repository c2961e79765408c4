"""Data for sitemaps and feeds: addresses with dates, and the record that another one replaced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from articles.models import PublishedArticle, PublishedClaim, PublishedClaimant, PublishedEntity, Record
from articles.selectors.readers import prepared, published
from articles.selectors.readers.connection import ALIAS

#: A sitemap may name so many addresses (sitemaps.org), a news sitemap so many articles (Google News).
MOST, MOST_NEWS = 50_000, 1000
#: News are looked for among so many of the newest records: nobody publishes more in two days.
_RECENT = 20_000

_TOPICS = f"""
SELECT coalesce(merged.stays, spelled.name), max(claim.published_at)
FROM articles_publishedclaim claim CROSS JOIN LATERAL unnest(claim.topics) AS spelled (name)
LEFT JOIN articles_publishedmerge merged ON merged.kind = 'topic' AND merged.gone = spelled.name
GROUP BY 1 ORDER BY 1 LIMIT {MOST}
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Address:
    """What a page's address is made of, and when the page last changed; ``language`` of a claim."""

    name: str
    at: datetime
    language: str = ""


def previous_records(rows: Sequence[PublishedClaim]) -> dict[UUID, Record]:
    """The record that each claim's newest one took the place of, in one query; a claim's first has none."""
    return {record.claim_id: record for record in published.records_before(row.record for row in rows).values()}


def claims(*, after: int, until: int) -> list[Address]:
    """Claims whose newest record is numbered over ``after``, up to ``until``, in that order."""
    rows = PublishedClaim.objects.using(ALIAS).filter(record_id__gt=after, record_id__lte=until)
    return [Address(*row) for row in rows.order_by("record_id").values_list("slug", "published_at", "language")[:MOST]]


def articles(*, after: int, until: int) -> list[Address]:
    """Articles that a record numbered over ``after``, up to ``until``, named last."""
    return _entities(PublishedArticle, after, until)


def claimants(*, after: int, until: int) -> list[Address]:
    """The same for claimants."""
    return _entities(PublishedClaimant, after, until)


def topics() -> list[Address]:
    """Topics, each with the newest record of a claim that names it. Reads every claim's row."""
    return [Address(*row) for row in prepared.rows(_TOPICS)]


def news(*, since: datetime, head_seq: int) -> list[PublishedClaim]:
    """Standing claims first published at ``since`` or later, newest first."""
    rows = PublishedClaim.objects.using(ALIAS).not_retracted().filter(record_id__gt=head_seq - _RECENT)
    columns = ("slug", "text", "language", "rating_label", "first_published_at")
    return list(rows.filter(first_published_at__gte=since).order_by("-record_id").only(*columns)[:MOST_NEWS])


def _entities(model: type[PublishedEntity], after: int, until: int) -> list[Address]:
    at = Record.objects.filter(seq=OuterRef("seq")).values("at")[:1]
    rows = model._default_manager.using(ALIAS).filter(seq__gt=after, seq__lte=until).annotate(at=Subquery(at))
    return [Address(*row) for row in rows.order_by("seq", "pk").values_list("slug", "at")[:MOST]]
