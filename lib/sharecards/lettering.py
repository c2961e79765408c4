"""The text on a card: a font that has its letters, broken into lines, made smaller or cut to fit.

The fonts in ``fonts/`` have Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic letters in one file, so a
line that mixes them is shaped and ordered as one (HarfBuzz and FriBidi, which Pillow's wheels bring along as Raqm).
What they lack, such as Chinese, needs a font that the newsroom names; without one the text is not drawn,
because a row of boxes tells nobody anything.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from fontTools.ttLib import TTFont
from PIL import ImageFont, features

Direction = Literal["ltr", "rtl"]
_FONTS: Final = Path(__file__).parent / "fonts"
REGULAR: Final = str(_FONTS / "DejaVuSansCondensed.ttf")
BOLD: Final = str(_FONTS / "DejaVuSansCondensed-Bold.ttf")
ELLIPSIS: Final = "…"
#: Of one line's height, how much its letters are of it.
LEADING: Final = 1.32
#: Letters that take their form from their neighbours, or run the other way, need a shaping engine.
_RUNS_LEFT: Final = frozenset({"R", "AL"})
_HAS_SHAPING: Final = features.check("raqm")
#: One such sign in twenty letters may be a box: a new currency or an emoji says less than the words around it.
_FORGIVEN: Final = 20


@dataclass(frozen=True, slots=True)
class Lines:
    """A text as it will be drawn: its lines, in one font and size."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    size: int
    direction: Direction

    @property
    def height(self) -> int:
        """How many pixels the lines take from top to bottom."""
        return round(len(self.lines) * self.size * LEADING)

    def wide(self, line: str) -> float:
        """How many pixels a line takes from side to side."""
        return _wide(line, self.font, self.direction)


def fit(
    text: str, *, width: int, height: int, sizes: Sequence[int], fonts: Sequence[str], direction: Direction = "ltr"
) -> Lines | None:
    """The text in the largest of ``sizes`` (falling) that fits the box; cut in the smallest. None: no font has it."""
    path = font_for(text, fonts)
    if path is None:
        return None
    for size in sizes:
        font = _font(path, size)
        room = max(1, int(height / (size * LEADING)))
        lines = tuple(_broken(" ".join(text.split()), font, width, direction, room + 1))
        if len(lines) <= room:
            return Lines(lines, font, size, direction)
    return Lines((*lines[: room - 1], _cut(lines[room - 1], font, width, direction)), font, size, direction)


def has_shaping() -> bool:
    """Whether Pillow came with its shaping engine, as its wheels do."""
    return bool(_HAS_SHAPING)


def natural_direction(text: str, *, otherwise: Direction = "ltr") -> Direction:
    """The direction of a text's first letter that has one (UAX #9, rule P2)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", *_RUNS_LEFT):
            return "rtl" if kind in _RUNS_LEFT else "ltr"
    return otherwise


def font_for(text: str, fonts: Sequence[str]) -> str | None:
    """The first of ``fonts`` that has every letter of the text; one that lacks a stray symbol, failing that."""
    if not _HAS_SHAPING and any(unicodedata.bidirectional(char) in _RUNS_LEFT for char in text):
        return None
    seen = {char for char in text if not _is_unseen(char)}
    for path in fonts:
        if all(ord(char) in letters(path) for char in seen):
            return path
    for path in fonts:
        missing = [char for char in text if not _is_unseen(char) and ord(char) not in letters(path)]
        are_signs = all(unicodedata.category(char).startswith("S") for char in missing)
        if are_signs and len(missing) * _FORGIVEN <= len(text):
            return path
    return None


@lru_cache(maxsize=32)
def letters(path: str) -> frozenset[int]:
    """The code points a font has. A file that is no font has none: a wrong setting costs a text, not the page."""
    try:
        _font(path, 20)
        with TTFont(path, lazy=True, fontNumber=0) as font:
            return frozenset(font.getBestCmap() or ())
    except Exception:  # a broken file can raise any exception
        return frozenset()


@lru_cache(maxsize=64)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def _is_unseen(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf") or "\ufe00" <= char <= "\ufe0f"


def _broken(text: str, font: ImageFont.FreeTypeFont, width: int, direction: Direction, limit: int) -> Iterator[str]:
    """At most ``limit`` lines no wider than ``width``, broken at blanks, and inside a word where it alone is wider."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if _wide(longer, font, direction) <= width:
            line = longer
            continue
        if line:
            yield line
            limit -= 1
        *full, line = _pieces(word, font, width, direction, limit)
        for piece in full:
            yield piece
            limit -= 1
        if limit <= 0:
            return
    if line:
        yield line


def _pieces(word: str, font: ImageFont.FreeTypeFont, width: int, direction: Direction, limit: int) -> list[str]:
    """A word as pieces that fit a line each, never apart from its combining marks."""
    pieces: list[str] = []
    while len(pieces) < limit and _wide(word, font, direction) > width:
        end = _longest(word, font, width, direction)
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def _cut(line: str, font: ImageFont.FreeTypeFont, width: int, direction: Direction) -> str:
    """The line with an ellipsis at its end, at a blank where one is near."""
    line = f"{line} {ELLIPSIS}"
    if _wide(line, font, direction) <= width:
        return line.replace(f" {ELLIPSIS}", ELLIPSIS)
    kept = line[: _longest(line, font, width - round(_wide(ELLIPSIS, font, direction)), direction)]
    at_blank = kept.rpartition(" ")[0]
    return (at_blank if len(at_blank) * 2 > len(kept) else kept).rstrip() + ELLIPSIS


def _longest(text: str, font: ImageFont.FreeTypeFont, width: int, direction: Direction) -> int:
    """Where to cut so that the text before it fits; at least one letter does, as nothing else ever ends."""
    ends = [n for n, (_before, char) in enumerate(pairwise(text), start=1) if not unicodedata.combining(char)]
    low, high = 0, len(ends) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if _wide(text[: ends[middle]], font, direction) <= width:
            low = middle
        else:
            high = middle - 1
    return ends[low] if ends else len(text)


def _wide(text: str, font: ImageFont.FreeTypeFont, direction: Direction) -> float:
    return font.getlength(text, direction=direction if _HAS_SHAPING else None)
