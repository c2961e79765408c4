"""How many of the matches have which verdict, language, topic, claimant and year, and which of them are the best.

How much is counted and ranked is bounded, so that a word of every claim costs hardly more than a rare one: at most
``CANDIDATES`` matches are looked at, and the newest ``RANKED`` are put in order. One statement does it all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models.functions import ExtractYear

from articles.models import PublishedClaim
from articles.selectors.readers import claim_filters, prepared
from articles.selectors.readers.claim_filters import Filters
from articles.selectors.readers.connection import ALIAS
from articles.selectors.readers.published import LogHead
from articles.selectors.readers.query_parser import Words

#: Matches that are looked at. Beyond this many, counts say "or more".
CANDIDATES: Final = 10_000
#: The newest matches that are put in order of relevance.
RANKED: Final = 500
#: With more matches than ``CANDIDATES``, the newest are looked for among so many of the newest records.
RECENT: Final = 10_000
#: A search with more matches than this is dear to count, so what it found is remembered.
MANY: Final = RANKED
#: So many of such searches are remembered by a process, each in about ten kilobytes.
REMEMBERED: Final = 256
#: Values shown of each facet; years are shown all.
SHOWN: Final = 10
#: What a word is worth in the explanation, in quotes, in summary, names and topics, and in the statement.
WEIGHTS: Final = "{0.02, 0.1, 0.4, 1.0}"

#: Rank in millionths, first publication, claim: a place in a list by relevance. It does not change when a claim is
#: published again with the same words.
Place = tuple[int, datetime, UUID]
Counts = list[tuple[str, int]]
_Part = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the matches have which value, most first; ``total`` is ``CANDIDATES`` + 1 where there are more.

    ``rating`` counts what would be there without the filter for ratings, of which several can be chosen.
    """

    total: int = 0
    rating: Counts = field(default_factory=list)
    language: Counts = field(default_factory=list)
    topic: Counts = field(default_factory=list)
    claimant: Counts = field(default_factory=list)
    year: Counts = field(default_factory=list)


def count(filters: Filters, words: Words | None) -> Facets:
    """The facets of what the filters leave; ``words`` is the search for ``filters.q``."""
    try:
        return _facets(_rows(_matched(_chosen(filters, words), filters, words), [_COUNTED], filters))
    except EmptyResultSet:  # Django found out by itself that nothing can match
        return Facets()


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a search with words found: facets, and the places of one page, when the log's last number was ``seq``."""

    facets: Facets
    places: list[Place]
    seq: int


def rank(filters: Filters, words: Words, *, head: LogHead, start: Place | None, backwards: bool, size: int) -> Ranked:
    """Facets, and ``size`` places beyond ``start`` in either direction, at the ``head`` of the log.

    Of the searches that cost most, what this process found is given again until a publication may change it.
    """
    known = _known(filters, tuple(words.params), head.epoch, head.merges, start, backwards, size)
    found = known.found
    if found is None or _has_changed(found, words, head.seq):
        found = Ranked(*_rank(filters, words, head.seq, start, backwards, size), head.seq)
    known.found = replace(found, seq=head.seq) if found.facets.total > MANY else None
    return found


@dataclass(slots=True)
class _Known:
    """What this process found last."""

    found: Ranked | None = None


@lru_cache(maxsize=REMEMBERED)
def _known(*_asked: Any) -> _Known:
    return _Known()


def forget() -> None:
    """Forget what this process found: the next search is made in full."""
    _known.cache_clear()


def _has_changed(found: Ranked, words: Words, newest: int) -> bool:
    """Whether a search may find something else by now.

    That is so when a claim with its words was published, or when any claim was published again: that one may have had
    the words before. It is also so on a server that is behind the one that was asked before.
    """
    if newest <= found.seq:
        return newest < found.seq
    [(has_changed,)] = prepared.rows_of(_CHANGED.format(words=words.sql), [found.seq, found.seq, *words.params])
    return bool(has_changed)


_CHANGED = """
SELECT EXISTS (SELECT 1 FROM articles_record WHERE seq > %s AND revision > 1)
    OR EXISTS (SELECT 1 FROM articles_publishedclaim WHERE record_id > %s AND search @@ ({words}))
"""


def _rank(
    filters: Filters, words: Words, newest: int, start: Place | None, backwards: bool, size: int
) -> tuple[Facets, list[Place]]:
    try:
        chosen = _chosen(filters, words)
        ctes = [
            *_matched(chosen, filters, words),
            _recent(chosen, newest),
            *_places(words, start, backwards, size),
        ]
        rows = _rows(ctes, [_COUNTED, _PAGED], filters)
    except EmptyResultSet:
        return Facets(), []
    places = [(int(n), since, UUID(value)) for kind, value, n, since in rows if kind == "place"]
    return _facets(rows), sorted(places, reverse=not backwards)


_COLUMNS = ("claim_id", "record_id", "rating_key", "language", "claimant_id", "topics", "year")


def _chosen(filters: Filters, words: Words | None, columns: Sequence[str] = _COLUMNS) -> _Part:
    """The statement for these columns of the filtered rows, in the cheapest order; without a filter, the newest
    first."""
    rows = claim_filters.filtered(filters, words, originals=True)
    rows = rows.order_by() if filters else rows
    if "year" in columns:
        rows = rows.annotate(year=ExtractYear("published_at"))
    sql, params = rows.values_list(*columns).query.get_compiler(rows.db).as_sql()
    return sql, list(params)


def _cte(name: str, part: _Part, columns: Sequence[str] = _COLUMNS) -> _Part:
    """At most ``CANDIDATES`` + 1 of these rows."""
    sql, params = part
    return f"{name} ({', '.join(columns)}) AS MATERIALIZED ({sql} LIMIT {CANDIDATES + 1})", params


