"""A database with all migrations applied, which test databases are copies of.

Applying the migrations takes longer than most test modules. The template is made again when a migration, an SQL file or
a pinned package changes.
"""

from hashlib import sha256
from pathlib import Path
from typing import Final

from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper

_ROOT: Final = Path(__file__).resolve().parent.parent
_PREFIX: Final = "factcheck_template_"
#: Any number that no other lock uses: one process makes the template, the others wait for it.
_LOCK: Final = 20_261_129


def ensure() -> str:
    """The template's name. It is made if it is not there."""
    name = _PREFIX + _digest()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if name not in _templates(cursor):
            _make(cursor, name)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    return name


def _digest() -> str:
    """Of everything that decides what the migrations make. Roles are brought up to date in each copy."""
    files = [
        *_ROOT.glob("*/migrations/*.py"),
        *_ROOT.glob("*/sql/*.sql"),
        _ROOT / "requirements.lock",
        Path(__file__).resolve(),
    ]
    found = sha256()
    for file in sorted(files):
        found.update(str(file.relative_to(_ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _templates(cursor: CursorWrapper) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX])
    return [name for (name,) in cursor.fetchall()]


def _keep_statistics_away() -> None:
    """No vacuum comes in a test run: to it all tables are empty, and plans for empty tables take many times as long."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{name}" SET (autovacuum_enabled = off)')


def _make(cursor: CursorWrapper, name: str) -> None:
    """Migrate an empty database under another name first: a template that was interrupted is never used."""
    for former in _templates(cursor):
        cursor.execute(f'DROP DATABASE IF EXISTS "{former}" WITH (FORCE)')
    unfinished = f"{name}_unfinished"
    cursor.execute(f"CREATE DATABASE \"{unfinished}\" ENCODING 'UTF8' TEMPLATE template0")
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = unfinished
    try:
        call_command("migrate", verbosity=0)
        _keep_statistics_away()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
    cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
