"""Copies of claims that were made before in this process, for tests that begin with the same claim.

A published claim takes three hundred statements; a copy of its rows takes a tenth of that work. A copy is given only
where making the claim would give the same rows: the newsroom holds nothing but the same people, or claims that were
made here in the same order and nothing written since; the same settings; nobody watches the statements or replaces a
part of the site. In all other cases the claim is made. Steps of a claim's life are copied in the same way.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, is_dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from functools import wraps
from types import SimpleNamespace
from typing import Any, Final, ParamSpec, TypeVar

import pytest
from django.conf import UserSettingsHolder, settings
from django.db import connection
from django.db.models import Model
from django.utils import timezone, translation

from accounts.models import User
from factcheck.insight import statements
from tests import table_copies

P = ParamSpec("P")
R = TypeVar("R")
#: What a claim's rows do not depend on.
_FREE_SETTINGS: Final = {"LOG_CHECKPOINT_FILE", "PASSWORD_HASHERS", "API_READ_RATE"}
#: Tables that have rows before there is a claim: people, and what migrations fill.
_THERE: Final = ("accounts_", "auth_", "django_", "articles_rating", "articles_head", "articles_change")


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a row is."""

    model: type[Model]
    pk: Any


@dataclass(frozen=True, slots=True)
class _Copy:
    """What was returned, and the rows of the newsroom with it."""

    result: Any
    tables: table_copies.Tables
    numbers: dict[Any, str]


@dataclass(frozen=True, slots=True)
class _Newsroom:
    """What a newsroom began with, what was made since, one after the other, and how far the tables had come then."""

    base: tuple[Any, ...]
    claims: tuple[str, ...] = ()
    state: tuple[Any, ...] = ()
    test: str = ""
    #: The numbers of the rows that were returned, with a name for each that is the same whenever they are made again.
    numbers: dict[Any, str] = field(default_factory=dict)

    def after(self, key: str, found: Any) -> "_Newsroom":
        """The newsroom after something was made in it."""
        claims = *self.claims, key
        rows = _rows(found)
        named = {row.pk: f"{len(claims)}.{number}" for number, row in enumerate(rows) if row.pk not in self.numbers}
        return _Newsroom(self.base, claims, _state(), _test(), self.numbers | named)


_watched = [False]
#: How many kept functions are at work, one inside the other.
_depth = [0]
#: What replaces parts of the site in the current test, and how many parts are replaced in every test.
_patches: list[tuple[pytest.MonkeyPatch, int]] = []
#: None for claims that were made once: most are made once only, and copying takes time as well.
_copies: dict[tuple[Any, ...], _Copy | None] = {}
#: The newsroom as the last claim left it.
_last: list[_Newsroom] = []


@contextmanager
def switched_off() -> Iterator[None]:
    """In this block every claim is made: somebody watches what else the services do."""
    before = _watched[0]
    _watched[0] = True
    try:
        yield
    finally:
        _watched[0] = before


def kept(make: Callable[P, R]) -> Callable[P, R]:
    """``make``, or a copy of what it made before with the same arguments: people, rows made here and plain values.

    It returns a claim or another row, or a list, tuple, dictionary or namespace of rows.
    """
    return _kept(make, is_step=False)


def kept_step(make: Callable[P, R]) -> Callable[P, R]:
    """As ``kept``, for what takes hardly longer than a copy: inside of something that is kept, it is always made."""
    return _kept(make, is_step=True)


def _kept(make: Callable[P, R], *, is_step: bool) -> Callable[P, R]:
    @wraps(make)
    def made(*given: P.args, **fields: P.kwargs) -> R:
        before = _newsroom() if not (is_step and _depth[0]) and _may_copy() else None
        key = _key(make.__qualname__, given, fields, before) if before else ""
        if before is None or not key:
            return make(*given, **fields)
        place = before.base, *before.claims, key
        copy = _copies.get(place)
        if copy and copy.numbers == before.numbers:
            table_copies.put(copy.tables, newest_change=before.base[0], is_empty=not before.claims)
            found: R = _fetched(copy.result)
        else:
            is_again = place in _copies
            emptied = table_copies.filled(_THERE) if is_again and before.claims else []
            found = _made(make, *given, **fields)
            if is_again:
                tables = table_copies.taken(_THERE, before.base[0], emptied=emptied)
                _copies[place] = _Copy(_named(found), tables, before.numbers)
            else:
                _copies[place] = None
        _last[:] = [before.after(key, found)]
        return found

    return made


def _made(make: Callable[P, R], *given: P.args, **fields: P.kwargs) -> R:
    _depth[0] += 1
    try:
        return make(*given, **fields)
    finally:
        _depth[0] -= 1


def _named(found: Any) -> Any:
    """What was returned, with the table and the number of a row instead of the row."""
    if isinstance(found, Model):
        return _Row(type(found), found.pk)
    if found is None:
        return None
    if isinstance(found, dict):
        return {key: _named(value) for key, value in found.items()}
    if isinstance(found, SimpleNamespace):
        return SimpleNamespace(**_named(vars(found)))
    return type(found)(_named(each) for each in found)


