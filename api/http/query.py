"""Query parameters, read strictly: each known, given once, well formed. A typing error never widens a list silently."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.http import QueryDict

from api.http.field_errors import FieldError
from api.http.problems import ProblemError, invalid
from articles.choices import Stage
from articles.selectors.readers import claim_filters, published
from articles.selectors.readers.published import MAX_PAGE_SIZE
from lib.parsing.days import parse_day
from lib.parsing.integers import MAX_INT64, parse_integer

Parser = Callable[[str], Any]

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}")
_CURSOR = re.compile(r"[A-Za-z0-9_-]{1,1000}")
MAX_TEXT: Final = 200
MAX_ADDRESS: Final = 2000
#: How long an answer may be held back for something new, in seconds: below the patience of most proxies.
MAX_WAIT: Final = 25


def words(value: str) -> str:
    """Any text of a sensible length."""
    if len(value) > MAX_TEXT:
        raise ValueError(f"At most {MAX_TEXT} characters.")
    return value


def wanted(value: str) -> str:
    """What a row is looked up by: never empty, because an empty value would list everything."""
    if not value.strip():
        raise ValueError("Give a value, or leave this parameter out.")
    return words(value.strip())


def address(value: str) -> str:
    """A web address, in any spelling."""
    if len(value) > MAX_ADDRESS:
        raise ValueError(f"At most {MAX_ADDRESS} characters.")
    if not value.strip():
        raise ValueError("Give an address, or leave this parameter out.")
    return value.strip()


def cursor(value: str) -> str:
    """A cursor's outer form; whether it is ours is found out later. An empty one is the beginning of the list."""
    if value and not _CURSOR.fullmatch(value):
        raise ValueError("This cursor is not one of ours for this list. Start again without it.")
    return value


def rating_keys(value: str) -> str:
    """Keys of ratings, separated by commas."""
    known = published.rating_keys() if value else []
    if unknown := [key for key in value.split(",") if key and key not in known]:
        raise ValueError(f"There is no rating “{words(unknown[0])}”. Possible: {', '.join(known)}.")
    return value


def language(value: str) -> str:
    """A language tag (BCP 47), in capital or small letters."""
    if value and not _LANGUAGE.fullmatch(value):
        raise ValueError("Give a language tag, such as en or pt-BR.")
    return value


def stage(value: str) -> str:
    """A stage of the life cycle."""
    if value not in Stage.values:
        raise ValueError(f"One of: {', '.join(Stage.values)}.")
    return value


def ids(value: str) -> tuple[UUID, ...]:
    """Ids, separated by commas: a page of them at most."""
    given = [one.strip() for one in value.split(",") if one.strip()]
    if not 1 <= len(given) <= MAX_PAGE_SIZE:
        raise ValueError(f"Give 1 to {MAX_PAGE_SIZE} ids, separated by commas.")
    try:
        return tuple(dict.fromkeys(UUID(one) for one in given))
    except ValueError:
        raise ValueError("Each of them has to be an id (UUID), such as those in our answers.") from None


def slug(value: str) -> str:
    """The last part of the address of a readers' page."""
    if not value.strip("/ "):
        raise ValueError("Give a slug, or leave this parameter out.")
    return words(value.strip("/ "))


def moment(value: str) -> datetime:
    """A moment with its time zone, or a day: its first moment in the newsroom's time zone."""
    try:
        if "T" not in value.upper():
            return claim_filters.midnight(parse_day(value))
        found = datetime.fromisoformat(value.upper())
    except (ValueError, OverflowError):
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError("Give a day, or a moment such as 2026-03-02T09:30:00Z. (Write + as %2B.)")
    return found


def order(value: str) -> str:
    """The order of a list of claims."""
    if value not in ORDERS:
        raise ValueError(f"One of: {', '.join(ORDERS)}.")
    return value


def one_of(values: list[str]) -> Parser:
    """The parser of a parameter with a few values."""

    def parse(value: str) -> str:
        if value not in values:
            raise ValueError(f"One of: {', '.join(values)}.")
        return value

    return parse


_BY_KIND: Final[Mapping[str, Parser]] = {"day": parse_day, "keys": rating_keys, "language": language}
#: How many items a page holds.
size: Final[Parser] = partial(parse_integer, at_least=1, at_most=MAX_PAGE_SIZE)
#: How long to wait for something new.
seconds: Final[Parser] = partial(parse_integer, at_most=MAX_WAIT)
#: A number of the log.
seq: Final[Parser] = partial(parse_integer, at_least=1, at_most=MAX_INT64)
#: Newest record first, or those first that fit ``q`` best.
ORDERS: Final = ("newest", "best")
#: What every list of the read API can be narrowed by.
NARROWED: Final[Mapping[str, Parser]] = {"ids": ids, "slug": slug, "updated_since": moment}
#: What the desk's lists look rows up by.
LOOKUPS: Final[Mapping[str, Parser]] = {"url": address, "name": wanted, "q": wanted, "reference": wanted}
PAGING: Final[Mapping[str, Parser]] = {"cursor": cursor, "page_size": size}
FILTERS: Final[Mapping[str, Parser]] = {one.parameter: _BY_KIND.get(one.kind, words) for one in claim_filters.FILTERS}


def missing(name: str, text: str) -> ProblemError:
    """A 400 for a parameter that has to be given."""
    return invalid([FieldError(name, "required", text)])


def lookups(*names: str) -> dict[str, Parser]:
    """The parameters of a list of the desk that is looked up by ``names``."""
    return {**{name: LOOKUPS[name] for name in names}, **PAGING}


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
