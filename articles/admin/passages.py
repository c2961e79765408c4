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


def paragraphs(body: str, appearances: list[Appearance]) -> list[list[Piece]]:
    """The text in paragraphs, each cut where a passage begins or ends. Passages may overlap."""
    made, start = [], 0
    for gap in [*_BREAK.finditer(body), None]:
        end = gap.start() if gap else len(body)
        if body[start:end].strip():
            made.append(_pieces(body, start, end, [a for a in appearances if a.start < end and a.end > start]))
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
