"""The statements that most requests begin with, prepared: PostgreSQL reads and plans each once for a connection.

For a look-up by key that is most of the work. Rows come in PostgreSQL's binary form, so that a record's bytes are not
written as text twice as long and read back.
"""

from typing import Any, Self

import psycopg
from django.db import connections

PLANE = "readers"


class _Prepared(psycopg.Cursor[tuple[Any, ...]]):
    """Django's own kind puts parameters into the text of a statement, which makes each a new one."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Self:
        return super().execute(query, params, prepare=True, binary=True)


def row(statement: str, *parameters: Any) -> tuple[Any, ...] | None:
    """The first row of a statement on the readers' plane. Columns of JSON come as what they hold."""
    with connections[PLANE].cursor() as cursor:
        cursor.cursor = _Prepared(cursor.connection)
        cursor.execute(statement, parameters)
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """All rows of a statement. How many are wanted stands in its text: a plan made once does not see a parameter."""
    with connections[PLANE].cursor() as cursor:
        cursor.cursor = _Prepared(cursor.connection)
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
