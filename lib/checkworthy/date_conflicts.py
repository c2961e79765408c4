"""Dates that cannot be as one sentence says: a weekday, a length between two days, an event after publication."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from lib.checkworthy import measures
from lib.checkworthy.measures import Day
from lib.phrases import counted, marked, phrase

_WEEKDAYS = (
    marked("“%(said)s”: %(day)s is a Monday."),
    marked("“%(said)s”: %(day)s is a Tuesday."),
    marked("“%(said)s”: %(day)s is a Wednesday."),
    marked("“%(said)s”: %(day)s is a Thursday."),
    marked("“%(said)s”: %(day)s is a Friday."),
    marked("“%(said)s”: %(day)s is a Saturday."),
    marked("“%(said)s”: %(day)s is a Sunday."),
)
#: So many dates of one sentence are compared: more is a list.
_MAX_DAYS = 8
_PAST = re.compile(
    r"\b(?:was|were|happened|took place|began|opened|closed|died|signed|sank|arrived|killed|announced|said|erupted)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|would|until|till|by|deadline|due|scheduled|planned?|expected|is to|are to|was to|were to|next|before|"
    r"extend\w*|prolong\w*|postpon\w*|from|if|may|might|could|promis\w+|pledg\w+|agreed|set for|called for)\b",
    re.IGNORECASE,
)
_MUST = re.compile(r"\b(?:will|must|has to|have to|is to|are to|has until|have until)\b", re.IGNORECASE)
_SPAN = re.compile(r"\b(?:from|between)\b.{0,40}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateConflict:
    """What does not fit inside one sentence; ``spans`` are positions in it."""

    kind: str
    words: str
    spans: tuple[tuple[int, int], ...]


def of(text: str, language: str, published_on: date | None) -> Iterator[DateConflict]:
    """The misfits of one sentence. ``published_on`` gives the year where the text does not."""
    days = list(islice(measures.days(text, language), _MAX_DAYS))
    for day in days:
        yield from _weekday(text, day, published_on)
    if language.split("-")[0] != "en":
        return
    if published_on:
        yield from _against_publication(text, days, published_on)
    yield from _backwards(text, days, published_on)
    yield from _length(text, days, language, published_on)


def _weekday(text: str, day: Day, published_on: date | None) -> Iterator[DateConflict]:
    if day.weekday < 0 or not day.day:
        return
    years = (
        [day.year]
        if day.year
        else [published_on.year - 1, published_on.year, published_on.year + 1]
        if published_on
        else []
    )
    made = [found for year in years if (found := measures.Day(0, 0, year, day.month, day.day).exact(None))]
    if not made or any(each.weekday() == day.weekday for each in made):
        return
    nearest = min(made, key=lambda each: abs((each - published_on).days) if published_on else 0)
    words = phrase(_WEEKDAYS[nearest.weekday()], said=text[day.start : day.end], day=nearest)
    yield DateConflict("weekday", words, ((day.start, day.end),))


def _against_publication(text: str, days: list[Day], published_on: date) -> Iterator[DateConflict]:
    for day in days:
        exact = day.exact(published_on)
        if exact is None:
            continue
        shown = text[day.start : day.end]
        before = text[max(0, day.start - 40) : day.start]
        if exact > published_on and _PAST.search(text) and not _AHEAD.search(text):
            words = phrase(
                "“%(said)s” is told as past, and the article is dated %(day)s.", said=shown, day=published_on
            )
            yield DateConflict("after_publication", words, ((day.start, day.end),))
        elif exact < published_on and day.year and _MUST.search(before) and re.search(r"\b(?:by|until)\s$", before):
            words = phrase(
                "“%(said)s” is told as still to come, and the article is dated %(day)s.", said=shown, day=published_on
            )
            yield DateConflict("before_publication", words, ((day.start, day.end),))


def _backwards(text: str, days: list[Day], near: date | None) -> Iterator[DateConflict]:
    """A deadline that lies before the day on which it was announced."""
    for one in days:
        if not re.search(
            r"\b(?:announced|said|set|decided|ordered|demanded)\b[^,;]{0,20}\bon\s$", text[: one.start], re.I
        ):
            continue
        for other in days:
            limit = re.search(r"\b(?:by|until|deadline of|before)\s$", text[: other.start], re.IGNORECASE)
            first, last = one.exact(near), other.exact(near)
            if limit and first and last and last < first:
                limited, set_on = text[other.start : other.end], text[one.start : one.end]
                words = phrase(
                    "The deadline “%(limit)s” is before “%(set_on)s”, when it was set.", limit=limited, set_on=set_on
                )
                yield DateConflict("order", words, ((one.start, one.end), (other.start, other.end)))


def _length(text: str, days: list[Day], language: str, near: date | None) -> Iterator[DateConflict]:
    """ "From 1993 to 2020, 25 years": two dates and one length of time that do not fit."""
    lengths = list(measures.durations(text, language))
    if len(days) != 2 or len(lengths) != 1:
        return
    one, other = days
    joint = text[one.end : other.start]
    if not (
        _SPAN.search(text[: one.start]) and re.fullmatch(r"\s(?:to|until|till|and|through)\s(?:\w+day,?\s)?", joint)
    ):
        return
    first, last, slack = one.exact(near), other.exact(near), 1.5
    if one.day == 0 and other.day == 0 and not one.month and not other.month:
        first, last, slack = date(one.year, 1, 1), date(other.year, 1, 1), 366.0
    if first is None or last is None or last <= first:
        return
    between, length = (last - first).days, lengths[0]
    if length.low - slack <= between <= length.high + slack:
        return
    said = {
        "first": text[one.start : one.end],
        "last": text[other.start : other.end],
        "length": text[length.start : length.end],
    }
    words = (
        counted(
            "From “%(first)s” to “%(last)s” it is %(n)s day, not “%(length)s”.",
            "From “%(first)s” to “%(last)s” it is %(n)s days, not “%(length)s”.",
            n=between,
            **said,
        )
        if slack < 2
        else counted(
            "From “%(first)s” to “%(last)s” it is %(n)s year, not “%(length)s”.",
            "From “%(first)s” to “%(last)s” it is %(n)s years, not “%(length)s”.",
            n=other.year - one.year,
            **said,
        )
    )
    yield DateConflict("length", words, ((one.start, other.end), (length.start, length.end)))
