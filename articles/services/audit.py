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
        before = _settings()
        _set(
            actor=str(by.pk) if by else "",
            surface=_surface.get(),
            reason=reason or before["reason"],
            act=before["act"] or str(secrets.randbits(62)),
        )
        yield
        _set(**before)


_NAMES = ("actor", "surface", "reason", "act")


def _settings() -> dict[str, str]:
    calls = ", ".join(f"coalesce(current_setting('factcheck.{name}', true), '')" for name in _NAMES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}")
        return dict(zip(_NAMES, cursor.fetchone(), strict=True))


def _set(**values: str) -> None:
    calls = ", ".join(f"set_config('factcheck.{name}', %s, true)" for name in _NAMES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [values[name] for name in _NAMES])
