"""What a search found, in the words of the text: a piece of it, with the words that were asked for marked."""

import html
import re
from collections.abc import Sequence
from typing import Final

from articles import folding

#: A piece of a text, and whether it is what was asked for.
Piece = tuple[str, bool]
_TAG: Final = re.compile(r"<[^>]*>")
#: So many characters before the first word that was found.
_BEFORE: Final = 16
#: As in the database (``desk_search``): how much of a word must be in another one that is it with a typing error.
_LIKENESS: Final = 0.5
_EXACT_BELOW: Final = 4


def pieces(text: str, words: Sequence[str]) -> list[Piece]:
    """``text`` as it is, in pieces: those of ``words`` (folded), others."""
    found: list[Piece] = []
    at = 0
    for start, end in folding.spans(text):
        if _is_one_of(text[start:end], words):
            if start > at:
                found.append((text[at:start], False))
            found.append((text[start:end], True))
            at = end
    return [*found, (text[at:], False)] if at < len(text) else found


def excerpt(text: str, words: Sequence[str], *, length: int = 90) -> list[Piece]:
    """The piece of ``text``, which may be HTML, around the first of ``words``."""
    plain = " ".join(html.unescape(_TAG.sub(" ", text)).split())
    hits = (start for start, end in folding.spans(plain) if _is_one_of(plain[start:end], words))
    first = max(0, next(hits, 0) - _BEFORE)
    if first:
        first = plain.find(" ", first) + 1
    cut = plain[first : first + length]
    shown = ("…" if first else "") + cut + ("…" if first + length < len(plain) else "")
    return pieces(shown, words)


def _is_one_of(word: str, words: Sequence[str]) -> bool:
    folded = "".join(folding.words(word))
    return bool(folded) and any(_is_alike(folded, wanted) for wanted in words)


def _is_alike(word: str, wanted: str) -> bool:
    if word.startswith(wanted):
        return True
    if len(wanted) < _EXACT_BELOW or any(letter.isdigit() for letter in wanted):
        return False
    one, other = _trigrams(word), _trigrams(wanted)
    return len(one & other) >= _LIKENESS * len(other)


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
