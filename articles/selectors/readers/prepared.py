"""The statements that most requests begin with, prepared: PostgreSQL reads and plans each once for a connection.

For a look-up by key that is most of the work. Rows come in PostgreSQL's binary form, so that a record's bytes are not
written as text twice as long and read back.
"""

from collections.abc import Sequence
from typing import Any, Self

import psycopg
from django.db import connections

from articles.selectors.readers.connection import ALIAS


class _Binary(psycopg.Cursor[tuple[Any, ...]]):
    """Django's own kind puts parameters into the text of a statement: each is a new one, and answered in text."""

    prepare: bool | None = None

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Self:
        return super().execute(query, params, prepare=self.prepare, binary=True)


class _Prepared(_Binary):
    prepare = True


def row(statement: str, *parameters: Any) -> tuple[Any, ...] | None:
    """The first row of a statement on the readers' connection. Columns of JSON come as what they hold."""
    return next(iter(rows(statement, *parameters)), None)


def rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """All rows of a statement. The limit is part of the SQL, because a prepared plan does not see a parameter."""
    return _rows(_Prepared, statement, parameters)


def rows_of(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of a statement that is made for one request, so that preparing it at once would not pay."""
    return _rows(_Binary, statement, parameters)


def _rows(kind: type[_Binary], statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connections[ALIAS].cursor() as cursor:
        cursor.cursor = kind(cursor.connection)
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
