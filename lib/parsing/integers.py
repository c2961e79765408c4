"""Whole numbers."""

import re
from typing import Final

from lib.parsing.errors import ParseError

#: The largest number that PostgreSQL keeps in an ``integer``.
MAX_INT32: Final = 2**31 - 1
#: The largest number that PostgreSQL keeps in a ``bigint``.
MAX_INT64: Final = 2**63 - 1
#: No longer text is converted: the time of ``int()`` grows with the square of the length.
_MAX_DIGITS: Final = 19
_INTEGER: Final = re.compile(r"(-?)([0-9]+)")


def parse_integer(text: str, *, at_least: int = 0, at_most: int = MAX_INT32) -> int:
    """The number written in ``text`` with ASCII digits; a minus sign only where ``at_least`` is negative.

    Raises ``ParseError``: ``malformed`` for anything else, ``too_small`` or ``too_large`` outside of the bounds.
    """
    found = _INTEGER.fullmatch(text)
    message = _message(at_least, at_most)
    if not found or (found[1] and at_least >= 0):
        raise ParseError("malformed", message)
    digits = found[2].lstrip("0") or "0"
    if len(digits) > _MAX_DIGITS:
        raise ParseError("too_small" if found[1] else "too_large", message)
    number = int(found[1] + digits)
    if number < at_least:
        raise ParseError("too_small", message)
    if number > at_most:
        raise ParseError("too_large", message)
    return number


def _message(at_least: int, at_most: int) -> str:
    if at_most >= MAX_INT32:
        return f"Give a whole number from {at_least} on."
    return f"Give a whole number from {at_least} to {at_most}."
