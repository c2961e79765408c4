"""How well suggestions are ranked, attributed and compared, on text labelled by hand: ``make bench-suggest``.

Average precision (AP) is 1 when every sentence worth checking stands above every other; a ranking at random has the
share of such sentences. Beside the rules stand the two orders that cost nothing: "has a digit", and the text's own.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench import suggest_data
from bench.suggest_data import Labelled, Text
from lib.checkworthy import Report, Suggestion, suggest

#: What a ranker is compared with: each gives a score from a suggestion, ties in the order of the text.
ORDERS: dict[str, Callable[[Suggestion], float]] = {
    "rules": lambda each: each.score,
    "has a digit": lambda each: float(any(char.isdigit() for char in each.exact)),
    "order of the text": lambda each: 0.0,
}


@dataclass(frozen=True, slots=True)
class Share:
    """Right ones of so many."""

    right: int
    of: int

    def __str__(self) -> str:
        return f"{self.right / self.of:.2f} ({self.right}/{self.of})" if self.of else "-"


def average_precision(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """AP of a ranking by score; equal scores keep their order. 0 when nothing is worth checking."""
    ranked = [label for _score, label in sorted(zip(scores, labels, strict=True), key=lambda each: -each[0])]
    hits = [rank for rank, label in enumerate(ranked, start=1) if label]
    return sum(found / rank for found, rank in enumerate(hits, start=1)) / len(hits) if hits else 0.0


def matched(report: Report, text: Text) -> list[tuple[Labelled, Suggestion]]:
    """Each labelled sentence with the suggestion that covers most of it: a wrong split costs."""
    pairs = []
    for label in text.sentences:
        best = max(report.sentences, key=lambda each: min(each.end, label.end) - max(each.start, label.start))
        pairs.append((label, best))
    return pairs


def same_speaker(found: str, label: str) -> bool:
    """Whether one name's words are among the other's: "Oberg" is "Hal Oberg"."""
    one, other = set(found.lower().split()), set(label.lower().split())
    return bool(one and other) and (one <= other or other <= one)


def flags(report: Report, text: Text) -> tuple[int, int, int]:
    """Labelled disagreements that were found, those labelled, and flags raised in all."""
    raised = [{passage.exact for passage in flag.passages} for flag in report.disagreements]
    hit = sum(any(all(_quoted(part, shown) for part in label) for shown in raised) for label in text.disagreements)
    return hit, len(text.disagreements), len(raised)


def _quoted(part: str, shown: set[str]) -> bool:
    return any(part in exact or exact in part for exact in shown)


def measure(half: str, *, verbose: bool = False) -> dict[str, object]:
    """Every measure for one half, by name."""
    texts = suggest_data.load(half)
    scores: dict[str, list[float]] = {name: [] for name in ORDERS}
    labels: list[bool] = []
    split, named, spoken, attributed, flagged = 0, 0, 0, 0, [0, 0, 0]
    per_text: dict[str, list[float]] = {name: [] for name in ORDERS}
    for text in texts:
        report = suggest(text.body, language=text.language, published_on=text.published_on)
        pairs = matched(report, text)
        truth = [label.worth_checking for label, _found in pairs]
        labels += truth
        for name, order in ORDERS.items():
            mine = [order(found) for _label, found in pairs]
            scores[name] += mine
            per_text[name].append(average_precision(mine, truth))
        split += sum((label.start, label.end) == (found.start, found.end) for label, found in pairs)
        right = [bool(label.speaker) and same_speaker(found.speaker, label.speaker) for label, found in pairs]
        named += sum(right)
        spoken += sum(bool(label.speaker) for label, _found in pairs)
        attributed += sum(bool(found.speaker) for _label, found in pairs)
        flagged = [sum(each) for each in zip(flagged, flags(report, text), strict=True)]
        if verbose:
            _show(text, report, pairs)
    return {
        "sentences": len(labels),
        "worth checking": f"{sum(labels) / len(labels):.2f}",
        **{f"AP, {name}": f"{average_precision(scores[name], labels):.3f}" for name in ORDERS},
        **{f"AP by text, {name}": f"{sum(each) / len(each):.3f}" for name, each in per_text.items()},
        "sentences split as labelled": Share(split, len(labels)),
        "speakers found": Share(named, spoken),
        "speakers right": Share(named, attributed),
        "disagreements found": Share(flagged[0], flagged[1]),
        "flags right": Share(flagged[0], flagged[2]),
    }


def _show(text: Text, report: Report, pairs: list[tuple[Labelled, Suggestion]]) -> None:
    print(f"--- {text.name}")
    for label, found in pairs:
        shown = "" if (label.start, label.end) == (found.start, found.end) else f" SPLIT {found.exact!r}"
        if label.speaker or found.speaker:
            ok = "ok" if same_speaker(found.speaker, label.speaker) else "NO"
            shown += f" [{ok}: {found.speaker!r} ({found.speaker_role}), labelled {label.speaker!r}]"
        kinds = ",".join(reason.kind for reason in found.reasons)
        sign, words = "+" if label.worth_checking else "-", text.body[label.start : label.end][:90]
        print(f"{sign} {found.score:.2f} {words}{shown} {kinds}")
    for flag in report.disagreements:
        print("  !", flag.words)


def main() -> None:
    """Print the measures of both halves, and how long a long article takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["dev", "heldout"], help="one half, sentence by sentence")
    options = parser.parse_args()
    if options.half:
        measure(options.half, verbose=True)
    for half in ("dev", "heldout"):
        print(f"\n{half}")
        for name, value in measure(half).items():
            print(f"  {name:<34}{value}")
    body = "\n".join(text.body for text in suggest_data.load("dev") if text.language == "en")
    long = (body + "\n") * (60_000 // len(body.split()) + 1)
    began = time.process_time()
    report = suggest(long, language="en")
    took = time.process_time() - began
    print(f"\n{len(long.split()):,} words: {took:.1f} s of processor time, {report.left_out} characters left out")


if __name__ == "__main__":
    main()
