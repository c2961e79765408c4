"""Query parameters, read strictly: each known, given once, well formed. A typing error never widens a list silently."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.http import QueryDict

from api.http.problems import FieldError, invalid
from articles.choices import Stage
from articles.selectors.readers.published import MAX_PAGE_SIZE

Parser = Callable[[str], Any]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEQ = re.compile(r"[1-9][0-9]{0,17}")
_SIZE = re.compile(r"[0-9]{1,3}")
_CURSOR = re.compile(r"[A-Za-z0-9_-]{1,1000}")
MAX_TEXT: Final = 200
#: How long an answer may be held back for something new, in seconds: below the patience of most proxies.
MAX_WAIT: Final = 25


def words(value: str) -> str:
    """Any text of a sensible length."""
    if len(value) > MAX_TEXT:
        raise ValueError(f"At most {MAX_TEXT} characters.")
    return value


def day(value: str) -> date:
    """A calendar day."""
    if not _DAY.fullmatch(value):
        raise ValueError("Give a day as YYYY-MM-DD.")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("There is no such day.") from None


def size(value: str) -> int:
    """How many items a page holds."""
    if not _SIZE.fullmatch(value) or not 1 <= int(value) <= MAX_PAGE_SIZE:
        raise ValueError(f"Give a whole number from 1 to {MAX_PAGE_SIZE}.")
    return int(value)


def seconds(value: str) -> int:
    """How long to wait for something new."""
    if not _SIZE.fullmatch(value) or int(value) > MAX_WAIT:
        raise ValueError(f"Give a whole number of seconds from 0 to {MAX_WAIT}.")
    return int(value)


def cursor(value: str) -> str:
    """A cursor's outer form; whether it is ours is found out later."""
    if not _CURSOR.fullmatch(value):
        raise ValueError("This cursor is not one of ours for this list. Start again without it.")
    return value


def seq(value: str) -> int:
    """A number of the log."""
    if not _SEQ.fullmatch(value):
        raise ValueError("Give a whole number from 1 on.")
    return int(value)


def stage(value: str) -> str:
    """A stage of the life cycle."""
    if value not in Stage.values:
        raise ValueError(f"One of: {', '.join(Stage.values)}.")
    return value


PAGING: Final[Mapping[str, Parser]] = {"cursor": cursor, "page_size": size}
FILTERS: Final[Mapping[str, Parser]] = {
    **dict.fromkeys(("q", "rating", "claimant", "article", "source", "topic", "language"), words),
    "from": day,
    "to": day,
}


def read(given: QueryDict, known: Mapping[str, Parser]) -> dict[str, Any]:
    """The parameters that were given, parsed. Raises a 400 that names every one at fault."""
    found: dict[str, Any] = {}
    errors: list[FieldError] = []
    for name, values in given.lists():
        try:
            found[name] = _parse(name, values, known)
        except _Fault as fault:
            errors.append(FieldError(name, fault.code, str(fault)))
    if not errors and "from" in found and "to" in found and found["from"] > found["to"]:
        errors.append(FieldError("to", "invalid", "This day is before “from”."))
    if errors:
        problem = invalid(errors)
        raise problem
    return found


class _Fault(ValueError):
    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__(text)


def _parse(name: str, values: list[str], known: Mapping[str, Parser]) -> Any:
    if name not in known:
        possible = f"Possible here: {', '.join(known)}." if known else "None is possible here."
        raise _Fault("unknown_parameter", f"There is no such parameter. {possible}")
    if len(values) > 1:
        raise _Fault("repeated_parameter", "Give this parameter once.")
    if name != "cursor" and ("\x00" in values[0] or any("\ud800" <= char <= "\udfff" for char in values[0])):
        raise _Fault("invalid_characters", "This text holds characters that cannot be searched for.")
    try:
        return known[name](values[0])
    except ValueError as error:
        raise _Fault("invalid_cursor" if name == "cursor" else "invalid", str(error)) from None
