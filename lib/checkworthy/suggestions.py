"""From a text to suggestions: split, find reasons and speakers, rank. Pure: no database, no network, no model."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from lib.checkworthy import disagreements, lexicon, measures, reasons, sentences, speakers
from lib.checkworthy.names import Named
from lib.checkworthy.ranking import Candidate, score
from lib.checkworthy.reasons import Reason
from lib.checkworthy.sentences import Sentence

#: So much of a text is looked at; what lies behind is counted in ``Report.left_out`` and said on the page.
MAX_CODE_POINTS = 250_000
MAX_SENTENCES = 5_000
#: A sentence longer than ``LONG`` code points is a list or a table; after so many of them the rest is not looked at.
LONG, MAX_LONG = 800, 100


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence that may be worth checking: ``body[start:end] == exact``, positions in code points, end exclusive.

    ``key`` names the sentence by its words, so that it is known again in another version of the text. ``score`` is 0…1
    and only orders; 0 means that nothing speaks for checking it. ``claimed_on`` is a guess from a weekday or a date.
    ``features`` are the kinds of reasons, signs and objections with how much there is of each (0…1), for the score.
    """

    start: int
    end: int
    exact: str
    key: str
    paragraph: int
    kind: str
    score: float
    reasons: tuple[Reason, ...]
    against: tuple[str, ...]
    speaker: str = ""
    speaker_role: str = ""
    speaker_is_person: bool = True
    claimed_on: date | None = None
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a text holds: every sentence in its order, the disagreements, and how much was not looked at.

    ``left_out`` counts code points at the end of the text. ``has_rules`` is false for a language without word lists:
    digits and quotation marks are then all that was looked for, and no speaker.
    """

    sentences: tuple[Suggestion, ...]
    disagreements: tuple[disagreements.Disagreement, ...]
    left_out: int
    has_rules: bool = True

    def ranked(self) -> list[Suggestion]:
        """Those with a reason for checking, the most worth checking first, in the text's order where equal."""
        return sorted((each for each in self.sentences if each.score > 0), key=lambda each: (-each.score, each.start))

    def speaker_at(self, start: int, end: int) -> Named | None:
        """Who says the passage from ``start`` to ``end`` (code points); ``None`` where it is not sure.

        All sentences that lie in the passage by half or more, or hold half of it or more, must have the same speaker.
        """
        inside = [each for each in self.sentences if _overlaps(each, start, end)]
        names = {each.speaker for each in inside}
        if len(names) != 1 or not inside[0].speaker:
            return None
        first = inside[0]
        return Named(first.speaker, first.speaker_role, first.speaker_is_person)


def suggest(body: str, *, language: str, published_on: date | None = None) -> Report:
    """Read ``body`` and say which sentences may be worth checking, and what in it does not agree with itself.

    ``language`` is a BCP 47 tag; in one the rules do not know, digits and quotation marks alone count.
    ``published_on`` helps with weekdays and with years that are not named. Raises no exceptions.
    """
    seen = body[:MAX_CODE_POINTS]
    split = list(_bounded(sentences.split(seen, language=language)))
    stopped = len(split) == MAX_SENTENCES or sum(_is_long(each) for each in split) == MAX_LONG
    read_to = split[-1].end if stopped else len(seen)
    memory = speakers.Memory()
    candidates, named = [], []
    for sentence in split:
        memory.enter(sentence.paragraph)
        silent = sentence.kind in (sentences.HEADING, sentences.CAPTION, sentences.REFERENCE)
        speaker = None if silent else speakers.find(sentence.text, language=language, memory=memory)
        findings = reasons.find(sentence.text, language=language)
        named.append(speaker)
        candidates.append(Candidate(sentence, findings, speaker is not None))
    scores = _once([score(each) for each in candidates], split)
    found = tuple(
        _suggestion(candidate, value, speaker, language, published_on)
        for candidate, value, speaker in zip(candidates, scores, named, strict=True)
    )
    who = [each.speaker for each in found]
    flags = disagreements.find(split, speakers=who, language=language, published_on=published_on)
    return Report(found, tuple(flags), len(body) - read_to, lexicon.knows(language))


def _bounded(split: Iterable[Sentence]) -> Iterator[Sentence]:
    """The first sentences of a text, up to the bounds on their number and on the number of very long ones."""
    long = 0
    for sentence in islice(split, MAX_SENTENCES):
        yield sentence
        long += _is_long(sentence)
        if long == MAX_LONG:
            return


def _is_long(sentence: Sentence) -> bool:
    return sentence.end - sentence.start > LONG


def _once(scores: Sequence[float], split: Sequence[Sentence]) -> list[float]:
    """The scores with 0 for a caption or heading that the text has already: each is offered once."""
    seen: set[str] = set()
    kept = []
    for value, sentence in zip(scores, split, strict=True):
        name = (
            ""
            if sentence.kind in (sentences.STATEMENT, sentences.QUESTION)
            else key(sentences.without_credit(sentence.text))
        )
        kept.append(0.0 if name in seen else value)
        seen |= {name} - {""}
    return kept


def speaker_at(text: str, language: str, start: int, end: int) -> Named | None:
    """Who says ``text[start:end]``, as its suggestion names them; ``None`` where it is not sure.

    Reads the whole text. If there is a ``Report`` of the text already, ``Report.speaker_at`` costs nothing.
    """
    return suggest(text, language=language).speaker_at(start, end)


def _overlaps(sentence: Suggestion, start: int, end: int) -> bool:
    shared = min(sentence.end, end) - max(sentence.start, start)
    return shared > 0 and shared * 2 >= min(sentence.end - sentence.start, end - start)


def key(sentence: str) -> str:
    """The name of a sentence by its words alone: letter case, blanks and marks at its edges do not count (SHA-256)."""
    plain = unicodedata.normalize("NFKC", sentence).casefold()
    return hashlib.sha256(" ".join(re.findall(r"\w+", plain)).encode() or plain.encode()).hexdigest()


def _suggestion(
    candidate: Candidate, value: float, speaker: Named | None, language: str, published_on: date | None
) -> Suggestion:
    sentence = candidate.sentence
    return Suggestion(
        start=sentence.start,
        end=sentence.end,
        exact=sentence.text,
        key=key(sentence.text),
        paragraph=sentence.paragraph,
        kind=sentence.kind,
        score=value,
        reasons=candidate.findings.reasons,
        against=candidate.findings.against,
        speaker=speaker.name if speaker else "",
        speaker_role=speaker.role if speaker else "",
        speaker_is_person=speaker.is_person if speaker else True,
        features=tuple(candidate.features().items()),
        claimed_on=_said_on(candidate, language, published_on) if speaker else None,
    )


def _said_on(candidate: Candidate, language: str, published_on: date | None) -> date | None:
    """The last such weekday up to the day of publication: "said on Sunday". ``None`` where no weekday is named."""
    days = lexicon.of(language).days
    if published_on is None or not days:
        return None
    weekday = next(iter(_weekdays(candidate.sentence.text, days)), None)
    if weekday is None or measures.has_full_date(candidate.sentence.text, language):
        return None
    try:
        return published_on - timedelta(days=(published_on.weekday() - weekday) % 7)
    except OverflowError:
        return None


def _weekdays(text: str, days: dict[str, int]) -> Iterable[int]:
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        for stem, number in days.items():
            if word == stem or (len(stem) > 3 and word.startswith(stem) and len(word) <= len(stem) + 3):
                yield number
