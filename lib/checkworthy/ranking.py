"""How much a sentence asks to be checked. ``make bench-suggest`` measures how well that orders an article."""

from dataclasses import dataclass

from lib.checkworthy.reasons import Findings
from lib.checkworthy.sentences import CAPTION, HEADING, QUESTION, REFERENCE, Sentence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with what was found in it, and whether somebody is named as saying it."""

    sentence: Sentence
    findings: Findings
    has_speaker: bool


#: How much each kind of reason adds: the chance that it alone makes a sentence worth checking.
WEIGHTS = {
    "percentage": 0.66,
    "money": 0.62,
    "number": 0.55,
    "duration": 0.5,
    "date": 0.45,
    "superlative": 0.42,
    "comparison": 0.48,
    "causal": 0.42,
    "denial": 0.36,
    "attribution": 0.4,
    "event": 0.36,
    "absolute": 0.3,
    "reported": 0.3,
    "quotation": 0.12,
}
_FACTUAL = frozenset(WEIGHTS) - {"reported", "quotation", "attribution", "absolute"}
#: What is no statement is still to be had, far below what is.
_BY_KIND = {QUESTION: 0.15, HEADING: 0.35, CAPTION: 0.25, REFERENCE: 0.0}


def score(candidate: Candidate) -> float:
    """A score in 0…1: 0 is not offered, more is more worth checking.

    Adds up reasons as independent chances, then takes off for questions, opinions, headings and captions.
    """
    kinds = {reason.kind for reason in candidate.findings.reasons}
    doubt = 1.0
    for kind in kinds:
        doubt *= 1 - WEIGHTS[kind]
    if candidate.has_speaker and kinds & _FACTUAL:
        doubt *= 0.85
    found = 1 - doubt
    if not kinds & _FACTUAL:
        found *= 0.6
    if "opinion" in candidate.findings.against:
        found *= 0.3 if not kinds & {"number", "percentage", "money", "date"} else 0.6
    if "address" in candidate.findings.against:
        found *= 0.6
    words = len(candidate.sentence.text.split())
    if words < 4:
        found *= 0.6
    return round(found * _BY_KIND.get(candidate.sentence.kind, 1.0), 4)
