"""The tests of the browser's scripts that need no browser (tests/js), and what their tools leave in the repository."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TESTS = sorted((ROOT / "tests/js").glob("*.test.js"))


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
def test_the_scripts_pass_their_own_tests():
    assert TESTS
    done = subprocess.run(["node", "--test", *map(str, TESTS)], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"^(?:#|ℹ) pass (\d+)$", done.stdout, re.MULTILINE)
    assert passed, done.stdout
    assert int(passed[1]) > len(TESTS)


def test_the_lock_file_names_no_host():
    """``npm run lock`` writes it without addresses: a registry's may be private, and none is needed to install."""
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert "://" not in lock
    assert '"integrity"' in lock


def test_versions_of_the_tools_are_exact():
    package = (ROOT / "package.json").read_text()
    versions = re.findall(r'"[@\w/-]+": "([^"]*\d+\.[^"]*)"', package.split('"devDependencies"')[1])
    assert versions
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
