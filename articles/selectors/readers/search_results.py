"""The readers' search: a page of claims with the found words marked, and what it could be narrowed to, with counts.

How much is counted and ranked is bounded, see ``facets``.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import connections, transaction

from articles.models import PublishedClaim
from articles.models.readers.published import CheckedOrder
from articles.selectors import keyset
from articles.selectors.keyset import CursorError
from articles.selectors.readers import claim_filters, prepared, published, query_parser
from articles.selectors.readers import facets as readers_facets
from articles.selectors.readers.claim_filters import Filters
from articles.selectors.readers.connection import ALIAS
from articles.selectors.readers.facets import RANKED, Facets, Place
from articles.selectors.readers.published import LogHead
from articles.selectors.readers.query_parser import Words

Sort = Literal["relevance", "newest", "checked"]
#: Around found words, until the text is safe to be marked up: private characters, taken out of texts that have them.
OPEN, CLOSE = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the answer. ``rows`` of a search by words have ``marked_text`` and ``marked_summary``.

    ``is_best_only`` says that of more matches than were ranked only the best of the newest can be paged through.
    """

    rows: list[PublishedClaim]
    facets: Facets
    next: str
    previous: str
    is_best_only: bool = False


def find(filters: Filters, *, sort: Sort, cursor: str = "", size: int = published.PAGE_SIZE, head: LogHead) -> Found:
    """The page of claims at ``cursor``, at the ``head`` of the log. Raises ``CursorError``.

    Without words to look for, ``relevance`` is the order of the newest record. Order and place in a list by relevance
    do not depend on other claims, nor on the number of a claim's record: what is republished while somebody reads on
    comes exactly once, unless its text changed.
    """
    words = query_parser.words(filters.q) if filters.q else None
    with transaction.atomic(using=ALIAS):
        # A common word under LIMIT would be looked for row by row, and compiling costs more than it saves.
        with connections[ALIAS].cursor() as settings:
            settings.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
        if words is None or sort != "relevance":
            return _listed(filters, sort, cursor, size, words)
        return _ranked(filters, cursor, size, words, head)


def _listed(filters: Filters, sort: Sort, cursor: str, size: int, words: Words | None) -> Found:
    """A page of a list in an order that has an index of its own, to any depth."""
    rows, key, scope = claim_filters.filtered(filters, words, originals=True), "record_id", filters.scope
    if sort == "checked":
        rows = rows.annotate(checked_order=CheckedOrder("checked_on", "record_id"))
        key, scope = "checked_order", ["checked", *filters.scope]
    page: keyset.Page[PublishedClaim] = keyset.page(
        rows.defer("search"), key=key, cursor=cursor, size=size, scope=scope
    )
    found = _fetched([row.pk for row in page.rows], words) if words is not None else page.rows
    return Found(found, readers_facets.count(filters, words), page.next, page.previous)


def _ranked(filters: Filters, cursor: str, size: int, words: Words, head: LogHead) -> Found:
    """A page of the best."""
    scope = ["relevance", *filters.scope]
    backwards, start = _place(cursor, scope) if cursor else (False, None)
    ranked = readers_facets.rank(filters, words, head=head, start=start, backwards=backwards, size=size + 1)
    more, places = len(ranked.places) > size, ranked.places[:size]
    if backwards:
        places.reverse()
    following, preceding = (True, more) if backwards else (more, start is not None)
    return Found(
        _fetched([claim for _rank, _since, claim in places], words),
        ranked.facets,
        next=_cursor(places[-1], scope, backwards=False) if places and following else "",
        previous=_cursor(places[0], scope, backwards=True) if places and preceding else "",
        is_best_only=ranked.facets.total > RANKED,
    )


def counts_without(filters: Filters, names: list[str]) -> dict[str, int]:
    """How many claims, up to ``published.COUNT_LIMIT``, there would be without each of these filters."""
    return {name: published.count_claims(filters.without(name), originals=True) for name in names}


def _fetched(ids: list[UUID], words: Words) -> list[PublishedClaim]:
    """These claims in this order, with the words that were found marked."""
    if not ids:
        return []
    sought, params = words.sql, words.params
    options = f"HighlightAll=true, StartSel={OPEN}, StopSel={CLOSE}"
    marked = [OPEN + CLOSE, *params, options]
    rows = prepared.rows_of(_FETCHED.format(words=sought), [*marked, *marked, ids])
    found = {}
    for *columns, marked_text, marked_summary in rows:
        claim = PublishedClaim.from_db(ALIAS, published.CLAIM_FIELDS, columns)
        claim.marked_text, claim.marked_summary = marked_text, marked_summary  # type: ignore[attr-defined]
        found[claim.pk] = claim
    return [found[claim] for claim in ids if claim in found]


#: A text, without the private characters, with what its language's configuration finds in it between them.
_MARKED = "ts_headline(factcheck_search_config(language), translate({column}, %s, ''), {{words}}, %s)"
_FETCHED = (
    f"SELECT {', '.join(published.CLAIM_FIELDS)}, {_MARKED.format(column='text')}, {_MARKED.format(column='summary')} "  # noqa: S608
    "FROM articles_publishedclaim WHERE claim_id = ANY(%s)"
)


def _place(cursor: str, scope: Any) -> tuple[bool, Place]:
    try:
        backwards, rank, since, claim = str(keyset.position(cursor, scope)).split("|")
        return backwards == "back", (int(rank), datetime.fromisoformat(since), UUID(claim))
    except ValueError as error:  # ours, but of another list
        raise CursorError("This cursor is not one of ours for this list. Start again without it.") from error


def _cursor(place: Place, scope: Any, *, backwards: bool) -> str:
    rank, since, claim = place
    return keyset.after(f"{'back' if backwards else 'on'}|{rank}|{since.isoformat()}|{claim}", scope)
