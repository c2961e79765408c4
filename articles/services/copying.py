"""Many new rows at once, by PostgreSQL's COPY. Triggers and constraints hold as they do for INSERT."""

from collections.abc import Sequence

from django.db import connection, models


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
            copy.write_row([f.get_db_prep_save(getattr(row, f.attname), connection) for f in given])
