"""The weights of a finding's confidence, by logistic regression on the half of the labelled texts that is not held out.

``python -m bench.match --weights`` prints them, and the lowest confidence with which at least 92 % of the
findings of that half say the same: what ``articles/selectors/matching/findings.py`` has as ``WEIGHTS`` and ``SURE``.
"""

from typing import Any

import numpy as np

from bench.matching.arms import recall_at
from bench.matching.data import Pair

#: The threshold is set for a little more than the 90 % that are aimed at, because other texts are less kind.
PRECISION = 0.92
_STEPS, _RIDGE = 60, 0.05


def report(pairs: list[Pair]) -> None:
    """Find the weights and the threshold, and say what they are worth on both halves."""
    rows, right, held_out, shown, fused = [], [], [], [], []
    for number, pair in enumerate(pairs):
        for place, (is_right, signs, rank) in enumerate(_signs(pair)):
            rows.append(signs)
            fused.append(rank)
            right.append(is_right)
            held_out.append(pair.is_held_out)
            shown.append((number, place))
    matrix, labels, away = np.array(rows), np.array(right, dtype=float), np.array(held_out)
    firsts = np.array([place == 0 for _, place in shown])
    weights = fitted(matrix[~away], labels[~away])
    print("WEIGHTS =", tuple(round(float(weight), 2) for weight in weights))
    sure = 1 / (1 + np.exp(-matrix @ weights))
    _, threshold = recall_at(_listed(sure, labels, ~away), _wanted(pairs, False), precision=PRECISION)
    print(f"SURE = {threshold:.2f}")
    for name, numbers in (("confidence", sure), ("rank fusion", np.array(fused))):
        recall, _ = recall_at(_listed(numbers, labels, away & firsts), _wanted(pairs, True), precision=0.9)
        print(f"held out, first findings: recall at 90 % precision by {name} {recall:.3f}")
    for name, half in (("tuning", ~away), ("held out", away)):
        wanted = _wanted(pairs, name == "held out")
        for which, chosen in (("first findings", half & firsts), ("all findings", half)):
            passed = chosen & (sure >= threshold)
            print(f"{name}, {which}: precision {labels[passed].mean():.3f}, recall {labels[passed].sum() / wanted:.3f}")


def fitted(matrix: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression with a small ridge, by Newton's method."""
    weights = np.zeros(matrix.shape[1])
    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (labels - sure) - _RIDGE * weights
        bend = (matrix * (sure * (1 - sure))[:, None]).T @ matrix + _RIDGE * np.eye(matrix.shape[1])
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def _wanted(pairs: list[Pair], is_held_out: bool) -> int:
    return sum(pair.claim_id is not None and pair.is_held_out == is_held_out for pair in pairs)


def _listed(sure: np.ndarray, labels: np.ndarray, chosen: np.ndarray) -> list[tuple[float, bool]]:
    return [(float(number), bool(label)) for number, label in zip(sure[chosen], labels[chosen], strict=True)]


def _signs(pair: Pair) -> list[tuple[bool, list[float], float]]:
    """Of the first five findings: whether each is right, what speaks for and against it, and its fused rank."""
    from dataclasses import replace

    from articles.selectors.matching import bm25, details, findings, matches

    left_out = [pair.left_out] if pair.left_out else []
    asked = matches.question(text=pair.asked, claimant=pair.claimant, context=pair.context, exclude=left_out)
    asked = replace(asked, language=pair.language)
    hits = bm25.hits("readers", ["published"], asked)
    ranked = findings.rank(hits, asked)[:5]
    measured = details.measure("readers", ["published"], [hit for _, hit in ranked])
    return [
        (found.claim_id == pair.claim_id, findings.signs(hit, detail, is_first=place == 0)[1], _fused(hit, hits))
        for place, ((found, hit), detail) in enumerate(zip(ranked, measured, strict=True))
    ]


def _fused(hit: Any, hits: list[Any]) -> float:
    """Reciprocal-rank fusion of the rankings by words, by the claim in the text, and by the text in the claim."""
    rankings = [[getattr(other, sign) for other in hits] for sign in ("words", "covered", "covering")]
    own = [hit.words, hit.covered, hit.covering]
    return sum(1 / (1 + sum(other > mine for other in ranking)) for mine, ranking in zip(own, rankings, strict=True))
