"""An article's text as paragraphs, with the marked passages in them."""

import re
from dataclasses import dataclass
from itertools import pairwise

from articles.models import Appearance

_BREAK = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that the same passages cover; ``starts`` are those that begin with it."""

    text: str
    marks: list[Appearance]
    starts: list[Appearance]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph at ``start`` (code points), the blank text before it, and the pieces it is cut into."""

    start: int
    before: str
    pieces: list[Piece]


def paragraphs(body: str, appearances: list[Appearance]) -> list[Paragraph]:
    """The text in paragraphs, each cut where a passage begins or ends. Passages may overlap."""
    made, start, told = [], 0, 0
    for gap in [*_BREAK.finditer(body), None]:
        end = gap.start() if gap else len(body)
        if body[start:end].strip():
            inside = [a for a in appearances if a.start < end and a.end > start]
            made.append(Paragraph(start, body[told:start], _pieces(body, start, end, inside)))
            told = end
        start = gap.end() if gap else end
    return made


def _pieces(body: str, start: int, end: int, marks: list[Appearance]) -> list[Piece]:
    edges = {start, end}
    for mark in marks:
        edges |= {max(start, mark.start), min(end, mark.end)}
    cuts = sorted(edges)
    return [
        Piece(
            body[left:right],
            [mark for mark in marks if mark.start <= left and mark.end >= right],
            [mark for mark in marks if max(mark.start, start) == left and mark.start >= start],
        )
        for left, right in pairwise(cuts)
    ]
