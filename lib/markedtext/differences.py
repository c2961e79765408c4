"""What differs between two plain texts, at positions of the new one."""

from collections.abc import Iterator
from dataclasses import dataclass

from lib.anchoring import text_diff


@dataclass(frozen=True, slots=True)
class Change:
    """``new[start:end]`` was added, ``removed`` stood there before; one of them may be empty."""

    start: int
    end: int
    removed: str


def between(old: str, new: str) -> list[Change]:
    """The changes in the order of ``new``. A paragraph that only moved is no change; single lines belong together."""
    if old.strip() and new.strip() and "\n" not in old + new:
        return list(_in_line(0, text_diff.words(old, new)))
    found: list[Change] = []
    lines = _lines(new)
    at, end = next(lines, (0, 0))
    for row in text_diff.paragraphs(old, new):
        if row.kind == "moved_away":
            continue
        if row.kind == "removed":
            found.append(Change(at, at, " ".join(piece.text for piece in row.pieces)))
            continue
        if row.kind not in ("same", "moved_here"):
            found += _in_line(at, row.pieces)
        at, end = next(lines, (end, end))
    return found


def _in_line(at: int, pieces: list[text_diff.Piece]) -> Iterator[Change]:
    removed = ""
    for piece in pieces:
        if piece.kind == "removed":
            removed = piece.text
            continue
        if piece.kind == "added":
            yield Change(at, at + len(piece.text), removed)
            removed = ""
        elif removed:
            yield Change(at, at, removed)
            removed = ""
        at += len(piece.text)
    if removed:
        yield Change(at, at, removed)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each line with text begins and ends, blanks around it left out."""
    offset = 0
    for line in text.split("\n"):
        if stripped := line.strip():
            start = offset + line.index(stripped)
            yield start, start + len(stripped)
        offset += len(line) + 1
