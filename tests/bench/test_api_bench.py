"""The small version of ``make bench-api``: that it measures what it says, not what comes out."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_api_bench_runs_and_finds_no_more_statements_than_promised() -> None:
    command = [sys.executable, "-m", "bench.api", "--claims", "120", "--rounds", "1", "--no-bounds"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line.rpartition(" statements ")[0].rsplit(maxsplit=1) for line in done.stdout.splitlines()]
    reads = {line[0].strip(): int(line[1]) for line in lines if line}
    ours = ("list of 100", "list, deep", "feed of 100", "feed, deep")
    assert [reads[name] for name in ours] == [2, 2, 2, 2]
    assert [reads[f"{name}, counted"] for name in ("list of 100", "one claim", "304 for list of 100")] == [3, 2, 3]
    assert reads["304 for list of 100"] == reads["304 for one claim"] == reads["one statement"] == 1
    assert reads["DRF as usual"] > 400
    assert reads["DRF tuned"] < 10
    for measured in ("one statement with json_agg", "DRF as usual / list", "rate limiter's share", "COPY", "memory"):
        assert measured in done.stdout
