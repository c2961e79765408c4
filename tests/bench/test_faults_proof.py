"""The small versions of ``make prove-faults``: real processes and servers, no bound on times."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from bench.faults import addresses, pooled

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> str:
    """A proof that begins with the tables of the tests' database."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    given = connection.get_connection_params()
    template = make_conninfo(**{name: value for name, value in given.items() if name in known})
    command = [sys.executable, "-m", "bench.faults", *arguments, "--template", template]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.django_db
def test_nothing_acknowledged_is_lost_when_a_web_worker_and_postgresql_are_killed() -> None:
    """Job workers are killed in tests/jobs/test_killed_jobs.py."""
    printed = run("kills", "--rounds", "2", "--bound", "60", "--seed", "3", "--pause", "1")
    assert "kills: held" in printed
    for kind in ("web worker", "PostgreSQL"):
        assert kind in printed


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.skipif(not pooled.program(), reason="PgBouncer is not installed (Debian: apt-get install pgbouncer)")
def test_the_site_works_by_way_of_pgbouncer_in_transaction_mode() -> None:
    assert "pooled: held" in run("pooled", "--rounds", "4")


def test_every_public_address_is_asked_for_with_real_values() -> None:
    known = dict.fromkeys(addresses._NAMES, "real") | {"size": "9"}
    paths = addresses.real(known, {"reports_reference": "R1", "suggestions_reference": "S1"})
    assert not [path for path in paths if any(letter in path for letter in "<>()^$")]
    assert len(paths) > 2 * len(addresses.patterns())
    for path in ("/claims/real/r1/card.png", "/reports/R1/", "/suggestions/S1/", "/log/tile/0/000.p/9", "/ar/trust/"):
        assert path in paths
    assert not addresses.unused(), "an exception that hides nothing"
