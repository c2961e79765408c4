"""A connection to the readers' database outside Django's own, for what outlives a request or its short time limit."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections

ALIAS = "readers"
#: Parameters of Django's connections that a plain connection does not take.
_DJANGO_ONLY = ("cursor_factory", "context", "prepare_threshold")


@contextmanager
def open_connection(*, autocommit: bool = False) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    """A plain connection with the readers' role and limits, closed at the end. Raises ``psycopg.Error``."""
    given = connections[ALIAS].get_connection_params()
    parameters = {name: value for name, value in given.items() if name not in _DJANGO_ONLY}
    with psycopg.Connection.connect(**parameters, autocommit=autocommit) as connection:
        yield connection
