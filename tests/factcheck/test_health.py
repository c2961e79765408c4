"""Health pages, and what stops a misconfigured process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).parents[2]


@pytest.mark.django_db
def test_health_checks_answer_when_process_and_both_databases_work(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").content == b"ok\n"


def test_favicon_ico_redirects_to_the_icon(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"].endswith("factcheck/icon.svg")


@pytest.mark.parametrize("absent", ["SECRET_KEY", "SITE_URL"])
def test_without_debug_a_missing_setting_stops_the_process_by_its_name(absent: str) -> None:
    given = {"SECRET_KEY": "x" * 60, "SITE_URL": "https://checks.example", "ALLOWED_HOSTS": "checks.example"}
    environment = {**os.environ, "DEBUG": "0", **given}
    environment[absent] = ""
    run = subprocess.run(
        [sys.executable, "-c", "import factcheck.settings"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert run.returncode != 0
    assert absent in run.stderr
