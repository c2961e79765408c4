"""The small version of ``python -m bench.prove_guessers``: the served site, real connections, no bound on times."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_password_guessers_get_no_further_than_the_limits() -> None:
    small = ["--rounds", "1", "--seconds", "1.5", "--tries", "70", "--no-bounds"]
    command = [sys.executable, "-m", "bench.prove_guessers", *small]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "70 wrong passwords from one network: 60 checked" in done.stdout
    assert "70 wrong passwords from 200 networks, one account: 10 checked" in done.stdout
