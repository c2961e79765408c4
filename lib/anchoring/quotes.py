"""A quote in a text, as W3C's TextQuoteSelector has it: the exact words, and a little text on both sides."""

import re
from collections.abc import Iterator
from typing import Final

#: How much text around a quote is kept to tell it from its doubles, in code points.
CONTEXT_LENGTH = 32


def occurrences(body: str, exact: str) -> Iterator[int]:
    """Yield each code-point position at which ``exact`` stands in ``body``, overlaps included."""
    start = body.find(exact)
    while start != -1:
        yield start
        start = body.find(exact, start + 1)


def context(body: str, start: int, end: int) -> tuple[str, str]:
    """The text just before and just after a passage, as TextQuoteSelector's prefix and suffix."""
    return body[max(0, start - CONTEXT_LENGTH) : start], body[end : end + CONTEXT_LENGTH]


def found(body: str, exact: str) -> Iterator[tuple[int, int]]:
    """Yield where ``exact`` begins and ends in ``body``, in code points; overlaps included.

    Letter by letter first. Where it does not stand there so, kinds of blanks, quotation marks, apostrophes and dashes
    count as the same, and invisible characters as nothing: people copy from other programs.
    """
    begins = [(start, start + len(exact)) for start in occurrences(body, exact)]
    if begins:
        yield from begins
        return
    pattern = _loosely(exact)
    if pattern is None:
        return
    at = pattern.search(body)
    while at is not None:
        yield at.start(), at.end()
        at = pattern.search(body, at.start() + 1)


_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BLANKS: Final = r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+"
#: Characters that are typed for each other.
_ALIKE: Final = (
    '"“”„‟«»″〝〞＂',
    "'‘’‚‛′ʼ＇`´",
    "-‐‑‒–—−",
)


def _loosely(exact: str) -> re.Pattern[str] | None:
    """A pattern for a quote as somebody else would have typed it; None for one that is nothing but blanks."""
    bare = exact.translate(dict.fromkeys(map(ord, _INVISIBLE)))
    words = bare.split()
    if not words or len(bare) > 20_000:
        return None
    gap = f"[{_INVISIBLE}]*"
    return re.compile(_BLANKS.join(gap.join(map(_one, word)) for word in words))


def _one(char: str) -> str:
    for alike in _ALIKE:
        if char in alike:
            return f"[{re.escape(alike)}]"
    if char == "…":
        return r"(?:…|\.\.\.)"
    return re.escape(char)
