"""What a document is made of. Texts are plain: no markup, any language."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

#: A table's cell or a label longer than this is cut: nobody reads it on paper, and a row must fit on a page.
MAX_CELL = 1200


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 begins a new part, 2 a section of it."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; line breaks in it stay."""

    text: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of somebody else, in the text around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels, each with its value; a label without a value is left out."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, which may be empty; every row has as many cells. ``widths`` are relative."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


Block = Heading | Paragraph | Passage | Facts | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A document; ``made_at`` is an aware time, ``footer`` stands on every page."""

    title: str
    language: str
    made_at: datetime
    footer: str = ""
    blocks: list[Block] = field(default_factory=list)


def runs_left(text: str) -> bool:
    """Whether a text begins from the right: its first letter with a direction is Arabic, Hebrew or the like."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def shortened(text: str) -> str:
    """A text that fits into a cell, with "…" where it was cut."""
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1].rstrip() + "…"


def printable(text: str) -> str:
    """The text without control characters, which files of either kind refuse; line breaks and tabs stay."""
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs"))
