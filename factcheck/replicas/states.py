"""Whether each replica answers and how far it is behind, asked beside everything else."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from factcheck.replicas import base

#: Parameters of Django's connections that a plain connection does not take.
_DJANGO_ONLY: Final = ("cursor_factory", "context", "prepare_threshold")


@dataclass(frozen=True, slots=True)
class State:
    """Whether a replica answers, and how many seconds it is behind, if it says so."""

    answers: bool
    lag: float | None


@contextmanager
def asked() -> Iterator[list[State]]:
    """The states of all replicas, in the order of the settings; filled when the block ends.

    Each is asked over a connection of its own, so that the other work of the block does not wait for them.
    """
    usual = connections["readers"].settings_dict
    candidates: list[dict[str, Any]] = usual.get("CANDIDATES", [])[:-1]
    found: list[State] = []
    if not candidates:
        yield found
        return
    with ThreadPoolExecutor(len(candidates), thread_name_prefix="replicas") as threads:
        asking = [threads.submit(_ask, {**usual, **candidate}) for candidate in candidates]
        yield found
        found += [one.result() for one in asking]


def _ask(settings: dict[str, Any]) -> State:
    """Not through Django's own connection: it would tell the process that its databases are back."""
    given = DatabaseWrapper(settings, "replica").get_connection_params()
    parameters = {name: value for name, value in given.items() if name not in _DJANGO_ONLY}
    try:
        with psycopg.Connection.connect(**parameters, autocommit=True) as connection:
            row = connection.execute(base.LAG).fetchone()
    except psycopg.Error:
        return State(answers=False, lag=None)
    return State(answers=True, lag=None if row is None or row[0] is None else float(row[0]))
