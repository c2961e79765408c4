"""Search by meaning beside search by words: within each language, and from other languages to English claims."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.conf import settings

from bench.matching.across import Asked, across, within
from bench.matching.arms import Measures, measured
from bench.matching.data import Labelled
from bench.matching.weights import fitted

_FIRST, _WIDE = 5, 10
#: The encoder has not learnt this language.
_UNKNOWN = "az"


@dataclass(frozen=True, slots=True)
class _Answer:
    """A question with what was found: whether each finding is right, its weights, and its signs."""

    asked: Asked
    found: list[tuple[Any, float]]
    signs: list[tuple[bool, bool, list[float]]]


def report(known: Labelled, *, find_weights: bool) -> None:
    """Fill the vectors and print the measures; or the weights that the tuning half gives."""
    from articles import meaning
    from articles.selectors.matching import vectors
    from articles.services import vectors as filling
    from lib.encoding import PACKAGED

    sets = {"within": within(known), "across": across(known)}
    settings.SEMANTIC_ENCODER = ""
    words = {name: [_answer(asked) for asked in rows] for name, rows in sets.items()}
    settings.SEMANTIC_ENCODER = PACKAGED
    encoder = meaning.load()
    print(f"{encoder.name}: {filling.fill(encoder)}")
    vectors.load("readers", "published", encoder.name)
    both = {name: [_answer(asked) for asked in rows] for name, rows in sets.items()}
    if find_weights:
        _report_weights([*both["within"], *both["across"]])
        return
    print(f"\n{'held out':34}{'MAP@5':>8}{'S@10':>8}{'AUC':>8}{'recall at 90 %':>16}")
    for name in sets:
        for way, answers in (("words", words[name]), ("words and meaning", both[name])):
            _report_row(f"{name} languages, {way}", _measures(answers))
            _report_row(f"   without {_UNKNOWN}", _measures(answers, without=_UNKNOWN))


def _report_row(head: str, row: Measures) -> None:
    print(f"{head:34}{row.map5:8.3f}{row.s10:8.3f}{row.auc:8.3f}{row.recall:16.3f}")


def _measures(answers: list[_Answer], *, without: str = "") -> Measures:
    chosen = [one for one in answers if one.asked.pair.is_held_out and one.asked.pair.language != without]
    return measured([(one.asked.pair, one.found) for one in chosen])


def _report_weights(answers: list[_Answer]) -> None:
    for name, is_across in (("WEIGHTS_WITH_MEANING", False), ("WEIGHTS_ACROSS", True)):
        rows = [
            (one.asked.pair.is_held_out, is_right, signs)
            for one in answers
            for is_right, is_other, signs in one.signs
            if is_other == is_across
        ]
        held_out, labels = np.array([row[0] for row in rows]), np.array([row[1] for row in rows], dtype=float)
        matrix = np.array([row[2] for row in rows])
        weights = fitted(matrix[~held_out], labels[~held_out])
        print(name, "=", tuple(round(float(weight), 2) for weight in weights))


def _answer(asked: Asked) -> _Answer:
    from articles.selectors.matching import bm25, details, findings, matches, near

    pair, collections = asked.pair, ["published"]
    question = matches.question(text=pair.asked, claimant=pair.claimant, context=pair.context, exclude=asked.exclude)
    question = replace(question, language=pair.language)
    hits = bm25.hits("readers", collections, question)  # type: ignore[arg-type]
    hits = near.with_nearest("readers", collections, question, [pair.language], hits)  # type: ignore[arg-type]
    ranked = findings.rank(hits, question)[:_WIDE]
    found = details.measure("readers", collections, [hit for _, hit in ranked])  # type: ignore[arg-type]
    signs = [
        (hit, findings.signs(hit, detail, is_first=place == 0))
        for place, ((_, hit), detail) in enumerate(zip(ranked, found, strict=True))
    ]
    return _Answer(
        asked,
        [(hit.claim_id, findings.confidence(*of_hit)) for hit, of_hit in signs],
        [(hit.claim_id == pair.claim_id, hit.is_across, of_hit[1]) for hit, of_hit in signs[:_FIRST]],
    )
