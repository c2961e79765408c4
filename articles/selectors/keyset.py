"""Pages that cost the same at any depth: signed cursors over one descending or ascending unique column."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from articles.selectors import cursor_signatures

Row = TypeVar("Row")
#: What a signature is for, so that one of another kind is none here.
_PURPOSE = b"cursor"


class CursorError(ValueError):
    """A cursor that we did not make, or that was made for another list."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list, with the cursors of its neighbours (empty where there is none)."""

    rows: list[Row]
    next: str
    previous: str


def page(
    rows: QuerySet[Any, Any],
    *,
    key: str,
    cursor: str,
    size: int,
    scope: Any,
    descending: bool = True,
    fetch: Callable[[QuerySet[Any, Any]], list[Row]] | None = None,
) -> Page[Row]:
    """The page of ``rows`` that ``cursor`` points to, ordered by the unique column ``key``.

    ``scope`` names the filters: a cursor is valid only for the list it was made for. ``fetch``, for a key
    that is a number, is given the rows chosen and gets what belongs to them, in any order. Joined to ``rows`` instead,
    it would be read from the top of the list to the page's place whenever PostgreSQL takes a merge join for cheap.
    Raises ``CursorError`` for a malformed or foreign cursor.
    """

    def beyond(bound: Any, downwards: bool, most: int) -> list[Row]:
        near = rows if bound is None else rows.filter(**{f"{key}__{'lt' if downwards else 'gt'}": bound})
        chosen = near.order_by(f"-{key}" if downwards else key)[:most]
        return sorted(fetch(chosen), key=attrgetter(key), reverse=downwards) if fetch else list(chosen)

    return page_of(beyond, key=key, cursor=cursor, size=size, scope=scope, descending=descending)


def page_of(
    beyond: Callable[[Any, bool, int], list[Row]],
    *,
    key: str,
    cursor: str,
    size: int,
    scope: Any,
    descending: bool = True,
) -> Page[Row]:
    """The page that ``cursor`` points to, of rows that are read in a way of their own.

    ``beyond`` is asked for so many rows at most beyond a bound (None: from the beginning), downwards or upwards, in
    that order. Raises ``CursorError`` for a malformed or foreign cursor.
    """
    scope = _digest(scope)
    backwards, bound = _read(cursor, scope) if cursor else (False, None)
    found = beyond(bound, descending != backwards, size + 1)
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next = (bool(found) if backwards else more) and bool(found)
    has_previous = more if backwards else bound is not None and bool(found)
    return Page(
        found,
        next=_write(False, found[-1], key, scope) if has_next else "",
        previous=_write(True, found[0], key, scope) if has_previous else "",
    )


def _write(backwards: bool, row: object, key: str, scope: bytes) -> str:
    return _sign(backwards, getattr(row, key), scope)


def after(place: int | str, scope: Any) -> str:
    """The cursor of what follows ``place``: for a reader that comes back later for more."""
    return _sign(False, place, _digest(scope))


def position(cursor: str, scope: Any) -> Any:
    """The position that ``after`` was given. Raises ``CursorError`` for what it did not make for this scope."""
    return _read(cursor, _digest(scope))[1]


def _sign(backwards: bool, value: Any, scope: bytes) -> str:
    payload = json.dumps(
        [int(backwards), value if isinstance(value, int) else str(value)], separators=(",", ":")
    ).encode()
    return _encode(cursor_signatures.signature(_PURPOSE + scope + payload) + payload)


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _read(cursor: str, scope: bytes) -> tuple[bool, Any]:
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        if _encode(raw) != cursor:
            raise CursorError  # other spellings of the same bytes are not ours
        signature, payload = raw[: cursor_signatures.BYTES], raw[cursor_signatures.BYTES :]
        if not cursor_signatures.is_valid(signature, _PURPOSE + scope + payload):
            raise CursorError
        backwards, bound = json.loads(payload)
    except ValueError as error:
        raise CursorError("This cursor is not one of ours for this list. Start again without it.") from error
    return bool(backwards), bound


def _digest(scope: Any) -> bytes:
    return hashlib.sha256(json.dumps(scope, sort_keys=True, default=str).encode()).digest()
