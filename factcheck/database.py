"""Where the data is: the two connections of ``settings.DATABASES``, and the project's own PostgreSQL.

``python -m factcheck.database status|start|stop|reset|url`` controls the server.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from factcheck import folders

if TYPE_CHECKING:
    from factcheck.postgres.server import Server

BASE_DIR = Path(__file__).resolve().parent.parent

#: What DATABASE_URL holds for the project's own PostgreSQL. With DEBUG it may be left out.
EMBEDDED = "embedded"
#: The role that may only SELECT what is published (articles/migrations grants it).
READERS_ROLE = "factcheck_readers"
#: How every session of the readers' connection begins; the time-out is in milliseconds.
READERS_LIMITS = "-c default_transaction_read_only=on -c statement_timeout=3000"
#: A statement of the readers' connection that comes this often on a connection is prepared: read and planned once.
PREPARED_AFTER = 5
#: Seconds a connection is kept for the next request; opening one costs more than most pages.
CONNECTION_SECONDS = 60

#: How many seconds a server may take to accept a connection, unless the URL says otherwise (?connect_timeout=).
CONNECT_SECONDS = 5
#: How long a replica may take to answer before the next one is asked.
REPLICA_SECONDS = 2
#: What says where a server is, and who asks.
_PLACE = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
_SCHEMES = ("postgres", "postgresql", "pgsql")
_HINTS = {
    "SECRET_KEY": "a long random text, such as the output of: "
    "python -c 'import secrets; print(secrets.token_urlsafe(50))'",
    "SITE_URL": "the address readers know this site by, such as https://facts.example.org",
    "DATABASE_URL": "postgresql://user:password@host:5432/name, or to “embedded” for the PostgreSQL that is bundled",
    "READERS_DATABASE_URL": "postgresql://user:password@host:5432/name",
}

Connection = dict[str, Any]


def missing(name: str) -> NoReturn:
    """Stop the start of the process: environment variable ``name`` is not set.

    Raises ImproperlyConfigured, saying what the variable should hold.
    """
    hint = _HINTS.get(name, "see docs/operations.md")
    raise ImproperlyConfigured(
        f"The environment variable {name} is not set. Set it to {hint}. "
        "To try things out on your own machine, set DEBUG=1 instead."
    )


def connections(
    *,
    desk_url: str,
    readers_url: str,
    var_dir: Path,
    replica_urls: Sequence[str] = (),
    max_lag: float = 30.0,
    pool_urls: tuple[str, str] = ("", ""),
) -> dict[str, Connection]:
    """``DATABASES``: ``default`` is the desk, ``readers`` what the public is served from.

    ``replica_urls`` are tried before that, in order; one that is more than ``max_lag`` seconds behind is left out.
    ``pool_urls`` are the same two connections by way of PgBouncer, for a process that answers requests.

    With ``EMBEDDED`` as ``desk_url`` both are the project's own PostgreSQL under ``var_dir``, which starts at the
    first query. Without ``readers_url`` readers use the desk's server in a restricted role. Raises
    ImproperlyConfigured for anything but PostgreSQL.
    """
    if desk_url == EMBEDDED and readers_url:
        raise ImproperlyConfigured(
            "READERS_DATABASE_URL is set but DATABASE_URL is not, or is “embedded”: readers would see another database "
            "than the desk."
        )
    desk = _embedded(var_dir) if desk_url == EMBEDDED else _parsed("DATABASE_URL", desk_url)
    if readers_url:
        readers = _limited(_parsed("READERS_DATABASE_URL", readers_url), READERS_LIMITS)
    elif desk_url == EMBEDDED:
        readers = _limited({**_embedded(var_dir), "USER": READERS_ROLE}, READERS_LIMITS)
    else:
        readers = _limited(_parsed("DATABASE_URL", desk_url), f"-c role={READERS_ROLE} {READERS_LIMITS}")
    readers["OPTIONS"].setdefault("prepare_threshold", PREPARED_AFTER)
    if any(pool_urls):
        desk, readers = _pooled(*pool_urls)
    if replica_urls:
        readers = _with_replicas(readers, replica_urls, max_lag)
    readers["TEST"] = {"MIRROR": "default"}
    return {"default": desk, "readers": readers}


def serves_requests() -> bool:
    """Whether this process is one of the web server's: commands and the worker need sessions of their own."""
    return "factcheck.wsgi" in sys.modules


def _pooled(desk_url: str, readers_url: str) -> tuple[Connection, Connection]:
    """Both connections by way of PgBouncer in transaction mode, where each transaction may have another session.

    So nothing is kept in a session: no prepared statements, no cursors beyond a transaction, and no limits that
    the client sends at its start. The readers' login has its limits of its own; the backend looks.
    """
    if not desk_url or not readers_url:
        raise ImproperlyConfigured(
            "DATABASE_POOL_URL and READERS_DATABASE_POOL_URL go together: PgBouncer passes no role on, so readers need "
            "a login of their own. See docs/availability.md."
        )
    desk, readers = _parsed("DATABASE_POOL_URL", desk_url), _parsed("READERS_DATABASE_POOL_URL", readers_url)
    for one in (desk, readers):
        one["OPTIONS"] = {**one["OPTIONS"], "prepare_threshold": None}
        one["DISABLE_SERVER_SIDE_CURSORS"] = True
    return desk, {**readers, "ENGINE": "factcheck.pooled", "IS_POOLED": True}


