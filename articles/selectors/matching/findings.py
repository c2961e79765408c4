"""From what was measured of claims to an answer: their order, and how sure it is that they say the same.

Order and confidence are two numbers. The order compares the claims of one answer; the confidence can be compared
between answers, and decides the group: ``same`` is probably the same claim, ``related`` is about the same subject.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from articles import folding
from articles.selectors.matching.bm25 import Hit, Question
from articles.selectors.matching.details import Detail

#: The score of a claim of the same claimant is multiplied by this.
SAME_CLAIMANT: Final = 1.5
#: What is left of a score where no trigrams agree, so that a script without trigrams keeps its order.
UNLIKE: Final = 0.3
#: Where meanings are compared: the worth of words beside the cosine, and of the cosine of a claim in another language,
#: which has no words to speak for it, above what claims about anything have. Set by the tuning half of bench.match.
WORDS, ACROSS, UNRELATED = 2.0, 4.0, 0.2
#: How sure a finding has to be to count as the same claim. See docs/decisions/0039.
SURE: Final = 0.59
#: The weights of ``signs``, found by ``python -m bench.match --weights``.
WEIGHTS: Final = (-14.18, 10.43, -2.53, 5.3, 4.78, -0.55, 6.78)
#: Where meanings are compared, the same with the cosine; and, of a claim in another language, for the cosine, figures
#: that are missing, and being the first. Found by ``python -m bench.match --meaning --weights``.
WEIGHTS_WITH_MEANING: Final = (-11.56, 10.63, -10.26, 3.43, 4.77, -0.79, 4.61, 3.97)
WEIGHTS_ACROSS: Final = (-5.29, 6.0, -2.08, 2.89)
_FIGURE: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim like the text, and why.

    ``score`` compares the findings of one answer and nothing else. ``confidence`` (0 to 1) says how sure it is that
    the claim says the same. ``common`` are words of the claim that the text has, too, in the order of the claim;
    ``figures`` those of them that are figures. A sibling is a claim of the same article.
    """

    claim_id: UUID
    collection: str
    text: str
    language: str
    score: float
    confidence: float = 0.0
    common: list[str] = field(default_factory=list)
    is_same_claimant: bool = False
    is_sibling: bool = False

    @property
    def is_same(self) -> bool:
        """Whether it is probably the same claim."""
        return self.confidence >= SURE

    @property
    def figures(self) -> list[str]:
        """The figures in common."""
        return [word for word in self.common if _FIGURE.search(word)]


@dataclass(frozen=True, slots=True)
class Findings:
    """The answer in two groups, each best first."""

    same: list[Finding] = field(default_factory=list)
    related: list[Finding] = field(default_factory=list)

    @property
    def ranked(self) -> list[Finding]:
        """All findings, best first, whatever their group."""
        return sorted([*self.same, *self.related], key=lambda one: (-one.score, one.claim_id))

    def __bool__(self) -> bool:
        """Whether anything was found."""
        return bool(self.same or self.related)


def rank(hits: Sequence[Hit], question: Question) -> list[tuple[Finding, Hit]]:
    """The findings of ``hits`` in order; a claim of two collections once, in the one that fits better."""
    best: dict[UUID, tuple[Finding, Hit]] = {}
    scores = _scores(hits, question)
    for hit, score in zip(hits, scores, strict=True):
        found = _finding(hit, question, score)
        known = best.get(hit.claim_id)
        if known is None or (-found.score, hit.collection) < (-known[0].score, known[1].collection):
            best[hit.claim_id] = found, hit
    return sorted(best.values(), key=lambda pair: (-pair[0].score, pair[0].claim_id))


def grouped(ranked: Sequence[tuple[Finding, Hit]], details: Sequence[Detail]) -> Findings:
    """The findings of ``rank`` with their details, in their groups, in order."""
    groups = Findings()
    for place, ((found, hit), detail) in enumerate(zip(ranked, details, strict=True)):
        sure = confidence(*signs(hit, detail, is_first=place == 0))
        finding = replace(found, common=detail.common, confidence=sure)
        (groups.same if finding.is_same else groups.related).append(finding)
    return groups


def is_same_person(name: str, names: Iterable[str]) -> bool:
    """Whether ``name`` is one of ``names``; a title or another first name may stand beside at least two words of it."""
    asked = set(folding.name_key(name).replace(",", " ").split())
    for other in names:
        known = set(folding.name_key(other).replace(",", " ").split())
        fewer = min(asked, known, key=len)
        if asked and (asked == known or (len(fewer) > 1 and fewer == asked & known)):
            return True
    return False


def _scores(hits: Sequence[Hit], question: Question) -> list[float]:
    """The score of each hit: by words, or by words and meaning where any meaning was compared."""
    words = [(hit.words + hit.context_words) * (UNLIKE + hit.covered + hit.covering) for hit in hits]
    if any(hit.cosine is not None for hit in hits):
        words = [_with_meaning(hit, score) for hit, score in zip(hits, words, strict=True)]
    return [score * _of_claimant(hit, question) for hit, score in zip(hits, words, strict=True)]


def _with_meaning(hit: Hit, words: float) -> float:
    cosine = max(hit.cosine or 0.0, 0.0)
    if hit.is_across:
        return ACROSS * max(cosine - UNRELATED, 0.0)
    return cosine + (WORDS * words / hit.best if hit.best else 0.0)


def _of_claimant(hit: Hit, question: Question) -> float:
    return SAME_CLAIMANT if _is_same_claimant(hit, question) else 1.0


def _is_same_claimant(hit: Hit, question: Question) -> bool:
    return bool(question.claimant) and is_same_person(question.claimant, hit.claimants)


def _finding(hit: Hit, question: Question, score: float) -> Finding:
    return Finding(
        hit.claim_id,
        hit.collection,
        hit.text,
        hit.language,
        score,
        is_same_claimant=_is_same_claimant(hit, question),
        is_sibling=hit.is_sibling,
    )


def signs(hit: Hit, detail: Detail, *, is_first: bool) -> tuple[Sequence[float], list[float]]:
    """What speaks for and against a claim that says the same, with a weight for each before it."""
    missing = min(detail.missing_figures, 2)
    if hit.is_across:
        return WEIGHTS_ACROSS, [1.0, max(hit.cosine or 0.0, 0.0), missing, float(is_first)]
    by_words = [
        1.0,
        hit.covered,
        hit.covering,
        detail.share,
        hit.words / hit.best if hit.best else 0.0,
        missing,
        float(is_first),
    ]
    if hit.cosine is None:
        return WEIGHTS, by_words
    return WEIGHTS_WITH_MEANING, [*by_words, max(hit.cosine, 0.0)]


def confidence(weights: Sequence[float], of_claim: Sequence[float]) -> float:
    """How sure it is that the claim says what the text says, from 0 to 1, by its ``signs``."""
    total = sum(weight * sign for weight, sign in zip(weights, of_claim, strict=True))
    return 1 / (1 + math.exp(-total))
