"""Copies of claims that were made before in this process, for tests that begin with the same claim.

A published claim takes three hundred statements; a copy of its rows takes a tenth of that work. A copy is given only
where making the claim would give the same rows: the newsroom holds nothing but the same people, or claims that were
made here in the same order and nothing written since; the same settings; nobody watches the statements. In all other
cases the claim is made.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import wraps
from types import SimpleNamespace
from typing import Any, Final, ParamSpec, TypeVar

from django.conf import UserSettingsHolder, settings
from django.db import connection
from django.db.models import Model
from django.utils import timezone, translation

from accounts.models import User
from articles.models import Claim
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


@dataclass(frozen=True, slots=True)
class _Newsroom:
    """What a newsroom began with, the claims that came since, one after the other, and the work done up to now."""

    base: tuple[Any, ...]
    claims: tuple[str, ...] = ()
    newest: Any = None
    written: int = 0
    test: str = ""


_watched = [False]
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
    """``make``, or a copy of what it made before with the same arguments: people and plain values.

    It returns a claim or another row, or a list, tuple, dictionary or namespace of rows.
    """

    @wraps(make)
    def made(*given: P.args, **fields: P.kwargs) -> R:
        key = _key(make.__qualname__, given, fields)
        before = _newsroom() if key and _may_copy() else None
        if before is None:
            return make(*given, **fields)
        place = before.base, *before.claims, key
        copy = _copies.get(place)
        if copy:
            table_copies.put(copy.tables, newest_change=before.base[0], is_empty=not before.claims)
            found: R = _fetched(copy.result)
        else:
            found = make(*given, **fields)
            is_again = place in _copies
            _copies[place] = _Copy(_named(found), table_copies.taken(_THERE, before.base[0])) if is_again else None
        _last[:] = [_Newsroom(before.base, (*before.claims, key), _newest(), _written(), _test())]
        return found

    return made


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


def _newest() -> Any:
    """A claim that is there, if there is one."""
    return Claim.objects.order_by("-created_at", "pk").values_list("pk", flat=True).first()


def _key(name: str, given: tuple[Any, ...], fields: dict[str, Any]) -> str:
    """What tells two claims apart; nothing where an argument is no person and no plain value."""
    values = [*given, *fields.values()]
    changed = sorted(_changed_settings().items())
    if not all(_is_plain(value) for value in [*values, *(value for _name, value in changed)]):
        return ""
    return repr(
        (
            name,
            [_word(value) for value in values],
            list(fields),
            changed,
            translation.get_language(),
            timezone.localdate(),
        )
    )


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_plain(each) for each in value)
    return value is None or isinstance(value, str | int | float | date | User) or hasattr(value, "reporter")


def _word(value: Any) -> Any:
    if isinstance(value, User):
        return value.username
    if hasattr(value, "reporter"):
        return sorted((role, person.username) for role, person in vars(value).items())
    return value


def _may_copy() -> bool:
    """Whether this is a test that commits nothing, with the usual settings, which does not look at statements."""
    blocks = connection.atomic_blocks
    in_test = bool(blocks) and getattr(blocks[0], "_from_testcase", False)
    watchers = [wrapper for wrapper in connection.execute_wrappers if not _is_ours(wrapper)]
    if not in_test or _watched[0] or connection.force_debug_cursor or watchers or connection.needs_rollback:
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
    """What is there: nothing but people, or what the last claim of this test left; None where something else is."""
    if not table_copies.filled(_THERE):
        return _empty()
    last = _last[0] if _last else None
    is_as_left = last and last.test == _test() and last.written == _written()
    return last if last and is_as_left and Claim.objects.filter(pk=last.newest).exists() else None


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


def _written() -> int:
    """How many rows this transaction has written up to now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) "
            "+ pg_stat_get_xact_tuples_deleted(oid)) FROM pg_class WHERE relkind = 'r'"
        )
        return int(cursor.fetchone()[0])


def _test() -> str:
    return os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
