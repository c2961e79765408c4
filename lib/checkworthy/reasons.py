"""Why a sentence may be worth checking: what stands in it, in words for the editor."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lib.checkworthy import figures, lexicon, quotations, signs
from lib.phrases import marked, phrase

#: Kinds of reasons, with what an editor reads about the words that were found.
WORDS = {
    "number": marked("a number: “%(found)s”"),
    "percentage": marked("a percentage: “%(found)s”"),
    "money": marked("an amount of money: “%(found)s”"),
    "date": marked("a date: “%(found)s”"),
    "duration": marked("a length of time: “%(found)s”"),
    "quotation": marked("a quotation: %(found)s"),
    "reported": marked("reported speech: “%(found)s”"),
    "attribution": marked("attributed to somebody: “%(found)s”"),
    "superlative": marked("a superlative: “%(found)s”"),
    "comparison": marked("a comparison: “%(found)s”"),
    "causal": marked("a causal claim: “%(found)s”"),
    "absolute": marked("said without exception: “%(found)s”"),
    "denial": marked("a denial or contradiction: “%(found)s”"),
    "event": marked("something that happened or did not: “%(found)s”"),
}
#: What speaks against checking a sentence.
AGAINST = {
    "opinion": "an opinion or a wish",
    "promise": "a promise or a plan",
    "address": "a place, a time of day or a number to call",
}

_CURRENCIES = (
    r"[$€£₽₺₼¥]|dollars?|euros?|pounds?|crowns?|yen|francs?|roubles?|rubles?|lira\w*|manat\w*|рубл\w+|доллар\w*|евро|"
    r"pesos?|dolar\w*|avro|دينار\w*|دولار\w*|ريال\w*|درهم|يورو|جنيه|ليرة"
)
#: A quotation shorter than this, in code points, is a word in quotation marks.
_SHORTEST_QUOTATION = 14
_DATE_BY_DIGITS = re.compile(
    r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:1[5-9]|20)\d{2}s?(?![\d,.]\d)(?!\d))"
)
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d{2})?\s?(?:a\.m|p\.m|am|pm|uhr)\b|\bat \d{1,2}[:.]\d{2}\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:room|seat|page|stop|gate|classroom|channel|platform|chapter|route|flight|call|section|zimmer|seite|oda|"
    r"страниц\w+|комнат\w+|кабинет\w*)\s+\d[\d ]*",
    re.IGNORECASE,
)
_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing found: its ``kind`` (a key of ``WORDS``), what the editor reads, and the words it was found in."""

    kind: str
    words: str
    found: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a sentence: reasons for checking it, kinds of ``AGAINST``, and signs (``signs.WORDS``)."""

    reasons: tuple[Reason, ...]
    against: tuple[str, ...]
    signs: dict[str, float] = field(default_factory=dict)


def find(text: str, *, language: str) -> Findings:
    """The reasons in one sentence, each kind once, with the first words that show it."""
    patterns = _patterns(language.split("-")[0])
    bare = _CLOCK.sub(" ", _PLACE.sub(" ", text))
    found: dict[str, str] = dict(_figures(bare, patterns))
    for kind in ("superlative", "comparison", "causal", "absolute", "denial", "event"):
        match = patterns[kind].search(text)
        if match:
            found[kind] = match.group()
    quoted = next((span for span in quotations.spans(text) if span[1] - span[0] >= _SHORTEST_QUOTATION), None)
    if quoted:
        found["quotation"] = text[slice(*quoted)]
    for kind, pattern in (("reported", patterns["speech"]), ("attribution", patterns["according"])):
        match = pattern.search(text)
        if match and kind not in found:
            found[kind] = match.group()
    against = ["opinion"] if patterns["opinion"].search(text) else []
    marks = signs.find(text, language=language)
    if marks.pop("promise", 0.0):
        against.append("promise")
    if bare != text:
        against.append("address")
    reasons = tuple(Reason(kind, _words(kind, found[kind]), found[kind]) for kind in WORDS if kind in found)
    return Findings(reasons, tuple(against), marks)


def _figures(text: str, patterns: dict[str, re.Pattern[str]]) -> Iterator[tuple[str, str]]:
    """Amounts, percentages, dates, lengths of time, and the numbers that are none of these."""
    rest = text
    has_number = patterns["number"].search(text) is not None
    for kind in ("percentage", "money", "duration", "date"):
        pattern = patterns[kind]
        if kind != "date" and not (has_number and patterns[f"{kind} sign"].search(rest)):
            continue  # the sign or unit alone is much faster to look for
        match = pattern.search(rest)
        if match:
            yield kind, match.group()
            rest = pattern.sub(lambda each: " " * len(each.group()), rest)
    match = patterns["number"].search(rest)
    if match:
        yield "number", match.group()


def _words(kind: str, found: str) -> str:
    shown = " ".join(found.strip(" ,;").split())
    shown = shown if len(shown) <= _LENGTH else shown[:_LENGTH].rsplit(" ", 1)[0] + "…"
    return phrase(WORDS[kind], found=shown)


@lru_cache(maxsize=32)
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    words = lexicon.of(language)
    number = figures.pattern(language)
    more = rf"(?:[ -](?:{words.number_words}|{figures.scale_words(language)})\b){{0,4}}" if words.number_words else ""
    spelt = rf"|\b(?:{words.number_words})\b{more}" if words.number_words else ""
    any_number = rf"(?:{number}{spelt})"
    percent = rf"|(?:{any_number})[ -](?:{words.percent})\b|\b(?:{words.percent}) {any_number}" if words.percent else ""
    month = rf"|\b\d{{1,2}}\.? (?:{words.months})\b(?:,? \d{{4}})?" if words.months else ""
    month += rf"|\b(?:{words.months})\b(?: \d{{1,2}}\b)?(?:,? \d{{4}}\b)?" if words.months else ""
    if language == "en":  # "may" and "march" are also verbs: months only beside a number or after a preposition
        month = _english_months(words.months)
    sources = {
        "number": any_number,
        "money": rf"[$€£₽₺₼¥]\s?{number}|{any_number}(?:\s(?:de|d[’']))?[\s-]?(?:{_CURRENCIES})(?!\w)",
        "percentage": rf"{number}\s?[%٪]|[%٪]\s?{number}{percent}",
        "date": _DATE_BY_DIGITS.pattern + month,
        "duration": rf"{any_number}[ -](?:{words.units})\b" if words.units else "",
    }
    sources["percentage sign"] = r"[%٪]" + (rf"|\b(?:{words.percent})\b" if words.percent else "")
    sources["money sign"] = _CURRENCIES
    sources["duration sign"] = rf"\b(?:{words.units})\b" if words.units else ""
    for kind in (
        "speech",
        "according",
        "superlative",
        "comparison",
        "causal",
        "absolute",
        "denial",
        "event",
        "opinion",
    ):
        alternatives = getattr(words, kind)
        sources[kind] = rf"\b(?:{alternatives})\b" if alternatives else ""
    return {kind: re.compile(source or r"(?!)", re.IGNORECASE) for kind, source in sources.items()}


def _english_months(months: str) -> str:
    beside = rf"|\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{months})\b(?:,? \d{{4}}\b)?"
    beside += rf"|\b(?:{months})\.? \d{{1,2}}\b(?:,? \d{{4}}\b)?|\b(?:{months})\.? \d{{4}}\b"
    return beside + rf"|\b(?:in|since|until|by|from|last|next|of|to) (?:{months})\b(?! \d)"
