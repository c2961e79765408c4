"""Numbers for the charts of the readers' pages. Each chart is drawn beside a table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from articles.models import PublishedClaim

#: A line of dots keeps this much free at both ends, in per cent, so that none is cut in half.
_MARGIN = 3.0


@dataclass(frozen=True, slots=True)
class Share:
    """One rating's part of a balance; ``x`` and ``width`` are per cent of the bar."""

    label: str
    tone: str
    count: int
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Line:
    """The claims with one rating, as dots on a line of time; ``places`` are per cent of its length."""

    label: str
    tone: str
    places: list[str]


@dataclass(frozen=True, slots=True)
class OverTime:
    """Checked statements by the day they were made: one line for each rating, and the rows of the table beside it."""

    first: date
    last: date
    lines: list[Line]
    rows: Sequence[PublishedClaim]


def shares(balance: list[tuple[str, str, str, int]]) -> list[Share]:
    """A balance as the parts of one bar."""
    total = sum(count for *_rating, count in balance) or 1
    found, x = [], 0.0
    for _key, label, tone, count in balance:
        width = 100 * count / total
        found.append(Share(label, tone, count, f"{x:.3f}%", f"{width:.3f}%"))
        x += width
    return found


def over_time(rows: Sequence[PublishedClaim], order: Sequence[str]) -> OverTime | None:
    """Standing claims with a day, as lines of dots in the ``order`` of rating keys; None when a line says nothing.

    Two statements on different days are the least that has a course of time.
    """
    dated = [(row.claimed_on, row) for row in rows if row.claimed_on]
    days = sorted({day for day, _row in dated})
    if len(days) < 2:
        return None
    place = {key: number for number, key in enumerate(order)}
    dated.sort(key=lambda pair: (place.get(pair[1].rating_key, len(place)), pair[1].rating_label, pair[0]))
    lines = [
        Line(label, tone, [_place(day, days[0], days[-1]) for day, _row in same])
        for (label, tone), same in groupby(dated, key=lambda pair: (pair[1].rating_label, pair[1].rating_tone))
    ]
    return OverTime(days[0], days[-1], lines, [row for _day, row in sorted(dated, key=lambda pair: pair[0])])


def _place(day: date, first: date, last: date) -> str:
    part = (day - first).days / (last - first).days
    return f"{_MARGIN + part * (100 - 2 * _MARGIN):.2f}%"
