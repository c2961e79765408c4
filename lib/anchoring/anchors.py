"""Finding passages of one text in the next: exact, moved, ambiguous, lost. Nothing is stored here.

As the W3C Web Annotation model has it, the quote comes first and the position is a hint. The hint is not a number: a
text that gained a paragraph moved every number. It is the place between the words around it that both texts share.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from enum import StrEnum
from itertools import islice

from lib.anchoring import quotes

#: From this share of common words on (Dice's coefficient), a passage is taken for the old one reworded.
REWORDED = 0.6
#: Below that, the nearest passage is still shown beside a lost one.
NEAREST = 0.35
#: Two candidates that are closer to each other than this cannot be told apart by a machine.
MARGIN = 0.1
#: How many candidates a person is shown.
MOST_CANDIDATES = 5
#: Limits of a search, for any texts: occurrences counted, occurrences looked at, places a word is
#: looked for at and all words together, places compared word by word, words of a quote, equal pairs of words there.
_OCCURRENCES, _LOOKED_AT, _PLACES, _VOTES, _COMPARED, _QUOTE_WORDS, _PAIRS = 200, 20, 300, 3_000, 4, 300, 6_000
_SHINGLE = 4

#: A word: letters, digits and the marks and joiners inside them. Scripts written without blanks count by letters.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\s!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u2027\u2030-\u205e\u3000-\u303f\uff00-\uff0f"
    r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff،؛؟۔।॥]+"
)
_SENTENCE_END = re.compile(r"[.!?…؟۔।。]['\"”’»)\]]*\s|\n")


class State(StrEnum):
    """The result for a passage."""

    EXACT = "exact"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A marked passage: the quote, the text around it, and where it began, in code points."""

    exact: str
    prefix: str
    suffix: str
    start: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage of the new text that may be the old one. ``similarity`` and ``context`` go from 0 to 1."""

    start: int
    end: int
    similarity: float
    context: float
    is_in_place: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """The result for a passage. ``candidates``: the likeliest first; for a lost one, the nearest there is."""

    state: State
    candidates: list[Candidate]


def compare(old: str, new: str, anchors: Iterable[Anchor]) -> list[Finding]:
    """Look for each of ``anchors`` (of ``old``) in ``new``.

    Exact: the quote stands in the new text as often as in the old, and one of these times at the same place with the
    same words around it. Moved: it stands there once, but elsewhere or among other words, or one passage is near
    enough. Ambiguous: several could be it. Lost: none is.
    """
    comparison = _Comparison(old, new)
    return [comparison.finding(anchor) for anchor in anchors]


class _Words:
    """A text as words, each with where it begins and ends, compared without regard to case."""

    def __init__(self, body: str) -> None:
        found = list(_WORD.finditer(body))
        self.words = [match.group().casefold() for match in found]
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]

    def at(self, position: int) -> int:
        """The number of the first word at or after a position."""
        return bisect_left(self.starts, position)

    def unique_shingles(self) -> dict[tuple[str, ...], int]:
        """Each run of a few words that stands there once, with its number."""
        seen: dict[tuple[str, ...], int] = {}
        for number, shingle in enumerate(zip(*(self.words[n:] for n in range(_SHINGLE)), strict=False)):
            seen[shingle] = -1 if shingle in seen else number
        return {shingle: number for shingle, number in seen.items() if number >= 0}


class _Comparison:
    """Two texts, and what is worked out once for all passages."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.was, self.now = _Words(old), _Words(new)
        theirs = self.now.unique_shingles()
        pairs = [(number, theirs[key]) for key, number in self.was.unique_shingles().items() if key in theirs]
        self.chain = _longest_chain(sorted(pairs))
        self.places: dict[str, list[int]] = {}
        for number, word in enumerate(self.now.words):
            self.places.setdefault(word, []).append(number)

    def finding(self, anchor: Anchor) -> Finding:
        """The result for one passage."""
        starts = list(islice(quotes.occurrences(self.new, anchor.exact), _OCCURRENCES))
        if not starts:
            return self._reworded(anchor)
        hint = self._expected(self.was.at(anchor.start))
        nearest = sorted(starts, key=lambda start: abs(start - hint))[:_LOOKED_AT]
        found = [self._candidate(anchor, start, start + len(anchor.exact), 1.0) for start in nearest]
        before = sum(1 for _ in islice(quotes.occurrences(self.old, anchor.exact), _OCCURRENCES))
        same = [candidate for candidate in found if candidate.is_in_place and candidate.context == 1]
        if len(same) == 1 and len(starts) == before < _OCCURRENCES:
            return Finding(State.EXACT, same)
        found.sort(key=lambda candidate: (not candidate.is_in_place, -candidate.context, candidate.start))
        state = State.MOVED if len(starts) == 1 else State.AMBIGUOUS
        return Finding(state, found[:MOST_CANDIDATES])

    def _reworded(self, anchor: Anchor) -> Finding:
        found = sorted(self._alike(anchor), key=lambda c: (-c.similarity, not c.is_in_place, -c.context, c.start))
        near = [candidate for candidate in found if candidate.similarity >= REWORDED]
        if not near:
            return Finding(State.LOST, [c for c in found if c.similarity >= NEAREST][:1])
        rivals = [candidate for candidate in near if near[0].similarity - candidate.similarity < MARGIN]
        state = State.MOVED if len(rivals) == 1 else State.AMBIGUOUS
        return Finding(state, near[:MOST_CANDIDATES])

    def _candidate(self, anchor: Anchor, start: int, end: int, similarity: float) -> Candidate:
        prefix, suffix = quotes.context(self.new, start, end)
        before = _common(_within(anchor.prefix[::-1]), _within(prefix[::-1]))
        context = (before + _common(_within(anchor.suffix), _within(suffix))) / 2
        in_place = self._is_in_place(self.was.at(anchor.start), self.now.at(start))
        return Candidate(start, end, round(similarity, 3), round(context, 3), in_place)

    def _is_in_place(self, was: int, now: int) -> bool:
        """Whether a word lies between the same neighbours as before: the last and next words common to both texts."""
        olds, news = self.chain
        place = bisect_right(olds, was)
        after = news[place - 1] if place else -1
        before = news[place] if place < len(news) else len(self.now.words) + 1
        return after <= now <= before

    def _expected(self, was: int) -> int:
        """About where a word would stand if nothing around it had changed, in code points."""
        olds, news = self.chain
        place = bisect_right(olds, was) - 1
        now = news[place] + was - olds[place] if place >= 0 else was
        return self.now.starts[min(now, len(self.now.starts) - 1)] if self.now.starts else 0

    # --- A passage whose words changed ------------------------------------------------------------------
    def _alike(self, anchor: Anchor) -> Iterator[Candidate]:
        """Passages that share words with the quote, none twice."""
        quote = _WORD.findall(anchor.exact)[:_QUOTE_WORDS]
        words = [word.casefold() for word in quote]
        taken: list[tuple[int, int]] = []
        matches = [self._match(words, near) for near in self._likely(words)] if words else []
        for similarity, first, last in sorted(filter(None, matches), reverse=True):
            if all(last < a or first > b for a, b in taken):
                taken.append((first, last))
                yield self._candidate(anchor, *self._edges(anchor.exact, first, last), similarity)

    def _likely(self, words: Sequence[str]) -> list[int]:
        """Where to look closer: numbers of words at which many of the quote's would stand where they should."""
        step = max(4, len(words) // 2)
        known = [self.places.get(word, []) for word in words]
        limit = _PLACES if any(0 < len(places) <= _PLACES for places in known) else len(self.now.words)
        votes: Counter[int] = Counter()
        for number, places in enumerate(known):
            if len(places) <= limit:
                for place in places[: max(4, _VOTES // len(words))]:
                    slot = (place - number) // step
                    votes[slot] += 2
                    votes[slot - 1] += 1
        best = sorted(votes, key=lambda slot: (-votes[slot], slot))[:_COMPARED]
        return [slot * step for slot in best if 3 * votes[slot] >= votes[best[0]]]

    def _match(self, words: Sequence[str], near: int) -> tuple[float, int, int] | None:
        """The likest run of words around ``near``: similarity, first word, last word."""
        begin = max(0, near - len(words) // 2 - 2)
        window = self.now.words[begin : near + 2 * len(words) + 4]
        counts = Counter(window)
        if sum(counts[word] for word in words) > _PAIRS:  # the same few words over and over: compared by their number
            shared = (Counter(words) & Counter(window[: len(words)])).total()
            return shared / len(words), begin, begin + min(len(words), len(window)) - 1
        blocks = [b for b in SequenceMatcher(None, words, window, autojunk=False).get_matching_blocks() if b.size]
        blocks = _dense(blocks, len(words))
        if not blocks:
            return None
        head, tail = blocks[0], blocks[-1]
        first = self._widened(begin + head.b, -1, head.a)
        last = self._widened(begin + tail.b + tail.size - 1, 1, len(words) - tail.a - tail.size)
        return _dice(blocks, len(words), last - first + 1), first, last

    def _widened(self, word: int, step: int, count: int) -> int:
        """Up to ``count`` words further in the sentence: those that stand where the quote's changed ones stood."""
        for _ in range(count):
            following = word + step
            if not 0 <= following < len(self.now.words):
                break
            left, right = sorted((word, following))
            if _SENTENCE_END.search(self.new[self.now.ends[left] : self.now.starts[right]]):
                break
            word = following
        return word

    def _edges(self, quote: str, first: int, last: int) -> tuple[int, int]:
        """From words to code points, with the marks that the quote has at its ends where the new text has them too."""
        start, end = self.now.starts[first], self.now.ends[last]
        found = list(_WORD.finditer(quote))
        lead, tail = quote[: found[0].start()], quote[found[-1].end() :]
        if lead and self.new[:start].endswith(lead):
            start -= len(lead)
        if tail and self.new.startswith(tail, end):
            end += len(tail)
        return start, end


def _longest_chain(pairs: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """The most pairs that keep their order in both texts (patience sorting). What is not among them has moved."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (_, new) in enumerate(pairs):
        pile = bisect_left(tops, new)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [new]
        piles[pile : pile + 1] = [number]
    kept: list[tuple[int, int]] = []
    number = piles[-1] if piles else -1
    while number >= 0:
        kept.append(pairs[number])
        number = before[number]
    kept.reverse()
    return [old for old, _ in kept], [new for _, new in kept]


def _within(outwards: str) -> str:
    """What lies in the passage's own paragraph: its neighbours may go without it having moved."""
    return outwards.split("\n", 1)[0]


def _common(before: str, after: str) -> float:
    """How much of the nearest words around a passage is the same, read outwards, ignoring blanks."""
    a, b = "".join(before.split()), "".join(after.split())
    length = min(len(a), len(b))
    if not length:
        return 1.0 if a == b else 0.0
    same = next((n for n in range(length) if a[n] != b[n]), length)
    return same / length


def _dense(blocks: list[Match], size: int) -> list[Match]:
    """The run of ``blocks`` that is likest: without stray words that would stretch a match over half a page."""
    best, rated = blocks[:1], 0.0
    for first, head in enumerate(blocks[:40]):
        shared = 0
        for last, tail in enumerate(blocks[first:40], first + 1):
            shared += tail.size
            dice = 2 * shared / (size + tail.b + tail.size - head.b)
            if dice > rated:
                best, rated = blocks[first:last], dice
    return best


def _dice(blocks: list[Match], size: int, span: int) -> float:
    return 2 * sum(block.size for block in blocks) / (size + span)
