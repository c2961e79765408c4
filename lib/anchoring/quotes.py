"""A quote in a text, as W3C's TextQuoteSelector has it: the exact words, and a little text on both sides."""

from collections.abc import Iterator

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
