"""Copies of all rows of the test database, to have them again without doing again what made them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.db import connection
from django.db.backends.utils import CursorWrapper

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
        gone = [f'DELETE FROM "{name}"' for name in changed]  # noqa: S608
        _replace(cursor, {name: tables.rows[name] for name in changed}, gone)
        for name, value in tables.sequences.items():
            # Never back: other copies may hold the numbers in between.
            cursor.execute(f"SELECT setval(%s, greatest(%s, last_value)) FROM {name}", [name, value])  # noqa: S608


def filled(leave_out: tuple[str, ...]) -> list[str]:
    """The tables that hold a row, but those whose names begin as ``leave_out`` says."""
    names = [name for name in _all_tables() if not name.startswith(leave_out)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'EXISTS (SELECT 1 FROM "{name}")' for name in names))  # noqa: S608
        return [name for name, has_rows in zip(names, cursor.fetchone(), strict=True) if has_rows]


def taken(leave_out: tuple[str, ...], newest_change: int, *, emptied: Iterable[str] = ()) -> Tables:
    """Copy all rows but those of ``leave_out``, the state of the log, and the history since ``newest_change``.

    ``emptied`` are tables that held rows before: where they hold none now, ``put`` has to empty them as well.
    """
    changes = f"(SELECT * FROM articles_change WHERE id > {newest_change})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        rows = {name: _copy_out(name) for name in dict.fromkeys(["articles_head", *filled(leave_out), *emptied])}
        rows["articles_change"] = _copy_rows(changes)
        cursor.execute(
            "SELECT s.seqrelid::regclass::text, pg_sequence_last_value(s.seqrelid) FROM pg_sequence s "
            "JOIN pg_depend d ON d.objid = s.seqrelid AND d.deptype IN ('a', 'i') "
            "WHERE d.refobjid = ANY (%s::regclass[]) AND pg_sequence_last_value(s.seqrelid) IS NOT NULL",
            [list(rows)],
        )
        return Tables(rows, dict(cursor.fetchall()))


def put(tables: Tables, *, newest_change: int, is_empty: bool) -> None:
    """Put the rows back that ``taken`` copied, in place of those that are there. The caller's transaction undoes it."""
    gone = [] if is_empty else [f'DELETE FROM "{name}"' for name in tables.rows if name != "articles_change"]  # noqa: S608
    gone += ["DELETE FROM articles_head", f"DELETE FROM articles_change WHERE id > {newest_change}"]  # noqa: S608
    numbers = [
        f"SELECT setval('{name}', greatest({value}, last_value)) FROM {name}"  # noqa: S608
        for name, value in tables.sequences.items()
    ]
    with connection.cursor() as cursor:
        _replace(cursor, tables.rows, gone)
        if numbers:
            cursor.execute("; ".join(numbers))


def _replace(cursor: CursorWrapper, rows: dict[str, bytes], gone: list[str]) -> None:
    """Write these rows after the statements ``gone``, while our triggers do not run."""
    guarded = [name for name in rows if name in _with_triggers()]
    off = [f'ALTER TABLE "{name}" DISABLE TRIGGER USER' for name in guarded]
    cursor.execute("; ".join(["SET CONSTRAINTS ALL IMMEDIATE", *off, "SET CONSTRAINTS ALL DEFERRED", *gone]))
    for name, copied in rows.items():
        with cursor.connection.cursor().copy(f'COPY "{name}" FROM STDIN') as copy:
            copy.write(copied)
    on = [f'ALTER TABLE "{name}" ENABLE TRIGGER USER' for name in guarded]
    cursor.execute("; ".join(["SET CONSTRAINTS ALL IMMEDIATE", *on, "SET CONSTRAINTS ALL DEFERRED"]))


@cache
def _with_triggers() -> frozenset[str]:
    """The tables with triggers of ours. To switch them off costs more than to copy the rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        return frozenset(name for (name,) in cursor.fetchall())


@cache
def _all_tables() -> tuple[str, ...]:
    return tuple(_tables())


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        return [name for (name,) in cursor.fetchall() if name not in _FIXED]


def _copy_out(name: str) -> bytes:
    return _copy_rows(f'"{name}"')


def _copy_rows(what: str) -> bytes:
    with connection.cursor() as cursor, cursor.connection.cursor().copy(f"COPY {what} TO STDOUT") as copy:
        return b"".join(copy)
