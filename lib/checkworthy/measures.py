"""Figures with a meaning: lengths of time, amounts, counts and dates, as ranges that can be compared.

A range is what the words allow: "six weeks" is 42 days give or take half a week, "nearly two months" 50 to 61.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lib.checkworthy import figures, lexicon

_DAYS_IN = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25, "decade": 3652.5}
#: Units by the beginning of the word, in the languages the rules know; the longest that fits counts.
_UNIT_STEMS = {
    "hour": "hour час saat Stunde hora ساع",
    "day": "day дн день gün gun Tag día dia يوم أيام",
    "week": "week недел hafta həftə Woche semana أسبوع أسابيع",
    "month": "month месяц ay Monat mes شهر أشهر",
    "year": "year лет год yıl il sene Jahr año عام أعوام سنة سنوات",
    "decade": "decade десятилети Jahrzehnt década",
}
_SPELT = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
    "ru": "один два три четыре пять шесть семь восемь девять десять",
    "tr": "bir iki üç dört beş altı yedi sekiz dokuz on",
    "az": "bir iki üç dörd beş altı yeddi səkkiz doqquz on",
    "de": "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "es": "un dos tres cuatro cinco seis siete ocho nueve diez once doce",
}
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "twenty": 20}
_HEDGES = {
    "nearly": "nearly almost close to not quite почти neredeyse yaklaşık təxminən fast knapp casi".replace("to ", ""),
    "about": "about some around roughly approximately circa около примерно rund etwa unos unas cerca",
    "over": "over exceeding более свыше über más",
    "under": "under below менее unter",
}
_HEDGE_WORDS = {word: kind for kind, words in _HEDGES.items() for word in words.split()}
_LONGER = {"more than": "over", "less than": "under", "fewer than": "under", "at least": "least", "up to": "most"}
NUMBER = r"\d{1,3}(?:[,.  ]\d{3}){1,5}(?!\d)|\d{1,20}(?:[.,]\d{1,9})?"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a sentence: ``text[start:end]`` with its hedge, and the range from ``low`` to ``high`` it allows."""

    start: int
    end: int
    low: float
    high: float
    value: float

    def agrees(self, other: "Figure") -> bool:
        """Whether some value lies in both ranges."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written: ``year`` and ``month``/``day`` may be missing (0); ``weekday``: as the text says, or -1."""

    start: int
    end: int
    year: int
    month: int
    day: int
    weekday: int = -1

    def exact(self, near: date | None) -> date | None:
        """The calendar day; without a year the one nearest to ``near``. ``None`` when it cannot be told."""
        if not self.month or not self.day or not (self.year or near):
            return None
        years = [self.year] if self.year or near is None else [near.year - 1, near.year, near.year + 1]
        days = [made for year in years if (made := _day(year, self.month, self.day))]
        return min(days, key=lambda each: abs((each - near).days)) if near and days else next(iter(days), None)


def durations(text: str, language: str) -> Iterator[Figure]:
    """Lengths of time with a number, in days."""
    for match in _duration_pattern(language.split("-")[0]).finditer(text):
        value, unit = value_of(match["number"], language), _unit(match["unit"])
        if value and unit:
            yield _figure(text, match, value * _DAYS_IN[unit], _rounding(unit) * _DAYS_IN[unit])


def counts(text: str, language: str) -> Iterator[Figure]:
    """Numbers that count something."""
    for match in _count_pattern(language.split("-")[0]).finditer(text):
        value = value_of(match["number"], language)
        if value:
            yield _figure(text, match, value, 0.0)


def value_of(number: str, language: str) -> float:
    """The number's value; 0 for one that is not understood."""
    plain = number.strip().lower()
    if plain[:1].isdigit():
        return figures.value(plain, language.split("-")[0])
    words = _SPELT.get(language.split("-")[0], "").split()
    tens, _, ones = plain.partition("-")
    if tens in _TENS:
        return float(_TENS[tens] + (words.index(ones) + 1 if ones in words else 0))
    return float(words.index(plain) + 1) if plain in words else 0.0


def days(text: str, language: str) -> Iterator[Day]:
    """Dates with a month, and years that stand alone after a word such as "in" or "since"."""
    if not any(char.isdigit() for char in text):
        return
    taken: list[tuple[int, int]] = []
    for match in _date_pattern(language.split("-")[0]).finditer(text):
        month = _month(match["month"] or match["month2"], language)
        if not month:
            continue
        taken.append(match.span())
        weekday = _weekday(match["weekday"] or "", language)
        number = int(match["day"] or match["day2"] or 0)
        yield Day(match.start(), match.end(), int(match["year"] or 0), month, number, weekday)
    for match in re.finditer(
        r"(?<![\d.,\w-])(?:1[5-9]|20)\d{2}(?![\d\w]|[.,]\d|[ -](?:\w+ )?(?:crowns?|euros?))", text
    ):
        place = bisect_right(taken, (match.start(), len(text)))
        if not place or taken[place - 1][1] <= match.start():
            yield Day(match.start(), match.end(), int(match.group()), 0, 0)


