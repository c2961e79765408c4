"""The small version of ``python -m bench.prove_feed``: real processes on a scratch database."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_follower_of_the_change_feed_misses_no_record() -> None:
    command = [sys.executable, "-m", "bench.prove_feed", "--records", "300", "--publishers", "3", "--pollers", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "none missed, none doubled, dense" in done.stdout
