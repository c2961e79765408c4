"""What does not agree inside one text: the same thing measured two ways, a date that does not fit another.

Few and certain rather than many: two figures are compared only when the text names the same thing for both, neither
sentence speaks of another occasion, and no value lies in what both allow. Neutrally: neither figure is called wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from lib.checkworthy import date_conflicts, mentions
from lib.checkworthy.date_conflicts import DateConflict
from lib.checkworthy.mentions import Mention
from lib.checkworthy.sentences import QUESTION, STATEMENT, Sentence
from lib.phrases import listed, marked, phrase

#: So many sentences are compared, and so many figures of one thing: a table of results is not an article.
MAX_SENTENCES, MAX_FIGURES = 3_000, 40
_WHAT = {
    "duration": marked("This is said to have lasted differently long (%(thing)s): %(figures)s."),
    "count": marked("This is counted differently (%(thing)s): %(figures)s."),
    "amount": marked("The price of this is given differently (%(thing)s): %(figures)s."),
    "share": marked("This share is given differently (%(thing)s): %(figures)s."),
    "date": marked("This is dated differently (%(thing)s): %(figures)s."),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A figure as the text has it: ``body[start:end] == exact``; ``sentence``: where its sentence begins."""

    start: int
    end: int
    exact: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Passages that do not agree: ``kind`` for programs, ``words`` for the editor."""

    kind: str
    words: str
    passages: tuple[Passage, ...]


def find(
    split: Sequence[Sentence], *, speakers: Sequence[str], language: str, published_on: date | None
) -> list[Disagreement]:
    """What disagrees among the statements of a text, in its order. ``speakers`` has one entry for each sentence."""
    pairs = [
        (sentence, speaker)
        for sentence, speaker in zip(split, speakers, strict=True)
        if sentence.kind in (STATEMENT, QUESTION)
    ][:MAX_SENTENCES]
    grouped: dict[tuple[str, str], list[Mention]] = {}
    found: list[Disagreement] = []
    for sentence, speaker in pairs:
        for mention in mentions.of(sentence, speaker=speaker, language=language):
            for thing in mention.things:
                grouped.setdefault((mention.kind, thing), []).append(mention)
        found += [_from_misfit(each, sentence) for each in date_conflicts.of(sentence.text, language, published_on)]
    for (kind, thing), group in grouped.items():
        found += _compared(kind, thing, group[:MAX_FIGURES])
    return _without_repeats(sorted(found, key=lambda each: each.passages[0].start))


def _compared(kind: str, thing: str, group: list[Mention]) -> Iterable[Disagreement]:
    apart: list[Mention] = []
    for one, other in combinations(group, 2):
        if mentions.disagree(one, other):
            apart += [each for each in (one, other) if each not in apart]
    if not apart:
        return
    apart.sort(key=lambda each: each.start)
    said_by_several = len({each.speaker for each in apart if each.speaker}) > 1
    quoted = [_quoted(each, is_said=said_by_several and bool(each.speaker)) for each in _distinct(apart)]
    words = phrase(_WHAT[kind], thing=thing.split("/")[0], figures=listed(quoted))
    passages = tuple(Passage(each.start, each.end, each.exact, each.sentence.start) for each in apart)
    yield Disagreement(kind, words, passages)


def _quoted(each: Mention, *, is_said: bool) -> str:
    quoted = phrase("“%(words)s”", words=each.exact)
    if each.days:
        low, high = each.days
        quoted = phrase("%(quoted)s (%(low)s to %(high)s days)", quoted=quoted, low=low, high=high)
    return phrase("%(quoted)s (said by %(name)s)", quoted=quoted, name=each.speaker) if is_said else quoted


def _distinct(apart: list[Mention]) -> list[Mention]:
    return list({each.exact.lower(): each for each in reversed(apart)}.values())[::-1]


def _from_misfit(misfit: DateConflict, sentence: Sentence) -> Disagreement:
    passages = tuple(
        Passage(sentence.start + start, sentence.start + end, sentence.text[start:end], sentence.start)
        for start, end in misfit.spans
    )
    return Disagreement(misfit.kind, misfit.words, passages)


def _without_repeats(found: list[Disagreement]) -> list[Disagreement]:
    kept: list[Disagreement] = []
    for each in found:
        places = {(passage.start, passage.end) for passage in each.passages}
        if not any(places <= {(p.start, p.end) for p in other.passages} for other in kept if other.kind == each.kind):
            kept.append(each)
    return kept
