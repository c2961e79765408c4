"""Numbers for the charts of the readers' pages. Each chart is drawn beside a table that says the same.

Places are per cent of a chart's width, from the side where the page's language begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import get_language_bidi

from articles.models import PublishedClaim
from lib.charts.places import across, per_cent

#: A line of dots keeps this much free at both ends, in per cent, so that none is cut in half.
_MARGIN = 4.0
#: Radius in pixels of a dot for one statement, and of one that holds a number.
_SINGLE, _SEVERAL = 7, 12


@dataclass(frozen=True, slots=True)
class Share:
    """One rating's part of a balance; ``x`` and ``width`` are per cent of the bar."""

    key: str
    label: str
    tone: str
    count: int
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Dot:
    """The statements of one day: where on the line, how many, and how large in pixels."""

    x: str
    count: int
    radius: int


@dataclass(frozen=True, slots=True)
class Line:
    """The claims with one rating, as dots on a line of time."""

    key: str
    label: str
    tone: str
    dots: list[Dot]


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
    for key, label, tone, count in balance:
        width = 100 * count / total
        left = across(x, width, is_rtl=get_language_bidi())
        found.append(Share(key, label, tone, count, left, per_cent(width)))
        x += width
    return found


def over_time(rows: Sequence[PublishedClaim], order: Sequence[str]) -> OverTime | None:
    """Standing claims whose date is known, as lines of dots in the ``order`` of rating keys; None for fewer than two.

    A dot is on the first day that the date can be.
    """
    dated = sorted((row.claimed_on.first_day, row.pk, row) for row in rows if row.claimed_on)
    if len(dated) < 2:
        return None
    first, last = dated[0][0], dated[-1][0]
    place = {key: number for number, key in enumerate(order)}
    given = sorted(
        {(place.get(r.rating_key, len(place)), r.rating_key, r.rating_label, r.rating_tone) for _day, _pk, r in dated}
    )
    lines = [
        Line(key, label, tone, _dots([day for day, _pk, row in dated if row.rating_label == label], first, last))
        for _place, key, label, tone in given
    ]
    return OverTime(first, last, lines, [row for _day, _pk, row in dated])


def _dots(days: list[date], first: date, last: date) -> list[Dot]:
    counted = [(day, len(list(same))) for day, same in groupby(days)]
    return [Dot(_place(day, first, last), n, _SINGLE if n == 1 else _SEVERAL) for day, n in counted]


def _place(day: date, first: date, last: date) -> str:
    span = (last - first).days
    x = _MARGIN + (day - first).days / span * (100 - 2 * _MARGIN) if span else 50.0
    return across(x, is_rtl=get_language_bidi())


@dataclass(frozen=True, slots=True)
class Bar:
    """A month's column: its place and width in per cent of the chart's width, its height in per cent of its height."""

    month: date
    count: int
    x: str
    width: str
    y: str
    height: str


def bars(counted: Sequence[tuple[date, int]]) -> list[Bar]:
    """Months in the order of time as columns, the highest as high as the chart."""
    highest = max((count for _month, count in counted), default=0) or 1
    step, found = 100 / max(1, len(counted)), []
    for place, (month, count) in enumerate(counted):
        left = across((place + 0.1) * step, step * 0.8, is_rtl=get_language_bidi())
        height = 100 * count / highest
        found.append(Bar(month, count, left, per_cent(step * 0.8), per_cent(100 - height), per_cent(height)))
    return found
