"""Records for those who want the bytes alone: lists of the API and the change feed."""

from typing import Any, NamedTuple

import psycopg
from django.db import connections
from django.db.models import QuerySet

from articles.models import Record


class Stored(NamedTuple):
    """A record's number and its bytes."""

    record_id: int
    body: bytes


def stored(records: QuerySet[Record]) -> list[Stored]:
    """These records, in their order."""
    return _fetched(records.db, *_compiled(records.values_list("seq", "body")))


def stored_of(numbers: QuerySet[Any, Any]) -> list[Stored]:
    """The records of these numbers (one column), in any order."""
    chosen, parameters = _compiled(numbers)
    return _fetched(numbers.db, f"SELECT seq, body FROM articles_record WHERE seq IN ({chosen})", parameters)  # noqa: S608


def _compiled(rows: QuerySet[Any, Any]) -> tuple[str, Any]:
    statement, parameters = rows.query.get_compiler(rows.db).as_sql()
    return statement, parameters


def _fetched(plane: str, statement: str, parameters: Any) -> list[Stored]:
    """What a statement gives, without model instances and fetched in PostgreSQL's binary form.

    Otherwise bytes come as hexadecimal text twice as long, and both took half the time of a page of a hundred.
    """
    connection = connections[plane]
    connection.ensure_connection()
    # Django's own cursors put parameters into the statement's text, which PostgreSQL answers in text only.
    plain: Any = psycopg.Cursor(connection.connection)
    plain.format = psycopg.pq.Format.BINARY
    with connection._prepare_cursor(plain) as cursor:  # type: ignore[attr-defined]
        cursor.execute(statement, parameters)
        return [Stored(*row) for row in cursor.fetchall()]
