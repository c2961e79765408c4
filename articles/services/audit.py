"""Who is acting, through which door, and why: told to the database, whose triggers write the history."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from accounts.models import User
from articles.choices import Surface

_surface: ContextVar[str] = ContextVar("surface", default=Surface.COMMAND)


@contextmanager
def through(surface: str) -> Iterator[None]:
    """Within this block, acts come in through ``surface``. The delivery packages say it once, at their door."""
    token = _surface.set(surface)
    try:
        yield
    finally:
        _surface.reset(token)


@contextmanager
def acting(*, by: User, reason: str = "") -> Iterator[None]:
    """One act of ``by``: a transaction whose every change is written into the history with their name.

    Nested acts keep the outermost transaction; the reason is theirs while they last.
    """
    with transaction.atomic():
        before = _settings()
        _set(actor=str(by.pk), surface=_surface.get(), reason=reason or before["reason"])
        yield
        _set(**before)


def _settings() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('factcheck.actor', true), current_setting('factcheck.surface', true),"
            " current_setting('factcheck.reason', true)"
        )
        actor, surface, reason = cursor.fetchone()
    return {"actor": actor or "", "surface": surface or "", "reason": reason or ""}


def _set(*, actor: str, surface: str, reason: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('factcheck.actor', %s, true), set_config('factcheck.surface', %s, true),"
            " set_config('factcheck.reason', %s, true)",
            [actor, surface, reason],
        )
