"""What the headers of a request say about its body."""

from lib.parsing.errors import ParseError
from lib.parsing.integers import MAX_INT64, parse_integer


def exceeds_limit(content_length: str | None, limit: int) -> bool:
    """Whether a body is announced to be longer than ``limit`` bytes. A length that is no number counts as too long."""
    try:
        return parse_integer(content_length or "0", at_most=MAX_INT64) > limit
    except ParseError:
        return True
