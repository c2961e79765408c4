"""Many new rows at once, by PostgreSQL's COPY. Triggers and constraints hold as they do for INSERT."""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

from django.db import connection, models

from lib.parsing.inexact_dates import InexactDate


def copy_rows(rows: Sequence[models.Model]) -> None:
    """Store rows of one model that are not stored yet. A key that the database gives is not read back."""
    if not rows:
        return
    meta = rows[0]._meta
    given = [f for f in meta.concrete_fields if not (isinstance(f, models.AutoField) and rows[0].pk is None)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in given)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(meta.db_table)} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(list(adapted(getattr(row, field.attname) for field in given)))


def adapted(values: Iterator[Any]) -> Iterator[Any]:
    """Values of columns as the driver takes them. Columns of JSON are not among them."""
    for value in values:
        if isinstance(value, InexactDate):
            yield value.edtf
        else:
            yield value.value if isinstance(value, Enum) else value
