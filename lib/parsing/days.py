"""Calendar days."""

import re
from datetime import date
from typing import Final

from lib.parsing.errors import ParseError

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_day(text: str, *, earliest: date = date.min, latest: date = date.max) -> date:
    """The day written in ``text`` as YYYY-MM-DD. Raises ``ParseError``.

    The code is ``malformed`` for another form or a day that no calendar has, else ``too_small`` or ``too_large``.
    """
    if not _DAY.fullmatch(text):
        raise ParseError("malformed", "Give a day as YYYY-MM-DD.")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ParseError("malformed", "There is no such day.") from None
    if day < earliest:
        raise ParseError("too_small", f"Give a day from {earliest} on.")
    if day > latest:
        raise ParseError("too_large", f"Give a day up to {latest}.")
    return day
