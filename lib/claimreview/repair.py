"""JSON with quotation marks nobody escaped: mended where there is one reading only, refused where there are more."""

import json
from typing import Any, Final

from lib.claimreview.errors import RowError

REPAIRED: Final = "Unescaped quotation marks in the JSON were mended."
_SPACE: Final = " \t\r\n"
#: What may stand after a comma that follows a value inside a list.
_STARTS: Final = '"{[-0123456789tfn'


def loads(source: str) -> tuple[Any, list[str]]:
    """The document in ``source``, and what had to be mended to read it. Raises ``RowError``."""
    try:
        return _parse(source), []
    except json.JSONDecodeError as error:
        first = error
    try:
        return _parse(_escaped(source)), [REPAIRED]
    except json.JSONDecodeError:
        raise RowError(
            "malformed_json",
            f"This is not JSON: {first.msg} (line {first.lineno}, column {first.colno}).",
        ) from None


def _parse(source: str) -> Any:
    try:
        return json.loads(source, parse_constant=_refuse_constant)
    except RecursionError:
        raise RowError("nested_too_deep", "This JSON is nested too deep to be read.") from None
    except json.JSONDecodeError:
        raise
    except ValueError as error:
        raise RowError("malformed_json", f"This is not JSON as we read it: {error}") from None


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number.")


def _escaped(source: str) -> str:
    """``source`` with a backslash before each quotation mark that cannot be the end of its text.

    A mark ends a name when a colon follows, and a value when a bracket, a comma with something that can come next, or
    the end of the document follows (RFC 8259, sections 4 to 7).
    """
    made: list[str] = []
    within: list[str] = []  # the open brackets
    is_name, place, length = False, 0, len(source)
    while place < length:
        char = source[place]
        if char == '"':
            is_name = bool(within) and within[-1] == "{" and _before(source, place) in "{,"
            end, mended = _text(source, place + 1, is_name=is_name, within=within[-1] if within else "")
            made.append(f'"{mended}"')
            place = end + 1
            continue
        if char in "{[":
            within.append(char)
        elif char in "}]" and within:
            within.pop()
        made.append(char)
        place += 1
    return "".join(made)


def _text(source: str, start: int, *, is_name: bool, within: str) -> tuple[int, str]:
    """Where the text that begins at ``start`` ends, and the text with its marks escaped."""
    made: list[str] = []
    place = start
    while place < len(source):
        char = source[place]
        if char == "\\":
            made.append(source[place : place + 2])
            place += 2
            continue
        if char == '"':
            if _ends(source, place, is_name=is_name, within=within):
                return place, "".join(made)
            made.append("\\")
        made.append(char)
        place += 1
    return place, "".join(made)


def _ends(source: str, place: int, *, is_name: bool, within: str) -> bool:
    after = _next(source, place + 1)
    char = source[after : after + 1]
    if is_name:
        return char == ":"
    if char == ",":
        follows = source[_next(source, after + 1) :][:1]
        return follows == '"' if within == "{" else follows in _STARTS
    return char in "}]" or not char


def _next(source: str, place: int) -> int:
    while place < len(source) and source[place] in _SPACE:
        place += 1
    return place


def _before(source: str, place: int) -> str:
    place -= 1
    while place > 0 and source[place] in _SPACE:
        place -= 1
    return source[place]
