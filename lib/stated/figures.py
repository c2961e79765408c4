"""Numbers, percentages and dates as they are written in a text, with their values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log10

from lib.checkworthy import figures as numbers

NUMBER, PERCENT, DAY, YEAR = "number", "percent", "day", "year"
#: So many figures of one text are looked at: more are a table.
MAX_FIGURES = 400

#: The twelve months, by language, each as the beginnings that its forms share.
_MONTHS = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "de": "jan feb mär apr mai jun jul aug sep okt nov dez",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
    "ru": "янв фев мар апр мая июн июл авг сен окт ноя дек",
    "tr": "oca şub mar nis may haz tem ağu eyl eki kas ara",
    "az": "yan fev mar apr may iyun iyul avq sen okt noy dek",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "hy": "հունվ փետր մարտ ապր մայ հունիս հուլիս օգոս սեպտ հոկտ նոյ դեկտ",
}
_PERCENT = (
    r"[%٪％]|per ?cent\b|pct\b|Prozent\b|por ciento\b|pour cent\b|faiz\w*|процент\w*|բ?տոկոս\w*|"
    r"(?:في|ب)\s?ال(?:مئة|مائة)"
)
_PERCENT_BEFORE = r"[%٪]\s?|yüzde\s"
_CURRENCY = r"[$€£¥₺₼₽֏]\s?"
_UNIT = (
    r"(?:square |cubic )?(?:kilomet(?:re|er)s?|met(?:re|er)s?|miles?|hectares?|acres?)\b|km²|km2\b|km\b|m²|kg\b|"
    r"tonnes?\b|tons?\b|crowns?\b|euros?\b|dollars?\b|pounds?\b|manats?\b|roubles?\b|liras?\b|drams?\b|°C"
)
#: What stands before a number that is a name or a reference: COVID-19, F-16, [2].
_NAMED = re.compile(r"(?:[^\W\d_][-‑–]|\[)$")
_ISO = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
_DOTTED = re.compile(r"(?<![\w.])(\d{1,2})[./](\d{1,2})[./](\d{4})(?![\w])")
_DIGITS = re.compile(numbers.DIGITS)
_FRACTION = re.compile(r"[.,٫](\d+)$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Figure:
    """``text[start:end] == words``. ``value`` is the number; of a day, year × 10,000 + month × 100 + day.

    ``step`` is what its last digit counts, which is how exactly it is given: 0.1 of 13.6, 100,000 of 2.4 million.
    """

    start: int
    end: int
    words: str
    value: float
    kind: str
    step: float = 1.0

    @property
    def decimals(self) -> int:
        """How many digits behind the decimal sign its value has."""
        return max(0, round(-log10(self.step)))


def find(text: str, language: str) -> list[Figure]:
    """The figures of ``text`` in their order; at most ``MAX_FIGURES``."""
    tongue = language.split("-")[0]
    days = sorted(_days(text, tongue), key=lambda day: day.start)
    found, after = list(days), 0
    for match in _number(tongue).finditer(text):
        start = match.start("number")
        while after < len(days) and days[after].end <= match.start():
            after += 1
        is_day = after < len(days) and days[after].start < match.end()
        if is_day or _NAMED.search(text[max(0, match.start() - 2) : start]):
            continue
        found.append(_figure(text, match, tongue))
        if len(found) >= MAX_FIGURES:
            break
    return sorted(found, key=lambda figure: figure.start)


def says(other: Figure, figure: Figure) -> str:
    """Whether ``other`` says what ``figure`` does: ``same``, ``rounded`` (it is more exact), or nothing."""
    if _scale(other) != _scale(figure):
        return ""
    if abs(other.value - figure.value) <= 1e-9 * max(1.0, abs(figure.value)):
        return "same"
    is_finer = figure.kind in (NUMBER, PERCENT) and other.step < figure.step
    return "rounded" if is_finer and fits(other.value, figure) else ""


def fits(value: float, figure: Figure) -> bool:
    """Whether ``value``, given as exactly as ``figure`` is, is that figure."""
    return abs(value - figure.value) <= 0.5 * figure.step + 1e-9 * max(1.0, abs(value))


def _scale(figure: Figure) -> str:
    """Years are numbers as well: a source may write 2,019 of something."""
    return NUMBER if figure.kind == YEAR else figure.kind


@lru_cache(maxsize=32)
def _number(tongue: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<percent_before>{_PERCENT_BEFORE})?(?P<currency>{_CURRENCY})?(?P<number>{numbers.pattern(tongue)})"
        rf"(?:[ \u00a0\u202f-]?(?P<percent>{_PERCENT})|[ \u00a0\u202f-]?(?P<unit>{_UNIT}))?",
        re.IGNORECASE,
    )


def _figure(text: str, match: re.Match[str], tongue: str) -> Figure:
    written = match["number"]
    value = numbers.value(written, tongue)
    is_percent = bool(match["percent"] or match["percent_before"])
    is_bare = not is_percent and not match["unit"] and not match["currency"]
    kind = PERCENT if is_percent else YEAR if is_bare and _YEAR.fullmatch(written) else NUMBER
    return Figure(match.start(), match.end(), text[match.start() : match.end()], value, kind, _step(written, tongue))


def _step(written: str, tongue: str) -> float:
    """What the last digit counts. A group of three digits behind a single sign is thousands."""
    digits = _DIGITS.match(written)
    bare = numbers.value(digits.group(), tongue) if digits else 0.0
    fraction = _FRACTION.search(digits.group()) if digits else None
    decimals = len(fraction[1]) if fraction and not (len(fraction[1]) == 3 and bare >= 1000) else 0
    return 10.0**-decimals * (numbers.value(written, tongue) / bare if bare else 1.0)


def _days(text: str, tongue: str) -> list[Figure]:
    found = [_day(match, *map(int, match.group(1, 2, 3))) for match in _ISO.finditer(text)]
    found += [_day(match, int(match[3]), int(match[2]), int(match[1])) for match in _DOTTED.finditer(text)]
    found += _days_with_words(text, tongue)
    return _without_overlaps([day for day in found if day is not None])


def _days_with_words(text: str, tongue: str) -> Iterator[Figure | None]:
    months = _months(tongue)
    for pattern in _named_days(tongue):
        for match in pattern.finditer(text):
            name = match["month"].casefold()
            month = next((number for number, stem in enumerate(months, 1) if name.startswith(stem)), 0)
            yield _day(match, int(match["year"] or 0), month, int(match["day"]))


def _day(match: re.Match[str], year: int, month: int, day: int) -> Figure | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Figure(match.start(), match.end(), match.group(), float(year * 10_000 + month * 100 + day), DAY)


def _without_overlaps(days: list[Figure]) -> list[Figure]:
    kept: list[Figure] = []
    for day in sorted(days, key=lambda one: (one.start, -one.end)):
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return kept


def _months(tongue: str) -> list[str]:
    return _MONTHS.get(tongue, _MONTHS["en"]).split()


@lru_cache(maxsize=32)
def _named_days(tongue: str) -> list[re.Pattern[str]]:
    """Patterns for days with the month as a word: "16 November 2020", and in English "November 16, 2020" too."""
    month = rf"(?P<month>(?:{'|'.join(_months(tongue))})[^\W\d_]*)\.?"
    year = r"(?P<year>\d{4})(?!\d)"
    day = r"(?<![\w.,])(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
    before = rf"{day}(?: de| of)?[ \u00a0]{month}(?:(?:,| de| of)?[ \u00a0]{year})?"
    after = rf"(?<!\w){month}[ \u00a0](?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?[ \u00a0]{year})?"
    return [re.compile(one, re.IGNORECASE) for one in ([before, after] if tongue == "en" else [before])]
