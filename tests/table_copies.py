"""Copies of all rows of the test database, to have them again without doing again what made them."""

from dataclasses import dataclass
from typing import Final

from django.db import connection

#: Filled by migrations, and never different: neither copied nor emptied.
_FIXED: Final = ("django_migrations", "django_content_type", "auth_permission")


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of each table, as COPY gives them, and the last number of each sequence that was used."""

    rows: dict[str, bytes]
    sequences: dict[str, int]


def read() -> Tables:
    """Copy all rows. What the current transaction wrote is in it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        rows = {name: _copy_out(name) for name in _tables()}
        cursor.execute(
            "SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences "
            "WHERE schemaname = 'public' AND last_value IS NOT NULL"
        )
        return Tables(rows, dict(cursor.fetchall()))


def write(tables: Tables) -> None:
    """Replace all rows by the copies; our triggers do not run. The caller's transaction undoes it."""
    with connection.cursor() as cursor:
        changed = [name for name in _tables() if tables.rows[name] or _copy_out(name)]
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in changed:
            cursor.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for name in changed:
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608
        for name in changed:
            with cursor.connection.cursor().copy(f'COPY "{name}" FROM STDIN') as copy:
                copy.write(tables.rows[name])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in changed:
            cursor.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
        for name, value in tables.sequences.items():
            cursor.execute("SELECT setval(%s, %s)", [name, value])


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        return [name for (name,) in cursor.fetchall() if name not in _FIXED]


def _copy_out(name: str) -> bytes:
    with connection.cursor() as cursor, cursor.connection.cursor().copy(f'COPY "{name}" TO STDOUT') as copy:
        return b"".join(copy)