def has_full_date(text: str, language: str) -> bool:
    """Whether a day of a month is named."""
    return any(each.day for each in days(text, language))


def _figure(text: str, match: re.Match[str], value: float, slack: float) -> Figure:
    hedge, start = _hedge_before(text, match.start())
    low, high = {
        "nearly": (value * 0.82, value),
        "about": (value * 0.85, value * 1.15),
        "over": (value, value * 1.3),
        "under": (value * 0.5, value),
        "least": (value, float("inf")),
        "most": (0.0, value),
    }.get(hedge, (value - slack, value + slack))
    return Figure(start, match.end(), low, high, value)


def _hedge_before(text: str, start: int) -> tuple[str, int]:
    before = re.search(r"((?:[^\W\d_]+ )?[^\W\d_]+)(?: (?:the|a|an))?\s+$", text[max(0, start - 28) : start])
    if not before:
        return "", start
    words = before.group(1).lower().split()
    begin = max(0, start - 28) + before.start(1)
    if " ".join(words) in _LONGER:
        return _LONGER[" ".join(words)], begin
    if words[-1] in _HEDGE_WORDS:
        return _HEDGE_WORDS[words[-1]], begin + before.group(1).rfind(before.group(1).split()[-1])
    return "", start


def _rounding(unit: str) -> float:
    return 0.0 if unit in ("day", "hour") else 0.5


def _unit(word: str) -> str:
    fits = [
        (len(stem), unit)
        for unit, stems in _UNIT_STEMS.items()
        for stem in stems.split()
        if word.lower().startswith(stem.lower())
    ]
    return max(fits)[1] if fits else ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=512)
def _month(word: str, language: str) -> int:
    """1…12 by the order of the lexicon's first twelve months."""
    entries = lexicon.of(language).months.split("|")
    names = _split_months(language.split("-")[0], entries)
    for number, patterns in enumerate(names, start=1):
        if any(re.fullmatch(pattern, word, re.IGNORECASE) for pattern in patterns):
            return number
    return 0


def _split_months(tongue: str, entries: list[str]) -> list[list[str]]:
    if tongue == "en":
        return [[full, f"{full[:3]}t?"] for full in entries[:12]]
    groups = {
        "ru": [1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1],
        "ar": [1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1],
        "es": [1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1],
    }.get(tongue, [1] * 12)
    made, at = [], 0
    for size in groups:
        made.append(entries[at : at + size])
        at += size
    return made


def _weekday(word: str, language: str) -> int:
    plain = word.lower()
    fits = [(len(stem), number) for stem, number in lexicon.of(language).days.items() if plain.startswith(stem)]
    return max(fits)[1] if fits and plain else -1


@lru_cache(maxsize=32)
def _number(tongue: str) -> str:
    spelt = "|".join(sorted(_SPELT.get(tongue, "").split(), key=len, reverse=True))
    tens = "|".join(_TENS) if tongue == "en" else ""
    parts = [NUMBER, rf"(?:{tens})(?:-\w+)?" if tens else "", rf"\b(?:{spelt})\b" if spelt else ""]
    return "(?<![\\w.,])(?:" + "|".join(part for part in parts if part) + ")"


@lru_cache(maxsize=32)
def _duration_pattern(tongue: str) -> re.Pattern[str]:
    units = lexicon.LEXICONS[tongue].units if tongue in lexicon.LEXICONS else ""
    if not units:
        return re.compile(r"(?!)(?P<number>)(?P<unit>)")
    return re.compile(rf"(?P<number>{_number(tongue)})[ -](?P<unit>{units})\b", re.IGNORECASE)


@lru_cache(maxsize=32)
def _count_pattern(tongue: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<number>{figures.pattern(tongue)}|{_number(tongue)})", re.IGNORECASE)


@lru_cache(maxsize=32)
def _date_pattern(tongue: str) -> re.Pattern[str]:
    words = lexicon.LEXICONS.get(tongue)
    if words is None or not words.months:
        return re.compile(r"(?!)(?P<weekday>)(?P<day>)(?P<month>)(?P<month2>)(?P<day2>)(?P<year>)")
    weekday = rf"(?:\b(?P<weekday>{words.weekdays})\b,?\s+(?:the\s|den\s|dem\s|el\s)?)?"
    first = rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\sof|\sde)?\s(?P<month>{words.months})\b"
    second = rf"\b(?P<month2>{words.months})\.?\s(?P<day2>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?"
    return re.compile(
        rf"{weekday}(?:{first}|{second})(?:,?\s(?:de\s)?(?P<year>(?:1[5-9]|20)\d{{2}})(?!\d))?", re.IGNORECASE
    )
