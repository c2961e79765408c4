"""The small version of ``make prove-restore``: real dumps and real databases, without the demo newsroom."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_backup_restores_every_record_and_a_copy_harms_no_checkpoint() -> None:
    command = [sys.executable, "-m", "bench.prove_restore", "--records", "5", "--no-demo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 records backed up, 6 published later" in done.stdout
    assert "all restored, byte for byte" in done.stdout
