"""How often the speaker of a sentence is found, and how often a wrong one is: ``make bench-speakers``.

``bench/data/speakers.tsv`` holds invented sentences with their speakers, 25 for each of eight languages. About half
were written before their author had read the rules ("blind") and are never changed to suit a rule.
"""

import argparse
import sys
from dataclasses import dataclass, field
from pathlib import Path

from lib.checkworthy import speaker_at

FILE = Path(__file__).parent / "data" / "speakers.tsv"
#: At most this share of all sentences may have a wrong speaker.
MOST_WRONG = 0.02
#: At least this share of the named speakers must be found.
LEAST_FOUND = 0.80


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` is the passage asked about; ``speakers`` are the right answers, none if nobody is named."""

    language: str
    blind: bool
    text: str
    start: int
    end: int
    speakers: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """Counts for one language."""

    sentences: int = 0
    named: int = 0
    found: int = 0
    wrong: list[tuple[Sentence, str]] = field(default_factory=list)
    missed: list[Sentence] = field(default_factory=list)

    def add(self, sentence: Sentence, answer: str) -> None:
        """Count one answer; "" is no answer."""
        self.sentences += 1
        self.named += bool(sentence.speakers)
        if answer and answer in sentence.speakers:
            self.found += 1
        elif answer:
            self.wrong.append((sentence, answer))
        elif sentence.speakers:
            self.missed.append(sentence)


def load() -> list[Sentence]:
    """Every labelled sentence of the file."""
    rows = [line.split("\t") for line in FILE.read_text().splitlines() if line and not line.startswith("#")]
    return [_sentence(*row) for row in rows]


def _sentence(language: str, written: str, marked: str, labels: str) -> Sentence:
    speakers = tuple(name.strip() for name in labels.split("|") if name.strip())
    text = marked.replace("[[", "").replace("]]", "").replace("\\n", "\n")
    plain = marked.replace("\\n", "\n")
    if "[[" not in plain:
        return Sentence(language, written == "blind", text, 0, len(text), speakers)
    start = plain.index("[[")
    return Sentence(language, written == "blind", text, start, plain.index("]]") - 2, speakers)


def measure(sentences: list[Sentence]) -> dict[str, Tally]:
    """The counts by language."""
    tallies: dict[str, Tally] = {}
    for each in sentences:
        found = speaker_at(each.text, each.language, each.start, each.end)
        tallies.setdefault(each.language, Tally()).add(each, found.name if found else "")
    return tallies


def shares(tallies: dict[str, Tally]) -> tuple[float, float]:
    """The share of sentences with a wrong speaker, and of named speakers that were found."""
    every = tallies.values()
    wrong = sum(len(each.wrong) for each in every) / max(1, sum(each.sentences for each in every))
    return wrong, sum(each.found for each in every) / max(1, sum(each.named for each in every))


def main() -> None:
    """Print the counts by language; exit with 1 when a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="also the sentences that were wrong or missed")
    options = parser.parse_args()
    sentences = load()
    tallies = measure(sentences)
    for language, tally in tallies.items():
        print(f"{language}  {tally.sentences} sentences, wrong {len(tally.wrong)}, found {tally.found}/{tally.named}")
        if options.verbose:
            _show(tally)
    for name, part in (("blind", [s for s in sentences if s.blind]), ("later", [s for s in sentences if not s.blind])):
        wrong, found = shares(measure(part))
        print(f"written {name}: wrong {wrong:.1%}, found {found:.1%}")
    wrong, found = shares(tallies)
    print(f"all: wrong {wrong:.1%} (at most {MOST_WRONG:.0%}), found {found:.1%} (at least {LEAST_FOUND:.0%})")
    sys.exit(wrong > MOST_WRONG or found < LEAST_FOUND)


def _show(tally: Tally) -> None:
    for sentence, answer in tally.wrong:
        print(f"    WRONG {answer!r}, not {' | '.join(sentence.speakers) or 'nobody'}: {sentence.text}")
    for sentence in tally.missed:
        print(f"    missed {' | '.join(sentence.speakers)}: {sentence.text}")


if __name__ == "__main__":
    main()