def _recent(part: _Part, newest: int) -> _Part:
    """Those of the newest records. Gone through only when the matches were too many to look at."""
    sql, params = part
    gated = (
        f"SELECT claim_id, record_id FROM ({sql}) AS r ({', '.join(_COLUMNS)}) "  # noqa: S608
        f"WHERE record_id > %s AND (SELECT count(*) FROM matched) > {CANDIDATES}"
    )
    return f"recent AS MATERIALIZED ({gated})", [*params, newest - RECENT]


def _matched(chosen: _Part, filters: Filters, words: Words | None) -> list[_Part]:
    """The filtered rows, and those without the filter for ratings."""
    ctes = [_cte("matched", chosen)]
    if filters.rating:
        counted = ("rating_key",)
        ctes.append(_cte("unrated", _chosen(replace(filters, rating=""), words, counted), counted))
    return [*ctes, (_MERGED, [])]


def _places(words: Words, start: Place | None, backwards: bool, size: int) -> list[_Part]:
    compiler = PublishedClaim.objects.using(ALIAS).all().query.get_compiler(ALIAS)
    sought, params = compiler.compile(words)
    rank = f"(ts_rank_cd(%s::float4[], c.search, {sought}) * 1000000)::bigint"
    newest = (
        "(SELECT claim_id, record_id FROM matched ORDER BY record_id DESC LIMIT %s) UNION "
        "(SELECT claim_id, record_id FROM recent ORDER BY record_id DESC LIMIT %s) ORDER BY record_id DESC LIMIT %s"
    )
    ranked = (
        f"ranked AS MATERIALIZED (SELECT {rank} AS rank, c.first_published_at AS since, c.claim_id "  # noqa: S608
        f"FROM ({newest}) newest JOIN articles_publishedclaim c USING (claim_id))"
    )
    beyond = f"WHERE (rank, since, claim_id) {'>' if backwards else '<'} (%s, %s, %s)" if start else ""
    way = "ASC" if backwards else "DESC"
    place = (
        f"place AS (SELECT * FROM ranked {beyond} "  # noqa: S608
        f"ORDER BY rank {way}, since {way}, claim_id {way} LIMIT %s)"
    )
    return [(ranked, [WEIGHTS, *params, RANKED, RANKED, RANKED]), (place, [*(start or ()), size])]


#: Topics that were merged into others. Only a claim with one of them may have two topics that are the same by now.
_MERGED = """merged (gone, is_any) AS MATERIALIZED (
    SELECT coalesce(array_agg(gone), '{}'), count(*) > 0 FROM articles_publishedmerge WHERE kind = 'topic'
)"""
#: GROUPING says by its bits which columns a row is *not* grouped by.
_COUNTED = f"""
SELECT kind, value, n, NULL::timestamptz FROM (
    SELECT *, row_number() OVER (PARTITION BY kind ORDER BY n DESC, value) AS place FROM (
        SELECT
            CASE GROUPING(rating_key, language, claimant_id, year)
                WHEN 7 THEN 'rating' WHEN 11 THEN 'language' WHEN 13 THEN 'claimant' WHEN 14 THEN 'year' ELSE 'total'
            END AS kind,
            coalesce(rating_key, language, claimant_id::text, year::text) AS value, count(*) AS n
        FROM matched GROUP BY GROUPING SETS ((rating_key), (language), (claimant_id), (year), ())
    ) counted WHERE kind = 'total' OR value <> ''
) placed WHERE place <= {SHOWN} OR kind IN ('rating', 'year')
UNION ALL
(
    SELECT 'topic', topic, count(*) AS n, NULL FROM (
        SELECT unnest(topics) AS topic FROM matched
        WHERE NOT (SELECT is_any FROM merged) OR NOT topics && (SELECT gone FROM merged)
        UNION ALL
        SELECT topic FROM (
            SELECT DISTINCT claim_id, coalesce(led_on.stays, spelled.topic) AS topic
            FROM matched CROSS JOIN LATERAL unnest(topics) AS spelled (topic)
            LEFT JOIN articles_publishedmerge led_on ON led_on.kind = 'topic' AND led_on.gone = spelled.topic
            WHERE (SELECT is_any FROM merged) AND topics && (SELECT gone FROM merged)
        ) once
    ) spelled WHERE topic <> '' GROUP BY topic ORDER BY n DESC, topic LIMIT {SHOWN}
)
"""  # noqa: S608
_UNRATED = "SELECT 'unrated', rating_key, count(*), NULL FROM unrated WHERE rating_key <> '' GROUP BY rating_key"
_PAGED = "SELECT 'place', claim_id::text, rank, since FROM place"


def _rows(ctes: list[_Part], selects: list[str], filters: Filters) -> list[tuple[str, str, int, datetime]]:
    selects = [*selects, _UNRATED] if filters.rating else selects
    statement = f"WITH {', '.join(sql for sql, _ in ctes)} {' UNION ALL '.join(selects)}"
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(statement, [value for _, params in ctes for value in params])
        rows: list[tuple[str, str, int, datetime]] = cursor.fetchall()
    return rows


def _facets(rows: list[tuple[str, str, int, datetime]]) -> Facets:
    found: dict[str, Counts] = {}
    for kind, value, n, _ in rows:
        found.setdefault(kind, []).append((value, n if kind == "total" else min(n, CANDIDATES)))
    [(_, total)] = found.pop("total", [("", 0)])
    for counts in found.values():
        counts.sort(key=lambda one: (-one[1], one[0]))
    rating = found.pop("unrated", found.get("rating", []))
    kept = {kind: found[kind] for kind in ("language", "topic", "claimant") if kind in found}
    return Facets(total=total, rating=rating, year=sorted(found.get("year", []), reverse=True), **kept)
