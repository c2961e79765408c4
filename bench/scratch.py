"""A database of its own for a proof: made beside the configured one, empty or as a copy, and dropped in the end."""

import contextlib
import os
import secrets
from collections.abc import Iterator

import psycopg
from psycopg import sql

from factcheck import database


def server() -> str:
    """The address of the configured database, beside which others are made; starts the project's own if need be."""
    base = os.environ.get("DATABASE_URL", "")
    if base in ("", database.EMBEDDED):
        var_dir = database.configured_var_dir()
        database.ensure_running(var_dir)
        base = database.own_server(var_dir).url()
    return base


def migrated() -> str:
    """A database to copy where all migrations are applied. ``SCRATCH_TEMPLATE`` names one on the same server: the
    tests' own, else it is an empty one, and the migrations take a while."""
    return os.environ.get("SCRATCH_TEMPLATE", "template1")


def with_demo() -> str:
    """A database to copy for a proof that loads the demo. ``SCRATCH_DEMO`` names one where it is loaded already, so
    that nothing is left to load: the tests' own, else it is ``migrated``."""
    return os.environ.get("SCRATCH_DEMO") or migrated()


@contextlib.contextmanager
def database_url(purpose: str, *, base: str = "", template: str = "template1") -> Iterator[str]:
    """The address of a new database, in DATABASE_URL as well; it is dropped when the block ends.

    It is empty, or a copy of the database called ``template``, to which nobody may be connected then. ``base`` is the
    ``server`` to make it on where DATABASE_URL is another scratch database already.
    """
    base = base or server()
    name = f"prove_{purpose}_{secrets.token_hex(4)}"
    path, _, options = base.partition("?")
    url = f"{path.rsplit('/', 1)[0]}/{name}" + (f"?{options}" if options else "")
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = url
    try:
        yield url
    finally:
        if before is None:
            del os.environ["DATABASE_URL"]
        else:
            os.environ["DATABASE_URL"] = before
        with psycopg.connect(base, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def name_of(url: str) -> str:
    """The name of the database at an address that ``database_url`` gave."""
    return url.partition("?")[0].rpartition("/")[2]
