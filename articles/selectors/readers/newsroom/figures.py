"""Figures about the newsroom's own work, counted from records alone. Readers' connection only.

One pass over a narrow row for each claim (``PublishedMeasure``) and one over the corrections.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import date

from django.conf import settings
from django.db import connections

from articles.choices import CorrectionKind
from articles.selectors.readers import published
from articles.selectors.readers.connection import ALIAS

#: One hash table of months, ratings and languages; their sums are made of its few hundred rows. With GROUPING SETS
#: PostgreSQL sorts every claim several times, on disk.
_MEASURES = """
SELECT date_trunc('month', first_published_at AT TIME ZONE %s)::date AS month, rating_key, language,
    count(*), count(*) FILTER (WHERE NOT is_retracted), count(*) FILTER (WHERE sources >= 2 AND NOT is_retracted),
    sum(asked), sum(answered)
FROM articles_publishedmeasure GROUP BY month, rating_key, language
"""
_CORRECTIONS = """
SELECT date_trunc('month', at AT TIME ZONE %s)::date AS month, kind, count(*)
FROM articles_publishedfix GROUP BY month, kind
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """Checks, those not retracted, those of them with two sources, replies asked for, replies received."""

    checks: int = 0
    standing: int = 0
    two_sources: int = 0
    asked: int = 0
    answered: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, field.name) + getattr(other, field.name) for field in dataclass_fields(self)))


@dataclass(frozen=True, slots=True)
class Month:
    """A month of publishing: checks by their first publication, corrections by the day they were made."""

    month: date
    tally: Tally
    minor: int
    verdict: int
    retraction: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is counted. Months without anything between the first and the last are there, too."""

    total: Tally
    months: list[Month]
    ratings: list[tuple[str, str, str, int]]
    languages: list[tuple[str, int]]

    @property
    def corrections(self) -> dict[str, int]:
        """Corrections and retractions of all months, by kind."""
        return {kind: sum(getattr(month, kind) for month in self.months) for kind in CorrectionKind.values}


def figures() -> Figures:
    """Count: two statements, one over a row for each claim, one over the corrections."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_MEASURES, [settings.TIME_ZONE])
        tallies = [(month, rating, language, Tally(*map(int, n))) for month, rating, language, *n in cursor.fetchall()]
        cursor.execute(_CORRECTIONS, [settings.TIME_ZONE])
        counts = {(month, kind): n for month, kind, n in cursor.fetchall()}
    by_month: dict[date, Tally] = defaultdict(Tally)
    by_rating, by_language = Counter[str](), Counter[str]()
    for month, rating, language, tally in tallies:
        by_month[month] += tally
        by_rating[rating] += tally.standing
        by_language[language] += tally.checks
    return Figures(
        total=sum(by_month.values(), Tally()),
        months=[
            Month(
                month,
                by_month.get(month, Tally()),
                *(counts.get((month, kind), 0) for kind in CorrectionKind.values),
            )
            for month in _every_month({*by_month, *(month for month, _kind in counts)})
        ],
        ratings=_ratings(by_rating),
        languages=sorted(by_language.items(), key=lambda pair: (-pair[1], pair[0])),
    )


def _ratings(counted: dict[str, int]) -> list[tuple[str, str, str, int]]:
    """(key, label, tone, how many standing checks) in the order of the scale, under the newest edition's words."""
    newest: dict[str, tuple[str, str]] = {}
    for rating in published.ratings():
        newest.setdefault(rating.key, (rating.label, rating.tone))
    found = [(key, label, tone, counted.get(key, 0)) for key, (label, tone) in newest.items()]
    return [row for row in found if row[3]]


def _every_month(named: set[date]) -> list[date]:
    """From the first month named to the last, newest first."""
    if not named:
        return []
    month, last, found = min(named), max(named), []
    while month <= last:
        found.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found[::-1]