def _with_replicas(readers: Connection, urls: Sequence[str], max_lag: float) -> Connection:
    """The readers' connection to the first good one of several servers; ``readers`` is the last."""
    replicas = [_limited(_parsed("READERS_DATABASE_URLS", url), READERS_LIMITS) for url in urls]
    for replica in replicas:
        replica["OPTIONS"] |= {"connect_timeout": REPLICA_SECONDS, "prepare_threshold": PREPARED_AFTER}
    candidates = [{name: one[name] for name in _PLACE} for one in (*replicas, readers)]
    return {**readers, "ENGINE": "factcheck.replicas", "CANDIDATES": candidates, "MAX_LAG_SECONDS": max_lag}


def _parsed(name: str, url: str) -> Connection:
    """The settings for a URL. Errors name the variable and never repeat the URL: it holds a password."""
    scheme = url.partition(":")[0]
    if scheme not in _SCHEMES or "://" not in url:
        raise ImproperlyConfigured(
            f"{name} must be a PostgreSQL address such as {_HINTS['READERS_DATABASE_URL']}; "
            "PostgreSQL 15 or newer is the only database this product runs on."
        )
    try:
        connection: Connection = dict(
            dj_database_url.parse(url, conn_max_age=CONNECTION_SECONDS, conn_health_checks=True)
        )
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} cannot be read: special characters in its parts must be percent-encoded."
        ) from error
    if not connection["NAME"]:
        raise ImproperlyConfigured(f"{name} names no database: it must end in /name.")
    return {**connection, "OPTIONS": {"connect_timeout": CONNECT_SECONDS, **connection.get("OPTIONS", {})}}


def _embedded(var_dir: Path) -> Connection:
    """The desk on the project's own PostgreSQL. Only looks at names: nothing is created or started."""
    from factcheck.postgres import server

    return {
        "ENGINE": "factcheck.postgres",
        "NAME": server.DATABASE,
        "USER": server.DESK_ROLE,
        "PASSWORD": "",
        "HOST": str(own_server(var_dir).socket_dir),
        "PORT": str(server.PORT),
        "CONN_MAX_AGE": CONNECTION_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {},
        "VAR_DIR": var_dir,
    }


def _limited(connection: Connection, limits: str) -> Connection:
    """The same settings, with sessions that begin with ``limits``, after any libpq options it already has."""
    options = connection["OPTIONS"]
    return {**connection, "OPTIONS": {**options, "options": f"{options.get('options', '')} {limits}".strip()}}


def own_server(var_dir: Path) -> "Server":
    """The project's own PostgreSQL under ``var_dir``, running or not. Touches nothing."""
    from factcheck.postgres.server import Server

    return Server.under(var_dir)


def configured_var_dir() -> Path:
    """The folder of ``settings.VAR_DIR``, for commands without settings. Raises ImproperlyConfigured."""
    return folders.var_dir(os.environ.get("VAR_DIR", ""), base_dir=BASE_DIR)


def ensure_running(var_dir: Path) -> None:
    """Create and start the project's own PostgreSQL if need be; return when it answers. Raises ServerError."""
    own_server(var_dir).ensure_running()


# --- Command line -----------------------------------------------------------------------------------
def main(arguments: list[str], var_dir: Path | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused or failed, 3 (status) not running.

    Without ``var_dir`` the server is the one under the environment's VAR_DIR.
    """
    from factcheck.postgres.server import ServerError

    parser = argparse.ArgumentParser(prog="python -m factcheck.database", description="The project's own PostgreSQL.")
    parser.add_argument("command", choices=["status", "start", "stop", "reset", "url"])
    parser.add_argument("--force", action="store_true", help="reset without asking")
    given = parser.parse_args(arguments)
    Env().read_env(str(BASE_DIR / ".env"), recurse=False)
    try:
        if os.environ.get("DATABASE_URL", "") not in ("", EMBEDDED):
            return _external(given.command)
        return _own(given, own_server(var_dir or configured_var_dir()))
    except (ServerError, ImproperlyConfigured) as error:
        print(error, file=sys.stderr)
        return 1


def _external(command: str) -> int:
    """Answer a command when the data is on a server that is not ours to touch."""
    if command == "url":
        print(os.environ["DATABASE_URL"])
        return 0
    print("DATABASE_URL is set: the data is on that server, which this command does not touch.", file=sys.stderr)
    return 1 if command == "reset" else 0


def _own(given: argparse.Namespace, server: "Server") -> int:
    """Do a command on the project's own server."""
    if given.command == "url":
        print(server.url())
    elif given.command == "start":
        server.ensure_running()
    elif given.command == "stop":
        print("Stopped." if server.stop() else "It was not running.")
    elif given.command == "reset":
        return _reset(server, given.force)
    elif (pid := server.pid()) is None:
        print(f"Not running. Files: {server.home}")
        return 3
    else:
        print(f"Running as process {pid}, {'answering' if server.answers() else 'not answering'}. Files: {server.home}")
    return 0


def _reset(server: "Server", force: bool) -> int:
    """Delete every article, claim and record of this machine, after asking."""
    if not force:
        print(f"This deletes the whole database in {server.home}.")
        try:
            agreed = input("Type yes to go on: ").strip() == "yes"
        except EOFError:
            agreed = False
        if not agreed:
            print("Nothing was deleted. (FORCE=1 skips the question.)")
            return 1
    server.delete()
    print("Deleted.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
