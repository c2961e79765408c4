"""Which tests count for the coverage of ``make check``, for counting doubles the time of a test.

All tests run. With fewer that count, the floor of ``pyproject.toml`` is harder to reach, never easier. Without
``COVERAGE_OF_EVERY`` all of them count, as in ``make coverage``.
"""

import os
from collections.abc import Iterable
from itertools import groupby

import pytest


def mark(items: Iterable[pytest.Item], every: int | None = None) -> None:
    """Of every so many tests of a file one counts, with its first case; tests in a browser do not."""
    every = every or int(os.environ.get("COVERAGE_OF_EVERY") or 0)
    if not every:
        return
    for _file, of_file in groupby(items, key=lambda item: item.path):
        for number, (_name, cases) in enumerate(groupby(of_file, key=_test)):
            for case_number, case in enumerate(cases):
                if case_number or number % every or case.get_closest_marker("browser"):
                    case.add_marker("no_cover")


def _test(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]
