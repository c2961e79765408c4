"""What differs between two texts, in words a person can follow: word by word, paragraph by paragraph."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

#: Comparing costs up to the product of both lengths; beyond this, whole lines are compared instead of words.
MAX_WORK = 2_000_000
#: Changes with no more than this many equal words between them are shown as one.
BRIDGE = 2
#: Texts of more paragraphs than this are compared from both ends only: what lies between counts as replaced.
MAX_PARAGRAPHS = 4_000
#: Two paragraphs share at least this part of their words when one is shown as the other's new wording.
SAME_PARAGRAPH = 0.4

#: A link into the same page says nothing that its words do not.
_LINK = re.compile(r'<a href="([^"#][^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_CELL = re.compile(r"</t[hd]>(?=<t[hd])")
_ENDS = re.compile(r"<br>|</(?:p|li|h2|h3|h4|blockquote|ul|ol|tr|caption|table|figcaption)>")
_TAGS = re.compile(r"<[^>]+>")
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph before and after. ``kind``: same, changed, added, removed, moved_here, moved_away."""

    kind: str
    pieces: list[Piece]


def words(old: str, new: str) -> list[Piece]:
    """``old`` turned into ``new``, word by word."""
    a, b = _TOKENS.findall(old), _TOKENS.findall(new)
    if len(a) * len(b) > MAX_WORK:
        a, b = _LINES.findall(old), _LINES.findall(new)
    pieces: list[Piece] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=len(a) * len(b) > MAX_WORK).get_opcodes():
        removed, added = "".join(a[i1:i2]), "".join(b[j1:j2])
        if kind == "equal":
            pieces.append(Piece("same", removed))
            continue
        pieces += [Piece(name, text) for name, text in (("removed", removed), ("added", added)) if text]
    return _merge_small_gaps(pieces)


def paragraphs(old: str, new: str) -> list[Row]:
    """Both texts as one list of paragraphs, in the order of the new one; what only moved is said to have moved."""
    a = [line.strip() for line in old.split("\n") if line.strip()]
    b = [line.strip() for line in new.split("\n") if line.strip()]
    moved = set(a) & set(b)
    rows: list[Row] = []
    for kind, i1, i2, j1, j2 in _opcodes(a, b):
        if kind == "equal":
            rows += [Row("same", [Piece("same", line)]) for line in a[i1:i2]]
        else:
            rows += _replaced(a[i1:i2], b[j1:j2], moved)
    return rows


def readable(html: str) -> str:
    """Rich text as plain lines, addresses of links kept: a changed link is a change."""
    linked = _CELL.sub(" | ", _LINK.sub(r"\2 (\1)", html))
    text = unescape(_TAGS.sub("", _ENDS.sub("\n", linked.replace("\n", " "))))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _opcodes(a: list[str], b: list[str]) -> list[tuple[str, int, int, int, int]]:
    if max(len(a), len(b)) <= MAX_PARAGRAPHS:
        return list(SequenceMatcher(None, a, b, autojunk=False).get_opcodes())
    limit = min(len(a), len(b))
    head = next((n for n in range(limit) if a[n] != b[n]), limit)
    tail = next((n for n in range(limit - head) if a[-1 - n] != b[-1 - n]), limit - head)
    middle = ("replace", head, len(a) - tail, head, len(b) - tail)
    return [("equal", 0, head, 0, head), middle, ("equal", len(a) - tail, len(a), len(b) - tail, len(b))]


def _replaced(old: list[str], new: list[str], moved: set[str]) -> list[Row]:
    """Paragraphs that gave way to others: each new one beside the next old one that it rewords, if there is one."""
    rows: list[Row] = []
    waiting = list(old)
    for line in new:
        if line in moved:
            rows.append(Row("moved_here", [Piece("added", line)]))
            continue
        place = next((n for n, was in enumerate(waiting[:8]) if was not in moved and _is_reworded(was, line)), None)
        if place is None:
            rows.append(Row("added", [Piece("added", line)]))
            continue
        rows += [_gone(was, moved) for was in waiting[:place]]
        rows.append(Row("changed", words(waiting[place], line)))
        waiting = waiting[place + 1 :]
    return rows + [_gone(was, moved) for was in waiting]


def _gone(line: str, moved: set[str]) -> Row:
    return Row("moved_away" if line in moved else "removed", [Piece("removed", line)])


def _is_reworded(old: str, new: str) -> bool:
    a, b = set(old.casefold().split()), set(new.casefold().split())
    return len(a & b) >= SAME_PARAGRAPH * max(len(a), len(b)) > 0


def _merge_small_gaps(pieces: list[Piece]) -> list[Piece]:
    """Changes that a word or two keep apart are one change: read as phrases, not as confetti."""
    runs: list[Piece] = []
    removed = added = ""
    for number, piece in enumerate(pieces):
        is_bridge = piece.kind == "same" and len(piece.text.split()) <= BRIDGE and "\n" not in piece.text
        if is_bridge and (removed or added) and number + 1 < len(pieces):
            removed, added = removed + piece.text, added + piece.text
        elif piece.kind == "same":
            runs += _run(removed, added)
            removed = added = ""
            runs.append(piece)
        elif piece.kind == "removed":
            removed += piece.text
        else:
            added += piece.text
    return runs + _run(removed, added)


def _run(removed: str, added: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in (("removed", removed), ("added", added)) if text]
