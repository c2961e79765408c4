"""The small versions of proofs start with databases and static files that the tests have made already."""

import os
from typing import Any

import pytest
from django.db import connection

from tests.demo_fixtures import fill, locked, run_folder

_PREFIX = "factcheck_demo_"


@pytest.fixture(autouse=True, scope="session")
def _proofs_load_no_demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """To load the demo, to migrate and to collect static files took most of the time of a small proof."""
    known = run_folder(tmp_path_factory) / "demo-database"
    with locked(known.with_suffix(".lock")), django_db_blocker.unblock():
        if not known.exists():
            known.write_text(_made(tmp_path_factory))
        os.environ["SCRATCH_DEMO"] = known.read_text()


def _made(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a new database with the demo, for all processes of this run. Those of earlier runs are dropped."""
    name, usual = f"{_PREFIX}{os.getpid()}", connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX])
        for (former,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE IF EXISTS "{former}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{os.environ["SCRATCH_TEMPLATE"]}"')
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        fill(tmp_path_factory)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
    return name
