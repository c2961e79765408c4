"""The weights of a finding's confidence, by logistic regression on the half of the labelled texts that is not held out.

``python -m bench.match --weights`` prints them, and the lowest confidence with which at least 92 % of the
findings of that half say the same: what ``articles/selectors/matching/findings.py`` has as ``WEIGHTS`` and ``SURE``.
"""

import numpy as np

from bench.match_arms import recall_at
from bench.match_data import Pair

#: The threshold is set for a little more than the 90 % that are aimed at, because other texts are less kind.
PRECISION = 0.92
_STEPS, _RIDGE = 60, 0.05


def report(pairs: list[Pair]) -> None:
    """Find the weights and the threshold, and say what they are worth on both halves."""
    rows, right, held_out, shown = [], [], [], []
    for number, pair in enumerate(pairs):
        for place, (is_right, signs) in enumerate(_signs(pair)):
            rows.append(signs)
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


def _signs(pair: Pair) -> list[tuple[bool, list[float]]]:
    """Of the first five findings: whether each is right, and what speaks for and against it."""
    from dataclasses import replace

    from articles.selectors.matching import bm25, findings, matches

    left_out = [pair.left_out] if pair.left_out else []
    asked = matches.question(text=pair.asked, claimant=pair.claimant, context=pair.context, exclude=left_out)
    asked = replace(asked, language=pair.language)
    ranked = findings.rank(bm25.hits("readers", ["published"], asked), asked)[:5]
    details = bm25.details("readers", ["published"], [hit for _, hit in ranked])
    return [
        (
            found.claim_id == pair.claim_id,
            findings.signs(hit, detail, found.score / ranked[0][0].score, is_first=place == 0),
        )
        for place, ((found, hit), detail) in enumerate(zip(ranked, details, strict=True))
    ]
