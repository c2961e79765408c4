"""``VAR_DIR``: everything the site writes lies under it, and a folder that cannot be used stops the process."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factcheck.test_health import GIVEN, ROOT

WRITTEN = (
    "from factcheck import settings as s; print(s.STATIC_ROOT, s.CACHES['cards']['LOCATION'], s.LOG_CHECKPOINT_FILE, "
    "s.DATABASES['default'].get('VAR_DIR', ''), sep='\\n')"
)
NOBODY = 65_534


def read_settings(**given: str) -> subprocess.CompletedProcess[str]:
    """A process of its own that reads the settings and prints where the site writes."""
    environment = {**os.environ, "DEBUG": "0", "READERS_DATABASE_URL": "", **GIVEN, **given}
    environment.pop("LOG_CHECKPOINT_FILE", None)
    command = [sys.executable, "-c", WRITTEN]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_everything_that_is_written_lies_under_var_dir(tmp_path: Path) -> None:
    run = read_settings(VAR_DIR=str(tmp_path), DATABASE_URL="embedded")
    assert run.returncode == 0, run.stderr
    written = run.stdout.split()
    assert len(written) == 4
    assert all(Path(place).is_relative_to(tmp_path) for place in written)
    assert list(tmp_path.iterdir()) == [], "reading the settings writes nothing"


@pytest.mark.parametrize("debug", ["0", "1"])
def test_a_missing_var_dir_stops_the_process_by_its_name(tmp_path: Path, debug: str) -> None:
    run = read_settings(VAR_DIR=str(tmp_path / "not mounted"), DEBUG=debug)
    assert run.returncode != 0
    assert "not mounted does not exist or is not a folder" in run.stderr
    assert not (tmp_path / "not mounted").exists()


def test_a_relative_var_dir_stops_the_process() -> None:
    run = read_settings(VAR_DIR="var")
    assert run.returncode != 0
    assert "VAR_DIR=var is not an absolute path" in run.stderr


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder that nobody may write to. Root may all the same, so the check is made as another user then."""
    with tempfile.TemporaryDirectory(prefix="fc-", dir="/tmp") as top:
        Path(top).chmod(0o755)
        folder = Path(top) / "read-only"
        folder.mkdir(mode=0o555)
        yield folder


@pytest.mark.parametrize("named", [True, False], ids=["VAR_DIR", "var beside manage.py"])
def test_a_folder_that_cannot_be_written_to_stops_the_process(read_only: Path, named: bool) -> None:
    code = (
        "import os, sys; from pathlib import Path; from factcheck import folders; "
        f"os.geteuid() or os.seteuid({NOBODY}); "
        "folders.check_writable(folders.var_dir(sys.argv[1], base_dir=Path(sys.argv[2])))"
    )
    command = [sys.executable, "-c", code, str(read_only) if named else "", str(read_only)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode != 0
    assert "cannot be written to by user" in run.stderr, run.stderr
    assert "set VAR_DIR to another folder" in run.stderr


def test_the_command_of_the_bundled_server_reads_var_dir(tmp_path: Path) -> None:
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "DATABASE_URL": "embedded"}
    command = [sys.executable, "-m", "factcheck.database", "status"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 3
    assert str(tmp_path / "postgres") in run.stdout
