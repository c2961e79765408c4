"""The tests that ``make check`` counts for coverage are some of each file, whatever else runs."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests import counted


def a_test(file: str, name: str, *marks: str) -> Any:
    """As much of a collected test as is looked at."""
    made = SimpleNamespace(path=Path(file), nodeid=f"{file}::{name}", marks=[*marks])
    made.add_marker = made.marks.append
    made.get_closest_marker = lambda mark: mark in made.marks
    return made


def counting(items: list[Any], every: int | None) -> list[str]:
    counted.mark(items, every)
    return [item.nodeid for item in items if "no_cover" not in item.marks]


def items() -> list[Any]:
    return [
        *(a_test("a.py", f"test_{name}") for name in ("one", "two[x]", "two[y]", "three[x]", "three[y]")),
        *(a_test("b.py", name) for name in ("test_four", "test_five")),
        a_test("c.py", "test_six", "browser"),
    ]


def test_every_second_test_of_a_file_counts_with_its_first_case() -> None:
    assert counting(items(), 2) == ["a.py::test_one", "a.py::test_three[x]", "b.py::test_four"]


def test_all_count_unless_fewer_are_asked_for(monkeypatch: Any) -> None:
    monkeypatch.delenv("COVERAGE_OF_EVERY", raising=False)
    assert len(counting(items(), None)) == 8
    monkeypatch.setenv("COVERAGE_OF_EVERY", "3")
    assert counting(items(), None) == ["a.py::test_one", "b.py::test_four"]
