"""Proves that each job whose worker is killed is done by another worker, once: ``make prove-jobs``, some minutes.

Kills one worker for each job, and one for all jobs together, on the database of the tests: it runs
``tests/jobs/test_killed_jobs.py``, of which ``make test`` runs the case of all jobs together.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = "tests/jobs/test_killed_jobs.py"


def main() -> int:
    """The exit code of the tests."""
    command = [sys.executable, "-m", "pytest", "-n", "0", "-v", "--no-header", "-p", "no:cacheprovider", TESTS]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "DEBUG": "1", "PROVE_JOBS": "1"}).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
