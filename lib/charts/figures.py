"""A chart as data, and what keeps it from being drawn."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

KINDS: Final = ("bar", "line", "number")
MAX_ROWS: Final = 30
MAX_LABEL: Final = 80
MAX_UNIT: Final = 20
_FIGURE = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows of a label and a figure, both as they were typed. ``unit`` follows each figure, such as ``%``."""

    kind: str
    title: str
    unit: str
    source: str
    rows: tuple[tuple[str, str], ...]

    def values(self) -> list[Decimal]:
        """The figures as numbers. Only for a chart without faults."""
        return [Decimal(figure) for _label, figure in self.rows]


def is_figure(text: str) -> bool:
    """Whether a text is a plain number: at most 15 digits, a point, at most 6 digits."""
    return _FIGURE.fullmatch(text) is not None


def with_unit(written: str, unit: str) -> str:
    """A figure with its unit, as charts write it."""
    return f"{written}\N{NO-BREAK SPACE}{unit}" if unit else written


def faults(chart: Chart) -> list[str]:
    """What is wrong with the chart, one sentence for each; none for a chart that can be drawn."""
    name = f"The chart “{chart.title}”" if chart.title else "The chart without a title"
    return [f"{name}: {fault}" for fault in _faults(chart)]


def _faults(chart: Chart) -> Iterator[str]:
    if chart.kind not in KINDS:
        yield "choose bars, a line or one number."
    if not chart.title:
        yield "give it a title that says what is shown."
    if not chart.source:
        yield "name the source of the figures."
    if len(chart.unit) > MAX_UNIT:
        yield f"the unit has {len(chart.unit)} characters; at most {MAX_UNIT} fit."
    if len(chart.rows) > MAX_ROWS:
        yield f"it has {len(chart.rows)} rows; at most {MAX_ROWS} can be read. Leave some out, or use a table."
    yield from _wrong_number_of_rows(chart)
    for number, (label, figure) in enumerate(chart.rows[:MAX_ROWS], 1):
        yield from _wrong_row(number, label, figure)


def _wrong_number_of_rows(chart: Chart) -> Iterator[str]:
    count = len(chart.rows)
    if not count:
        yield "it has no figures."
    elif chart.kind == "number" and count > 1:
        yield f"one big number has one row, and here are {count}."
    elif chart.kind == "line" and count < 2:
        yield "a line needs at least two figures."


def _wrong_row(number: int, label: str, figure: str) -> Iterator[str]:
    if not label:
        yield f"row {number} has no label."
    elif len(label) > MAX_LABEL:
        yield f"the label in row {number} has {len(label)} characters; at most {MAX_LABEL} fit."
    if not figure:
        yield f"row {number} has no figure."
    elif not is_figure(figure):
        yield f"“{figure[:40]}” in row {number} is no figure. Write a plain number with a point, such as 12.5."