def _rows(found: Any) -> list[Model]:
    """The rows in what was returned."""
    if isinstance(found, Model):
        return [found]
    if found is None:
        return []
    parts = vars(found) if isinstance(found, SimpleNamespace) else found
    return [row for part in (parts.values() if isinstance(parts, dict) else parts) for row in _rows(part)]


def _fetched(named: Any) -> Any:
    """The same with the rows."""
    if isinstance(named, _Row):
        return named.model._default_manager.get(pk=named.pk)
    if named is None:
        return None
    if isinstance(named, dict):
        return {key: _fetched(value) for key, value in named.items()}
    if isinstance(named, SimpleNamespace):
        return SimpleNamespace(**_fetched(vars(named)))
    return type(named)(_fetched(each) for each in named)


def _key(name: str, given: tuple[Any, ...], fields: dict[str, Any], before: _Newsroom) -> str:
    """What tells two claims apart; nothing where an argument is no person and no plain value."""
    values = [*given, *fields.values()]
    changed = sorted(_changed_settings().items())
    if not all(_is_plain(value) for value in [*values, *(value for _name, value in changed)]):
        return ""
    return repr(
        (
            name,
            [_word(value, before) for value in values],
            list(fields),
            changed,
            translation.get_language(),
            timezone.localdate(),
        )
    )


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_plain(each) for each in value)
    if isinstance(value, Model):
        return not value._state.adding
    if is_dataclass(value):
        return all(isinstance(getattr(value, each.name), str | int | None) for each in dataclass_fields(value))
    return value is None or isinstance(value, str | int | float | date) or hasattr(value, "reporter")


def _word(value: Any, before: _Newsroom) -> Any:
    if isinstance(value, User):
        return value.username
    if isinstance(value, Model):
        return value._meta.label, before.numbers.get(value.pk, value.pk), getattr(value, "version", 0)
    if isinstance(value, list | tuple):
        return [_word(each, before) for each in value]
    if hasattr(value, "reporter"):
        return sorted((role, person.username) for role, person in vars(value).items())
    return value


def watch(patches: pytest.MonkeyPatch) -> None:
    """Notice from now on what a test replaces: then a service may do something else than the last time."""
    _patches[:] = [(patches, len(patches._setattr))]


def _may_copy() -> bool:
    """Whether this is a test that commits nothing, with the usual settings, which does not look at statements."""
    blocks = connection.atomic_blocks
    in_test = bool(blocks) and getattr(blocks[0], "_from_testcase", False)
    watchers = [wrapper for wrapper in connection.execute_wrappers if not _is_ours(wrapper)]
    is_patched = any(len(patches._setattr) != usual for patches, usual in _patches)
    if (
        not in_test
        or is_patched
        or _watched[0]
        or connection.force_debug_cursor
        or watchers
        or connection.needs_rollback
    ):
        return False
    return timezone.now.__module__ == timezone.__name__


def _is_ours(wrapper: Any) -> bool:
    """Whether the site itself counts statements with it, always."""
    return bool(getattr(wrapper, "__module__", "") == statements.__name__)


def _changed_settings() -> dict[str, Any]:
    """The settings that a test gave another value."""
    changed: dict[str, Any] = {}
    holder = settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        names = {name for name in holder.__dict__ if name.isupper()} | holder.__dict__.get("_deleted", set())
        changed |= {name: getattr(settings, name, None) for name in names - _FREE_SETTINGS}
        holder = holder.default_settings
    return changed


def _newsroom() -> _Newsroom | None:
    """What is there: nothing but people, or what was made last in this test; None where something else is."""
    last = _last[0] if _last else None
    if last and last.test == _test() and last.state == _state():
        return last
    return None if table_copies.filled(_THERE) else _empty()


def _empty() -> _Newsroom | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT coalesce(max(id), 0) FROM articles_change), (SELECT count(*) FROM articles_change), "
            "seq, epoch, "
            "(SELECT array_agg((id, username, first_name, last_name, is_active, public_name, public_line)::text "
            "ORDER BY id) FROM accounts_user), "
            "(SELECT array_agg(id ORDER BY id) FROM articles_rating WHERE retired_on IS NULL) FROM articles_head"
        )
        found = cursor.fetchone()
    base = tuple(tuple(value) if isinstance(value, list) else value for value in found)
    return None if base[2] else _Newsroom(base)


def _state() -> tuple[Any, ...]:
    """How many rows this transaction has written, and the newest rows that are there.

    What was undone is still counted among the written rows, but it is no longer there.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) "
            "+ pg_stat_get_xact_tuples_deleted(oid)) FROM pg_class WHERE relkind = 'r'), "
            "(SELECT max(id) FROM articles_change), (SELECT seq FROM articles_head), "
            "(SELECT (id, version) FROM articles_claim ORDER BY created_at DESC, id LIMIT 1)::text"
        )
        return cursor.fetchone()


def _test() -> str:
    return os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
