"""Figures together with what they measure, so that two of them can be compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lib.checkworthy import measures, quantities
from lib.checkworthy.measures import Figure
from lib.checkworthy.sentences import Sentence

#: So many figures of a kind are compared for one sentence: more are a list.
MAX_FIGURES = 12
_JUST_BEFORE = re.compile(r"\b(?:in|on|since)\s(?:\w{3,6}day,?\s)?$")
_NO_LENGTH_BEFORE = re.compile(
    r"\b(?:in|within|every|after|before|next|last|past|coming|another|further|first|per|aged?|than|previous)\s+"
    r"(?:the\s+|an?\s+)?(?:nearly\s+|almost\s+|about\s+|some\s+|around\s+)?$",
    re.IGNORECASE,
)
_NO_LENGTH_AFTER = re.compile(r"^[ -](?:ago|old|olds|later|earlier|before|after|of age|early|late)\b", re.IGNORECASE)
_LASTED = re.compile(
    r"\b(?:lasted|for|длил\w+|dauerte|duró|durante|sürdü|davam etdi|за)\s+(?:\w+\s+)?(?:the\s+)?$", re.IGNORECASE
)
_OF_NOUN = re.compile(
    r"^ of (?:the |an? |heavy |fierce |bloody |bitter |open |\w+ed )?([^\W\d_]+)(?: and ([^\W\d_]+))?"
)
_ADJECTIVE_NOUN = re.compile(r"^[ -](?:of |long |old )?([^\W\d_]+)(?: ([^\W\d_]+))?")
_NOUN_OF = re.compile(r"([^\W\d_]+) of (?:\w+ )?$")
_COST = re.compile(r"\b(?:costs?|spent|spend|price|priced|paid|worth|bill)\b", re.IGNORECASE)
_UNIT = re.compile(r"^[ -](crowns?|euros?|dollars?|pounds?|yen|francs?|lira|manats?|roubles?|rubles?)\b", re.IGNORECASE)
_SHARE = re.compile(r"^\s?(?:%|per ?cent|percent) of ((?:[^\W\d_]+[’'\-]?\s?){1,5})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure of ``kind`` for one or several ``things``; positions are the body's. ``tight``: named together.

    ``days``: the shortest and the longest time that a length stands for, where it does not say days itself.
    """

    kind: str
    things: frozenset[str]
    figure: Figure
    sentence: Sentence
    speaker: str
    tight: bool
    days: tuple[int, int] | None = None

    @property
    def start(self) -> int:
        """Where the figure begins in the body."""
        return self.sentence.start + self.figure.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.sentence.start + self.figure.end

    @property
    def exact(self) -> str:
        """The figure as written."""
        return self.sentence.text[self.figure.start : self.figure.end]


def of(sentence: Sentence, *, speaker: str, language: str) -> Iterator[Mention]:
    """The figures of one sentence for which it says what they measure."""
    text = sentence.text
    for figure in islice(measures.durations(text, language), MAX_FIGURES):
        if quantities.is_about_another(text, figure.start, figure.end):
            continue
        things, tight = _lasting(text, figure)
        if things:
            yield Mention("duration", frozenset(things), figure, sentence, speaker, tight, _in_days(figure))
    if language.split("-")[0] != "en":
        return
    for figure in islice(measures.counts(text, language), MAX_FIGURES):
        if quantities.is_about_another(text, figure.start, figure.end):
            continue
        for kind, things, tight in _counted(text, figure):
            yield Mention(kind, frozenset(things), figure, sentence, speaker, tight)
    yield from _dated(sentence, speaker, language)


def disagree(one: Mention, other: Mention) -> bool:
    """Whether two figures of the same thing exclude each other, and nothing in the text sets them apart."""
    if one.sentence.start == other.sentence.start or not (one.tight or other.tight):
        return False
    if one.figure.agrees(other.figure):
        return False
    if one.kind == "date":
        return True
    here, there = _years(one), _years(other)
    if here and there and not here & there:
        return False
    names, others = _names_near(one), _names_near(other)
    return not (names and others and not names & others and one.kind != "duration")


