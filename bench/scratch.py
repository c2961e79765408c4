"""A database of its own for a proof: made empty beside the configured one, migrated, dropped in the end."""

import contextlib
import os
import secrets
from collections.abc import Iterator

import psycopg
from psycopg import sql

from factcheck import database


@contextlib.contextmanager
def database_url(purpose: str) -> Iterator[str]:
    """The address of a new, empty database, in DATABASE_URL as well; it is dropped when the block ends."""
    base = os.environ.get("DATABASE_URL", "")
    if not base:
        var_dir = database.BASE_DIR / "var"
        database.ensure_running(var_dir)
        base = database.own_server(var_dir).url()
    name = f"prove_{purpose}_{secrets.token_hex(4)}"
    path, _, options = base.partition("?")
    url = f"{path.rsplit('/', 1)[0]}/{name}" + (f"?{options}" if options else "")
    with psycopg.connect(base, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = url
    try:
        yield url
    finally:
        if before is None:
            del os.environ["DATABASE_URL"]
        else:
            os.environ["DATABASE_URL"] = before
        with psycopg.connect(base, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
