"""Who is acting, through which door, and why: told to the database, whose triggers write the history."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from accounts.models import User
from articles.choices import Surface

_surface: ContextVar[str] = ContextVar("surface", default=Surface.COMMAND)


@contextmanager
def surface(name: str) -> Iterator[None]:
    """Within this block, acts come in through ``name``. The delivery packages say it once, at their door."""
    token = _surface.set(name)
    try:
        yield
    finally:
        _surface.reset(token)


@contextmanager
def act_as(*, by: User | None, reason: str = "") -> Iterator[None]:
    """One act of ``by``: a transaction whose every change is written into the history with their name.

    None is for what comes in from outside by itself: the history then names the door alone.

    Acts within an act belong to the outermost; the reason is theirs while they last.
    """
    with transaction.atomic():
        before = _begin(
            actor=str(by.pk) if by else "", surface=_surface.get(), reason=reason, act=str(secrets.randbits(62))
        )
        yield
        _restore(before)


_NAMES = ("actor", "surface", "reason", "act")
_NOW = ", ".join(f"coalesce(current_setting('factcheck.{name}', true), '') AS {name}" for name in _NAMES)
#: One statement reads the settings of the act around this one and makes its own. An act within an act belongs to the
#: outermost, and keeps its reason unless it has one.
_BEGIN = f"""
WITH before AS MATERIALIZED (SELECT {_NOW})
SELECT actor, surface, reason, act,
    set_config('factcheck.actor', %(actor)s, true), set_config('factcheck.surface', %(surface)s, true),
    set_config('factcheck.reason', coalesce(nullif(%(reason)s, ''), reason), true),
    set_config('factcheck.act', coalesce(nullif(act, ''), %(act)s), true)
FROM before
"""  # noqa: S608
_RESTORE = "SELECT " + ", ".join(f"set_config('factcheck.{name}', %s, true)" for name in _NAMES)


def _begin(**values: str) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, values)
        return tuple(cursor.fetchone()[: len(_NAMES)])


def _restore(before: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_RESTORE, before)
