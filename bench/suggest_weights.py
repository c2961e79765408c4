"""Chooses the weights of reasons and signs for ``lib/checkworthy/ranking.py``: logistic regression on the dev half.

The half has few sentences, so the weights are held near a starting point: what each reason's precision was on a public
set of debate sentences labelled by others, and 0 for the signs. The held-out half is never read here.
"""

import argparse
import math

from bench import suggest_data
from bench.suggest import matched
from lib.checkworthy import suggest

#: Of the sentences with this reason, so many were worth checking, on text that is not part of this repository.
PRECISION = {
    "percentage": 0.94,
    "money": 0.89,
    "number": 0.77,
    "date": 0.73,
    "comparison": 0.72,
    "event": 0.68,
    "duration": 0.66,
    "reported": 0.49,
    "superlative": 0.45,
    "causal": 0.39,
    "absolute": 0.37,
    "quotation": 0.22,
    "opinion": 0.14,
}
#: The starting point of what was not measured there.
START = {"denial": 0.5, "attribution": 0.5, "promise": -4.0}


def start(feature: str) -> float:
    """Where a weight begins: the log-odds of its precision, or what ``START`` says."""
    if feature in PRECISION:
        return math.log(PRECISION[feature] / (1 - PRECISION[feature]))
    return START.get(feature, 0.0)


def examples() -> list[list[tuple[dict[str, float], bool]]]:
    """For each text of the dev half: the features of its statements, and whether each is worth checking."""
    texts = []
    for text in suggest_data.load("dev"):
        report = suggest(text.body, language=text.language, published_on=text.published_on)
        pairs = matched(report, text)
        rows = [(dict(found.features), label.worth_checking) for label, found in pairs if found.kind == "statement"]
        texts.append(rows)
    return texts


def fit(rows: list[tuple[dict[str, float], bool]], *, strength: float, steps: int) -> tuple[float, dict[str, float]]:
    """Bias and weights that minimise the log loss, held near their starting points with the given strength."""
    names = sorted({name for features, _label in rows for name in features} | set(PRECISION) | set(START))
    weights = {name: start(name) for name in names}
    bias = 0.0
    for _ in range(steps):
        slope, tilt = dict.fromkeys(names, 0.0), 0.0
        for features, label in rows:
            total = bias + sum(weights[name] * value for name, value in features.items())
            error = 1 / (1 + math.exp(-total)) - label
            tilt += error
            for name, value in features.items():
                slope[name] += error * value
        bias -= 0.01 * tilt
        for name in names:
            weights[name] -= 0.01 * (slope[name] + strength * (weights[name] - start(name)))
    return bias, weights


def loss_of_unseen(texts: list[list[tuple[dict[str, float], bool]]], *, strength: float, steps: int) -> float:
    """The log loss on each text with weights fitted on the others: the smaller, the better the strength."""
    loss = 0.0
    for number, unseen in enumerate(texts):
        rows = [row for other, text in enumerate(texts) if other != number for row in text]
        bias, weights = fit(rows, strength=strength, steps=steps)
        for features, label in unseen:
            total = bias + sum(weights.get(name, 0.0) * value for name, value in features.items())
            loss += math.log(1 + math.exp(-total if label else total))
    return loss


def main() -> None:
    """Print the weights as they are written in ``ranking.py``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compare", action="store_true", help="compare strengths by texts left out of the fit")
    parser.add_argument("--strength", type=float, default=1.0, help="how firmly the starting points hold")
    parser.add_argument("--steps", type=int, default=6000)
    options = parser.parse_args()
    texts = examples()
    for strength in (0.05, 0.1, 0.2, 0.5, 1, 2, 4) if options.compare else ():
        loss = loss_of_unseen(texts, strength=strength, steps=2000)
        print(f"# strength {strength}: log loss {loss:.2f}")
    rows = [row for text in texts for row in text]
    bias, weights = fit(rows, strength=options.strength, steps=options.steps)
    print(f"# {len(rows)} statements\nBIAS = {bias:.2f}\nWEIGHTS = {{")
    for name, weight in sorted(weights.items(), key=lambda each: -each[1]):
        print(f'    "{name}": {weight:.2f},')
    print("}")


if __name__ == "__main__":
    main()
