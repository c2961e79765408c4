"""A connection to the readers' database outside Django's own, for what outlives a request or its short time limit."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections

ALIAS = "readers"


@contextmanager
def open_connection(*, autocommit: bool = False) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    """A plain connection with the readers' role and limits, to the server that pages are read from; closed at the end.

    Raises ``django.db.Error`` when no server answers, later ``psycopg.Error``.
    """
    wrapper = connections[ALIAS]
    with wrapper.wrap_database_errors:
        connection: psycopg.Connection[Any] = wrapper.get_new_connection(wrapper.get_connection_params())
    connection.cursor_factory = psycopg.Cursor
    with connection:
        connection.autocommit = autocommit
        yield connection
