"""The programs pg_dump and pg_restore: which are installed, which version fits, and how they are called."""

import contextlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from factcheck.postgres import server


class ProgramError(Exception):
    """A program of PostgreSQL is missing or failed; the message says which and why."""


def server_version() -> int:
    """The major version of the database's server, such as 15."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def find(name: str, *, at_least: int) -> Path:
    """The installed program with the lowest version that is not older than ``at_least``.

    A program older than the server is refused by PostgreSQL, and what a much newer one writes an older server may not
    understand. Raises ``ProgramError`` when none fits.
    """
    found = {program: version for program in _candidates(name) if (version := _version(program)) is not None}
    fitting = [(version, str(program)) for program, version in found.items() if version >= at_least]
    if not fitting:
        seen = ", ".join(f"{program} is {version}" for program, version in found.items()) or "none is installed"
        raise ProgramError(
            f"{name} of PostgreSQL {at_least} or newer is needed ({seen}). "
            f"On Debian install the package postgresql-client-{at_least}."
        )
    return Path(min(fitting)[1])


def run(program: Path, *arguments: str) -> str:
    """Run a program on the desk's database; returns what it printed. Raises ``ProgramError`` when it fails.

    The password is passed in the environment, because other users of the machine can read a process's arguments. New
    files can only be read by the site's user.
    """
    target, password = _target()
    done = subprocess.run(  # noqa: S603
        [str(program), "--no-password", f"--dbname={target}", *arguments],
        env={**os.environ, **password, "PGAPPNAME": "factcheck backup"},
        capture_output=True,
        text=True,
        check=False,
        umask=0o077,
    )
    if done.returncode != 0:
        raise ProgramError(f"{program.name} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout


def _target() -> tuple[str, dict[str, str]]:
    """The address of the desk's database without its password, and the password as an environment variable."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    values = {key: value for key, value in connection.get_connection_params().items() if key in known}
    password = values.pop("password", None)
    return make_conninfo(**values), {"PGPASSWORD": str(password)} if password else {}


def _candidates(name: str) -> list[Path]:
    """Programs of that name: the bundled one, the one on PATH, and those of Debian's versions side by side."""
    places = [Path(found)] if (found := shutil.which(name)) else []
    places += sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    with contextlib.suppress(server.ServerError):
        places.append(server.programs() / name)
    return [place for place in places if place.exists()]


def version_of(program: Path) -> int:
    """The major version of a program. Raises ``ProgramError`` when it cannot be run."""
    version = _version(program)
    if version is None:
        raise ProgramError(f"{program} cannot be run.")
    return version


def _version(program: Path) -> int | None:
    """The major version that a program reports; None when it cannot be run."""
    try:
        done = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False, timeout=20)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.search(r"\(PostgreSQL\) (\d+)", done.stdout)
    return int(match[1]) if match and done.returncode == 0 else None
