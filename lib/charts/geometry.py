"""Where the parts of a chart stand, as shares of its plot, and which of them are named: one rule for every drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

Side = Literal["start", "middle", "end"]
#: A line of points keeps this share of the plot free at both ends.
MARGIN: Final = 0.06
_ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Bar:
    """From where lines begin: where a bar begins, and how long it is."""

    begin: float
    length: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars on both sides of ``zero``. Its line is drawn where the length of the bars alone does not show it."""

    bars: tuple[Bar, ...]
    zero: float
    has_zero_line: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line: its place from where lines begin and from the top, and what is written at it.

    ``side`` is where its words are tied to it.
    """

    across: float
    down: float
    side: Side
    has_figure: bool
    is_figure_below: bool
    has_label: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Points at equal distances in the order of the rows. The line at ``zero``, from the top, is always drawn."""

    points: tuple[Point, ...]
    zero: float


def bars(values: Sequence[Decimal]) -> Bars:
    """Bars from a common zero; those below zero go the other way."""
    low, span = _scale(values)
    zero = _share(_ZERO, low, span)
    places = [_share(value, low, span) for value in values]
    made = tuple(Bar(min(zero, place), abs(place - zero)) for place in places)
    return Bars(made, zero, has_zero_line=min(values) <= 0)


def line(values: Sequence[Decimal]) -> Line:
    """A line through two or more points."""
    low, span = _scale(values)
    last = len(values) - 1
    step = (1 - 2 * MARGIN) / last
    named, labelled = _named(values), _labelled(last)
    points = tuple(
        Point(
            across=MARGIN + number * step,
            down=1 - _share(value, low, span),
            side="start" if number == 0 else "end" if number == last else "middle",
            has_figure=number in named,
            is_figure_below=0 < number < last and value == min(values) < max(values),
            has_label=number in labelled,
        )
        for number, value in enumerate(values)
    )
    return Line(points, 1 - _share(_ZERO, low, span))


def _scale(values: Sequence[Decimal]) -> tuple[Decimal, float]:
    """The lowest value of the plot, which is never above zero, and how much is between it and the highest."""
    low, high = min(_ZERO, *values), max(_ZERO, *values)
    return low, float(high - low) or 1.0


def _share(value: Decimal, low: Decimal, span: float) -> float:
    return float(value - low) / span


def _named(values: Sequence[Decimal]) -> set[int]:
    """The points whose figures are written: the ends, the highest and the lowest; never two that are near."""
    last = len(values) - 1
    found: list[int] = []
    for number in (0, last, values.index(max(values)), values.index(min(values))):
        if all(abs(number - other) * 4 > last for other in found):
            found.append(number)
    return set(found)


def _labelled(last: int) -> set[int]:
    """The points whose labels are written: the ends, and the middle where there is one."""
    return {0, last} | ({last // 2} if last % 2 == 0 else set())
