"""Which test files took the most processor time: a list at the end of a long run.

Counted is the time of the test's process, of the processes that it waited for, and of the database's process behind its
connection. So the list stays the same on a busy machine, where seconds on the clock do not.
"""

import os
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final

import pytest
from django.db import connection

_PROPERTY: Final = "processor_seconds"
#: A shorter run prints no list, except with ``-v``.
_LONG: Final = 120.0
_LISTED: Final = 20


class Slowest:
    """A plugin: counts in the process that runs a test, adds up and prints in the one that reports."""

    def __init__(self) -> None:
        self._before = 0.0
        self._files: Counter[str] = Counter()
        self._tests: Counter[str] = Counter()

    def pytest_runtest_logstart(self) -> None:
        """Begin to count."""
        self._before = _spent()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[Any]) -> Generator[None, pytest.TestReport]:
        """Put what was counted into the last report of a test."""
        report = yield
        if call.when == "teardown":
            report.user_properties.append((_PROPERTY, max(0.0, _spent() - self._before)))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add the time of a test to that of its file."""
        if report.when == "teardown":
            spent = float(dict(report.user_properties).get(_PROPERTY, 0.0))
            self._files[report.nodeid.partition("::")[0]] += spent
            self._tests[report.nodeid] += spent

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the list."""
        total = sum(self._files.values())
        if total < _LONG and terminalreporter.verbosity < 1:
            return
        write = terminalreporter.write_line
        terminalreporter.section(f"processor seconds: {total:.0f} in {len(self._files)} files")
        for title, counted in (("files", self._files), ("tests", self._tests)):
            write(f"slowest {title}")
            for name, spent in counted.most_common(_LISTED):
                write(f"{spent:8.1f}  {100 * spent / (total or 1):4.1f} %  {name}")


def _spent() -> float:
    """Seconds of processor time up to now."""
    own = os.times()
    return own.user + own.system + own.children_user + own.children_system + _database()


def _database() -> float:
    """Those of the database's process, where it is on this machine."""
    if connection.connection is None or connection.connection.closed:
        return 0.0
    try:
        status = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    except OSError:
        return 0.0
    fields = status.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
