"""Bodies read with suspicion: bounded in size and depth, no text that cannot be stored, no name given twice."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import IO, Any, Final

from django.conf import settings
from rest_framework.parsers import BaseParser, DataAndFiles, MultiPartParser

from api.http.field_errors import FieldError
from api.http.problems import ProblemError, invalid
from lib.parsing.headers import exceeds_limit

MAX_DEPTH: Final = 32
#: So many faults are named in an answer, and so much of each name on the way to them is repeated.
MAX_NAMED, MAX_NAME = 100, 100


class JSONBodyParser(BaseParser):
    """``application/json`` in UTF-8."""

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The parsed body. Raises ``ProblemError``: 400 with a code, or 413."""
        _check_length(parser_context)
        data = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(data) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise _too_large()
        value = _load(data)
        if bad := list(islice(_unstorable(value), MAX_NAMED)):
            raise _invalid_characters(bad)
        return value


class MultiPartBodyParser(MultiPartParser):
    """``multipart/form-data``: a file with the fields that describe it."""

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> "DataAndFiles[Any, Any]":
        """The fields and files. Raises ``ProblemError``: 400 with a code, or 413."""
        _check_length(parser_context, limit=settings.UPLOAD_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        parsed = super().parse(stream, media_type, parser_context)
        bad = [name for name, values in parsed.data.lists() for value in values if _is_unstorable(f"{name}{value}")]
        if bad:
            raise _invalid_characters(bad)
        return parsed


def _load(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse_constant)
    except RecursionError:
        raise _nested_too_deep() from None
    except UnicodeDecodeError:
        raise ProblemError(400, "malformed_json", "The body is not UTF-8.") from None
    except json.JSONDecodeError as error:
        text = f"The body is not JSON: {error.msg} (line {error.lineno}, column {error.colno})."
        raise ProblemError(400, "malformed_json", text) from None
    except ValueError as error:
        raise ProblemError(400, "malformed_json", f"The body is not JSON as we read it: {error}") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is there twice in one object.")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number.")


def _unstorable(value: Any) -> Iterator[str]:
    """The path of every text in ``value``, names included, that cannot be stored. Walks without recursion.

    No other path is written out: one for each item would multiply a long name by the length of the list behind it.
    """
    trail: list[Any] = []
    levels: list[Iterator[tuple[Any, Any]]] = [iter([("", value)])]
    while levels:
        if (found := next(levels[-1], None)) is None:
            levels.pop()
            continue
        name, item = found
        trail[len(levels) - 1 :] = [name]
        if len(levels) > MAX_DEPTH:
            raise _nested_too_deep()
        if any(isinstance(text, str) and _is_unstorable(text) for text in (name, item)):
            yield ".".join(str(part)[:MAX_NAME] for part in trail[1:])
        if isinstance(item, dict):
            levels.append(iter(item.items()))
        elif isinstance(item, list):
            levels.append(iter(enumerate(item)))


def _is_unstorable(text: str) -> bool:
    return "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text)


def _check_length(parser_context: Mapping[str, Any] | None, *, limit: int = 0) -> None:
    limit = limit or settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    request = (parser_context or {}).get("request")
    length = request.META.get("CONTENT_LENGTH") if request else None
    if exceeds_limit(length, limit):
        raise _too_large(limit)


def _too_large(limit: int = 0) -> ProblemError:
    megabytes = (limit or settings.DATA_UPLOAD_MAX_MEMORY_SIZE) // (1024 * 1024)
    return ProblemError(413, "too_large", f"A request may hold {megabytes} MB, an article's text 5 MB.")


def _nested_too_deep() -> ProblemError:
    return ProblemError(400, "nested_too_deep", f"The body is nested deeper than {MAX_DEPTH} levels.")


def _invalid_characters(paths: list[str]) -> ProblemError:
    text = "This text holds characters that cannot be stored (NUL or half of a surrogate pair)."
    return invalid([FieldError(path, "invalid_characters", text) for path in dict.fromkeys(paths)])
