"""Health pages, and what stops a misconfigured process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).parents[2]


GIVEN = {
    "SECRET_KEY": "x" * 60,
    "SITE_URL": "https://checks.example",
    "ALLOWED_HOSTS": "checks.example",
    "DATABASE_URL": "postgresql://desk@db.example/facts",
}


def engine_of(**given: str) -> subprocess.CompletedProcess[str]:
    """A process of its own that reads the settings in this environment and prints the engine of the desk's database."""
    code = "from factcheck.settings import DATABASES; print(DATABASES['default']['ENGINE'])"
    environment = {**os.environ, "READERS_DATABASE_URL": "", **given}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.django_db
def test_health_checks_answer_when_process_and_both_databases_work(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").content == b"ok\n"


def test_favicon_ico_redirects_to_the_icon(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"].endswith("factcheck/icon.svg")


@pytest.mark.parametrize("absent", ["SECRET_KEY", "SITE_URL", "DATABASE_URL"])
def test_without_debug_a_missing_setting_stops_the_process_by_its_name(absent: str) -> None:
    run = engine_of(DEBUG="0", **{**GIVEN, absent: ""})
    assert run.returncode != 0
    assert f"environment variable {absent} is not set" in run.stderr


@pytest.mark.parametrize(
    ("given", "engine"),
    [
        ({"DEBUG": "0", **GIVEN}, "django.db.backends.postgresql"),
        ({"DEBUG": "0", **GIVEN, "DATABASE_URL": "embedded"}, "factcheck.postgres"),
        ({"DEBUG": "1", "DATABASE_URL": ""}, "factcheck.postgres"),
    ],
    ids=["a server", "embedded on purpose", "nothing, with DEBUG"],
)
def test_the_embedded_database_is_used_only_on_purpose_or_with_debug(given: dict[str, str], engine: str) -> None:
    run = engine_of(**given)
    assert (run.returncode, run.stdout.strip()) == (0, engine), run.stderr
