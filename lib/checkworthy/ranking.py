"""How much a sentence asks to be checked. ``make bench-suggest`` measures it."""

import math
from dataclasses import dataclass

from lib.checkworthy.reasons import Findings
from lib.checkworthy.sentences import CAPTION, HEADING, QUESTION, REFERENCE, Sentence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with what was found in it, and whether somebody is named as saying it."""

    sentence: Sentence
    findings: Findings
    has_speaker: bool

    def features(self) -> dict[str, float]:
        """Each kind of reason, sign and objection that was found, with how much of it there is (0…1)."""
        found = {reason.kind: 1.0 for reason in self.findings.reasons}
        found |= dict.fromkeys(self.findings.against, 1.0)
        return found | self.findings.signs | ({"speaker": 1.0} if self.has_speaker else {})


#: Log-odds of a statement with nothing in it, and what each reason, sign and objection adds. Chosen on the dev half by
#: ``bench/suggest_weights.py``; see docs/decisions/0018.
BIAS = -2.23
WEIGHTS = {
    "percentage": 2.81,
    "money": 2.43,
    "number": 2.08,
    "event": 1.51,
    "date": 1.50,
    "comparison": 1.41,
    "duration": 1.19,
    "length": 1.08,
    "reported": 1.02,
    "superlative": 0.90,
    "denial": 0.80,
    "past": 0.75,
    "speaker": 0.74,
    "absolute": 0.70,
    "attribution": 0.70,
    "name": 0.32,
    "causal": 0.08,
    "future": -0.08,
    "opening": -0.14,
    "address": -0.41,
    "quotation": -0.99,
    "opinion": -2.25,
    "promise": -4.01,
}
#: What is no statement is still to be had, far below what is.
_BY_KIND = {QUESTION: 0.15, HEADING: 0.35, CAPTION: 0.25, REFERENCE: 0.0}


def score(candidate: Candidate) -> float:
    """A score in 0…1: 0 is not offered, more is more worth checking.

    Adds up what was found as log-odds. Questions, headings and captions come far below statements.
    """
    if not candidate.findings.reasons:
        return 0.0
    odds = BIAS + sum(WEIGHTS[kind] * value for kind, value in candidate.features().items())
    return round(_BY_KIND.get(candidate.sentence.kind, 1.0) / (1 + math.exp(-odds)), 4)
