"""Counts of several processes, living and ended ones: each request once, and sums that never fall."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from factcheck.insight.counters import Counters

ROOT = Path(__file__).parents[3]
KEY = ("readers", "claims/", 200)
_COUNT = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "factcheck.settings"
from django.conf import settings
from pathlib import Path
settings.VAR_DIR = Path(sys.argv[1])
from factcheck.insight.counters import COUNTERS
for _ in range(int(sys.argv[2])):
    COUNTERS.note("readers", "claims/", 200, 0.01, 0, 2)
COUNTERS.write()
print("written", flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "metrics"


@contextmanager
def process(var: Path, number: int) -> Iterator[subprocess.Popen[str]]:
    """Another process, which has counted ``number`` requests."""
    command = [sys.executable, "-c", _COUNT, str(var), str(number)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "written\n"
        try:
            yield other
        finally:
            other.kill()


def total(mine: Counters) -> float:
    row = mine.everywhere().rows.get(KEY, [])
    assert row[-1] == 2 * sum(row[:-3]), "each has two statements"
    return sum(row[:-3])


def test_processes_are_added_up_and_none_is_lost_when_it_is_killed(tmp_path: Path, folder: Path) -> None:
    mine = Counters()
    with process(tmp_path, 5) as one, process(tmp_path, 70):
        assert total(mine) == 75
        one.send_signal(signal.SIGKILL)
        one.wait()
        assert total(mine) == 75
        with process(tmp_path, 100):
            assert total(mine) == 175
            assert len(list(folder.glob("*.lock"))) == 3, "two processes and the folder: the dead one was added up"
            mine.note(*KEY, 0.01, 0, 2)
            mine.write()
            assert total(mine) == 176
    with process(tmp_path, 0):
        assert total(mine) == 176
        assert len(json.loads((folder / "ended.json").read_text())["counts"]) == 1


def test_a_process_that_is_killed_while_it_adds_up_counts_nothing_twice(tmp_path: Path, folder: Path) -> None:
    with process(tmp_path, 5):
        pass
    left = {path: path.read_bytes() for path in folder.iterdir()}
    with process(tmp_path, 0):
        pass
    for path, content in left.items():  # as if it had been killed before it deleted them
        path.write_bytes(content)
    assert total(Counters()) == 5
    with process(tmp_path, 0):
        assert total(Counters()) == 5


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"counts": [["readers", "claims/", 200, 1]]}'])
def test_a_broken_file_is_no_fault(tmp_path: Path, folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "1-abc.json").write_bytes(content)
    (folder / "ended.json").write_bytes(content)
    with process(tmp_path, 3):
        assert total(Counters()) == 3


def test_a_disk_that_cannot_be_written_to_costs_one_line(tmp_path: Path, settings: Any, caplog: Any) -> None:
    settings.VAR_DIR = tmp_path / "file"
    settings.VAR_DIR.write_text("no folder")
    mine = Counters()
    for _ in range(3):
        mine.note(*KEY, 0.01, 0, 2)
        mine.write()
    assert total(mine) == 3
    assert sum("cannot be written" in record.getMessage() for record in caplog.records) == 1


def test_a_duration_is_in_the_bucket_whose_end_it_does_not_exceed() -> None:
    mine = Counters()
    for seconds in (0.004, 0.005, 0.006, 10.0, 11.0):
        mine.note(*KEY, seconds, 0, 0)
    assert mine.everywhere().rows[KEY][:-3] == [2, 1, 0, 0, 0, 0, 0, 1, 1]
