"""``manage.py check --deploy``: a site without an address for its readers, and the header that is hard to take back."""

import os
import subprocess
import sys
from pathlib import Path

from tests.factcheck.test_health import GIVEN, ROOT


def check(folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """The check of a production site in a process of its own, with the value of one header."""
    environment = {**os.environ, "DEBUG": "0", "READERS_DATABASE_URL": "", "VAR_DIR": str(folder), **GIVEN, **given}
    environment["SECRET_KEY"] = "a-b_c1D2e3F4g5H6" * 4
    code = (
        "import django; django.setup(); from django.conf import settings; from django.core.management import "
        "call_command; print('preload', settings.SECURE_HSTS_PRELOAD); "
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    command = [sys.executable, "-c", code]
    environment["DJANGO_SETTINGS_MODULE"] = "factcheck.settings"
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=90)


def test_an_example_as_contact_address_is_found(tmp_path: Path) -> None:
    run = check(tmp_path, CONTACT_EMAIL="corrections@factcheck.example")
    assert run.returncode != 0
    assert "(factcheck.W001) CONTACT_EMAIL is corrections@factcheck.example, an example." in run.stderr


def test_a_complete_site_passes_and_its_header_does_not_ask_for_preload(tmp_path: Path) -> None:
    run = check(tmp_path, CONTACT_EMAIL="corrections@example.org")
    assert run.returncode == 0, run.stderr
    assert "preload False" in run.stdout


def test_preload_is_on_when_it_is_asked_for(tmp_path: Path) -> None:
    assert "preload True" in check(tmp_path, SECURE_HSTS_PRELOAD="1").stdout
