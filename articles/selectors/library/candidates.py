"""Rows that may be one: the same name in another spelling, or nearly the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Q, QuerySet

#: How alike two folded names are at least (0 to 1, pg_trgm's similarity) to be suggested.
ALIKE = 0.6
#: So many of the newest rows are compared with all others for a list page.
NEWEST = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """The newer of two rows that may be one, and the older one, into which it may be merged."""

    row: Any
    into: Any


def candidates_for(row: Any, *, limit: int = 8) -> list[Any]:
    """The rows that ``row`` may be one with, the most alike first."""
    return list(_alike(row)[:limit])


def pairs(model: Any, *, limit: int = 10) -> list[Pair]:
    """Rows that may be one, for the newest rows of a table; each pair once. Two queries for any number of rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            _PAIRS.format(table=connection.ops.quote_name(model._meta.db_table)), {"newest": NEWEST, "alike": ALIKE}
        )
        found = list(dict.fromkeys(frozenset(pair) for pair in cursor.fetchall()))[:limit]
    rows = model._default_manager.in_bulk({pk for pair in found for pk in pair})
    return [Pair(*sorted((rows[pk] for pk in pair), key=_age, reverse=True)) for pair in found]


def _age(row: Any) -> tuple[Any, Any]:
    return row.created_at, row.pk


#: Only names that begin alike are compared: comparing all of a large table would take seconds.
_PAIRS = """
SELECT newest.id, other.id FROM {table} newest CROSS JOIN LATERAL (
    SELECT o.id, similarity(o.folded, newest.folded) AS alike, o.created_at FROM {table} o
    WHERE o.merged_into_id IS NULL AND o.id <> newest.id AND left(o.folded, 3) = left(newest.folded, 3)
        AND similarity(o.folded, newest.folded) >= %(alike)s
    ORDER BY alike DESC, o.created_at, o.id LIMIT 3
) other
WHERE newest.id IN (
    SELECT id FROM {table} WHERE merged_into_id IS NULL ORDER BY created_at DESC, id DESC LIMIT %(newest)s
)
ORDER BY newest.created_at DESC, newest.id DESC
"""


def named(model: Any, typed: str, *, columns: Iterable[str], but: Any, limit: int = 20) -> list[Any]:
    """The rows whose columns hold each word that was typed; without ``but``."""
    rows = _kept(model).exclude(pk=but.pk)
    for word in typed.replace("\x00", "").split()[:6]:
        held = Q()
        for column in columns:
            held |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(held)
    return list(rows[:limit])


def _kept(model: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.filter(merged_into=None)
    return rows


def _alike(row: Any) -> QuerySet[Any]:
    rows = _kept(type(row)).exclude(pk=row.pk).annotate(alike=TrigramSimilarity("folded", row.folded))
    alike: QuerySet[Any] = rows.filter(alike__gte=ALIKE).order_by("-alike", "created_at", "pk")
    return alike
