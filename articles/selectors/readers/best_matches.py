"""Standing claims for a query, best first: what programs search with that want reviews, not records."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import BigIntegerField, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from articles.models import PublishedClaim
from articles.selectors import keyset
from articles.selectors.keyset import CursorError
from articles.selectors.narrowing import Narrowing
from articles.selectors.readers import claim_filters, languages, query_parser
from articles.selectors.readers.claim_filters import Filters
from articles.selectors.readers.connection import ALIAS
from articles.selectors.readers.matching import find_matches
from lib.parsing.inexact_dates import InexactDate

#: So many claims, the newest that a query fits, are put in order: a query for a word of every claim stays cheap.
RANKED: Final = 2000
#: So many claims are looked for that say the same in other words.
SAME: Final = 10
#: A claim's text has at most so many characters, and readers search with the whole text.
MAX_QUERY: Final = 500
#: Ranks are compared as whole numbers of a millionth, so that a page token names an exact position.
_MILLION: Final = 1_000_000
_PLACE: Final = re.compile(r"(\d+)\.(\d+)")


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked for. Without ``query`` every standing claim, newest first.

    ``language`` is a BCP-47 tag whose region is ignored; ``since`` the first day on which a claim was made or its
    newest record published.
    """

    query: str = ""
    language: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the answer, and the token of the next one; empty at the end."""

    rows: list[PublishedClaim]
    next: str


def not_retracted(search: Search, *, token: str = "", offset: int = 0, size: int, scope: Any) -> Found:
    """The page at ``token``, or else after the first ``offset`` results; each claim with its record.

    ``scope`` is all that a token holds for. Raises ``CursorError`` for a token that was not made for it.
    """
    rows = _ranked(search)
    if token:
        rank, record_id = _place(keyset.position(token, scope))
        behind = Q(rank__lt=rank) | Q(rank=rank, record_id__lt=record_id)
        rows = rows.filter(behind)
        offset = 0
    rows = rows.order_by("-rank", "-record_id")  # type: ignore[misc] # an annotation
    page = list(rows.select_related("record")[offset : offset + size + 1])
    more, page = len(page) > size, page[:size]
    place = f"{page[-1].rank}.{page[-1].record_id}" if page else ""  # type: ignore[attr-defined]
    return Found(page, keyset.after(place, scope) if more else "")


def ranked_records(filters: Filters, sought: Narrowing, *, cursor: str, size: int) -> keyset.Page[PublishedClaim]:
    """The claims that ``filters`` leave, those that fit its words best first, each with its record.

    Retracted ones are among them, as in every list of claims. There is no way back from a page: begin again. Raises
    ``CursorError``.
    """
    scope = ["best", *filters.scope, *sought.scope]
    newest = sought.of_claims(claim_filters.filtered(filters)).order_by("-record_id")
    rows = _with_ranks(newest, query_parser.words(filters.q))
    if cursor:
        rank, record_id = _place(keyset.position(cursor, scope))
        rows = rows.filter(Q(rank__lt=rank) | Q(rank=rank, record_id__lt=record_id))
    found = list(rows.order_by("-rank", "-record_id").select_related("record")[: size + 1])  # type: ignore[misc]
    more, found = len(found) > size, found[:size]
    place = f"{found[-1].rank}.{found[-1].record_id}" if more else ""  # type: ignore[attr-defined]
    return keyset.Page(found, keyset.after(place, scope) if more else "", "")


def same_claims(search: Search) -> list[PublishedClaim]:
    """The claims that probably say what the query says, best first. For queries that no claim has all words of.

    None for a query with quotation marks, OR or minus: that one is meant to the letter.
    """
    if not search.query or not query_parser.is_plain(search.query):
        return []
    same = find_matches(text=search.query, limit=SAME).same
    rows = {row.pk: row for row in _narrowed(search).select_related("record").filter(pk__in=[s.claim_id for s in same])}
    return [rows[one.claim_id] for one in same if one.claim_id in rows]


def _narrowed(search: Search) -> QuerySet[PublishedClaim]:
    """The standing claims in the language and since the day that are asked for."""
    rows = PublishedClaim.objects.using(ALIAS).not_retracted()
    if search.language:
        rows = rows.filter(language__in=languages.spoken(search.language))
    if search.since:
        rows = rows.filter(
            Q(published_at__gte=claim_filters.midnight(search.since))
            | Q(claimed_on__gte=InexactDate.least_from(search.since))
        )
    return rows


def _ranked(search: Search) -> QuerySet[PublishedClaim]:
    rows = _narrowed(search)
    if not search.query:
        return rows.annotate(rank=Value(0, output_field=BigIntegerField()))
    words = query_parser.words(search.query, limit=MAX_QUERY)
    return _with_ranks(rows.filter(search=words).order_by("-record_id"), words)


def _with_ranks(rows: QuerySet[PublishedClaim], words: SearchQuery) -> QuerySet[PublishedClaim]:
    """The first ``RANKED`` of ``rows``, each with how well it fits."""
    newest = rows.values("pk")[:RANKED]
    rank = Cast(SearchRank(F("search"), words, cover_density=True) * Value(_MILLION), BigIntegerField())
    return PublishedClaim.objects.using(ALIAS).filter(pk__in=Subquery(newest)).annotate(rank=rank)


def _place(given: Any) -> tuple[int, int]:
    found = _PLACE.fullmatch(str(given))
    if not found:  # signed by us for something else
        raise CursorError("This token is not one of ours for this search. Start again without it.")
    return int(found[1]), int(found[2])
