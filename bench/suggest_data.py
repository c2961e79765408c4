"""The labelled news text behind ``make bench-suggest``: invented, written and labelled by hand.

A text begins with ``== name | language | date of publication``. Each line after it is one sentence: ``+`` worth
checking, ``-`` not; ``@@`` names who is said to say it. An empty line ends a paragraph. ``! one || other`` is a
disagreement the text holds, ``! one`` a date that cannot be.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence: ``body[start:end]``, whether it is worth checking, and who says it (empty: nobody is named)."""

    start: int
    end: int
    worth_checking: bool
    speaker: str


@dataclass(slots=True)
class Text:
    """A labelled text; ``disagreements`` are the figures that do not fit, word for word."""

    name: str
    language: str
    published_on: date
    body: str = ""
    sentences: list[Labelled] = field(default_factory=list)
    disagreements: list[tuple[str, ...]] = field(default_factory=list)


def load(half: str) -> list[Text]:
    """The texts of one half: ``dev``, on which rules may be tuned, or ``heldout``."""
    texts: list[Text] = []
    gap = ""
    for line in (FOLDER / f"suggest-{half}.txt").read_text().splitlines():
        if line.startswith("== "):
            name, language, day = line[3:].split(" | ")
            texts.append(Text(name, language, date.fromisoformat(day)))
        elif line.startswith(("+ ", "- ")):
            _add(texts[-1], line, gap)
            gap = " "
        elif line.startswith("! "):
            texts[-1].disagreements.append(tuple(line[2:].split(" || ")))
        elif not line:
            gap = "\n\n"
    return texts


def _add(text: Text, line: str, gap: str) -> None:
    sentence, _, speaker = line[2:].partition(" @@ ")
    text.body += gap if text.body else ""
    start = len(text.body)
    text.body += sentence
    text.sentences.append(Labelled(start, len(text.body), line[0] == "+", speaker))