def _lasting(text: str, figure: Figure) -> tuple[set[str], bool]:
    """What lasted so long, and whether it is named together with the length."""
    before, after = text[max(0, figure.start - 60) : figure.start], text[figure.end : figure.end + 80]
    if _NO_LENGTH_AFTER.match(after):
        return set(), False
    for pattern, where in ((_OF_NOUN, after), (_ADJECTIVE_NOUN, after)):
        match = pattern.search(where)
        for word in match.groups() if match else ():
            if word and (thing := quantities.named(word)):
                return {thing}, True
    match = _NOUN_OF.search(before)
    if match and (thing := quantities.named(match.group(1))):
        return {thing}, True
    if _NO_LENGTH_BEFORE.search(before):
        return set(), False
    things = quantities.all_named(text)
    if _LASTED.search(before) and len(things) == 1:
        return things, bool(re.search(r"(?:lasted|длил\w+|dauerte|duró|sürdü)\s+(?:\w+\s+)?$", before))
    return set(), False


def _counted(text: str, figure: Figure) -> Iterator[tuple[str, set[str], bool]]:
    before, after = text[max(0, figure.start - 120) : figure.start], text[figure.end : figure.end + 120]
    unit = _UNIT.match(after)
    if unit:
        things = _priced(before, after[unit.end() :])
        yield from ((("amount", things[0], things[1]),) if things[0] else ())
        return
    share = _SHARE.match(after)
    if share:
        whole = [quantities.stem(word) for word in share.group(1).split() if quantities.is_content(word)]
        if len(whole) >= 2:
            yield "share", {" ".join(whole[:2])}, True
        return
    noun = re.match(r"[ -]((?:[^\W\d_]+ ){0,2}?)((?:people|children|men|women|troops|[^\W\d_]{3,}s))\b", after)
    if noun and (noun.group(2).lower() == "people" or quantities.is_content(noun.group(2))):
        rest = after[noun.end() : noun.end() + 45].split(",")[0]
        for name, words in quantities.EVENTS.items():
            if re.search(rf"\b(?:{words})\b", rest, re.IGNORECASE):
                yield "count", {f"{noun.group(2).lower()} {name}"}, True


def _priced(before: str, after: str) -> tuple[set[str], bool]:
    """What costs so much: the noun behind the amount, or what money was spent on."""
    direct = re.match(r"[ -](?!(?:on|for|in|to|a|an|the|of|and|or|by|from|was|were|is|at)\b)([^\W\d_]{3,})", after)
    if direct and re.search(r"\b(?:the|an?|its|their)\s+(?:\w+\s+)?$", before, re.IGNORECASE):
        return {quantities.stem(direct.group(1))}, True
    spent = re.match(r" (?:on|for) ((?:[^\W\d_]+ ?){1,4})", after)
    if spent and _COST.search(before):
        last = [word for word in spent.group(1).split() if quantities.is_content(word)]
        return ({quantities.stem(last[-1])} if last else set()), True
    cost = re.search(r"([^\W\d_]{3,})(?: \w+ed)? (?:has |had |will )?costs? $", before)
    return ({quantities.stem(cost.group(1))} if cost and quantities.is_content(cost.group(1)) else set()), True


def _dated(sentence: Sentence, speaker: str, language: str) -> Iterator[Mention]:
    """What happened once, with the year, or the day, right behind it."""
    text = sentence.text
    for day in islice(measures.days(text, language), MAX_FIGURES):
        behind = text[max(0, day.start - 110) : day.start]
        before = _JUST_BEFORE.search(behind)
        if not before:
            continue
        clause = re.split(r"[,;:]|\b(?:and|but|when|which|that|who)\b", behind[: before.start()][-90:])[-1]
        for name, words in quantities.ONCE.items():
            match = re.search(rf"\b(?:{words})\b(.{{0,30}})$", clause, re.IGNORECASE)
            if match:
                things = quantities.nouns(clause[: match.start()][-40:]) | quantities.nouns(match.group(1))
                value = float(day.year or 0)
                if things and value:
                    figure = Figure(day.start, day.end, value, value, value)
                    labels = frozenset(f"{thing}/{name}" for thing in things if thing not in _VAGUE)
                    yield Mention("date", labels, figure, sentence, speaker, True)


_VAGUE = frozenset(
    [
        "government",
        "parliament",
        "state",
        "city",
        "town",
        "country",
        "company",
        "district",
        "village",
        "area",
        "army",
        "people",
    ]
)


def _years(mention: Mention) -> set[str]:
    return set(re.findall(r"\b(?:1[5-9]|20)\d{2}\b|\bthis year\b", mention.sentence.text.lower()))


def _names_near(mention: Mention) -> set[str]:
    return quantities.capitals(mention.sentence.text)


def _in_days(figure: Figure) -> tuple[int, int] | None:
    low, high = figure.low, figure.high
    if low == high or high == float("inf") or high > 800 or high < 1:
        return None
    return round(low), round(high)
