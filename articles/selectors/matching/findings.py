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
#: How sure a finding has to be to count as the same claim. See docs/decisions/0039.
SURE: Final = 0.59
#: The weights of ``signs``, found by ``python -m bench.match --weights``.
WEIGHTS: Final = (-14.18, 10.43, -2.53, 5.3, 4.78, -0.55, 6.78)
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
    for hit in hits:
        found = _finding(hit, question)
        known = best.get(hit.claim_id)
        if known is None or (-found.score, hit.collection) < (-known[0].score, known[1].collection):
            best[hit.claim_id] = found, hit
    return sorted(best.values(), key=lambda pair: (-pair[0].score, pair[0].claim_id))


def grouped(ranked: Sequence[tuple[Finding, Hit]], details: Sequence[Detail]) -> Findings:
    """The findings of ``rank`` with their details, in their groups, in order."""
    groups = Findings()
    for place, ((found, hit), detail) in enumerate(zip(ranked, details, strict=True)):
        sure = confidence(signs(hit, detail, is_first=place == 0))
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


def _finding(hit: Hit, question: Question) -> Finding:
    is_same_claimant = bool(question.claimant) and is_same_person(question.claimant, hit.claimants)
    likeness = UNLIKE + hit.covered + hit.covering
    score = (hit.words + hit.context_words) * likeness * (SAME_CLAIMANT if is_same_claimant else 1)
    return Finding(
        hit.claim_id,
        hit.collection,
        hit.text,
        hit.language,
        score,
        is_same_claimant=is_same_claimant,
        is_sibling=hit.is_sibling,
    )


def signs(hit: Hit, detail: Detail, *, is_first: bool) -> list[float]:
    """What speaks for and against a claim that says the same; ``WEIGHTS`` has a weight for each, in this order."""
    return [
        1.0,
        hit.covered,
        hit.covering,
        detail.share,
        hit.words / hit.best if hit.best else 0.0,
        min(detail.missing_figures, 2),
        float(is_first),
    ]


def confidence(of_claim: Sequence[float]) -> float:
    """How sure it is that the claim says what the text says, from 0 to 1, by its ``signs``."""
    total = sum(weight * sign for weight, sign in zip(WEIGHTS, of_claim, strict=True))
    return 1 / (1 + math.exp(-total))
