"""Charts as SVG: places across in per cent, heights and letters in pixels, no style and no script."""

import itertools
import textwrap
from collections.abc import Callable
from decimal import Decimal
from html import escape
from typing import Final

from lib.charts.figures import Chart
from lib.charts.places import across, per_cent

Words = Callable[[Decimal], str]

#: Pixels.
_LINE, _BAR, _GAP = 20, 16, 14
_PLOT, _TOP = 180, 28
#: So many letters of a label stand in one line: they fit on a screen of 320 pixels.
_LABEL, _TICK = 34, 12
#: A line of points keeps this much free at both ends, in per cent.
_MARGIN = 6.0
_ZERO: Final = Decimal(0)
_BASE: Final = 'class="chart-base" stroke="currentColor" stroke-opacity="0.45"'


def svg(chart: Chart, words: Words, *, is_rtl: bool) -> str:
    """The chart as one ``<svg>``. ``words`` writes a figure without its unit. Only for a chart without faults."""
    draw = {"bar": _bars, "line": _line, "number": _number}[chart.kind]
    body, height = draw(chart, lambda figure: _with_unit(words(figure), chart.unit), is_rtl)
    direction = "rtl" if is_rtl else "ltr"
    return (
        f'<svg class="drawn drawn-{chart.kind}" width="100%" height="{height}" role="img" direction="{direction}"'
        f' aria-label="{escape(chart.title)}" focusable="false">{body}</svg>'
    )


def _with_unit(figure: str, unit: str) -> str:
    return f"{figure}\N{NO-BREAK SPACE}{unit}" if unit else figure


def _bars(chart: Chart, words: Words, is_rtl: bool) -> tuple[str, int]:
    """Each label with its figure above its bar. Bars below zero go the other way from a common line."""
    values = chart.values()
    low, high = min(_ZERO, *values), max(_ZERO, *values)
    span = float(high - low) or 1.0
    zero = float(-low) / span * 100
    parts, y = [], 0
    for (label, _figure), value in zip(chart.rows, values, strict=True):
        for line in textwrap.wrap(label, _LABEL):
            y += _LINE
            parts.append(_text(line, "0", y - 5, is_rtl=is_rtl))
        y += _LINE
        parts.append(_text(words(value), "0", y - 5, is_rtl=is_rtl, weight=600))
        width = abs(float(value)) / span * 100
        begin = zero - width if value < 0 else zero
        place = across(begin, width, is_rtl=is_rtl)
        parts.append(
            f'<rect class="chart-mark" x="{place}" y="{y}" width="{per_cent(width)}" height="{_BAR}"'
            ' fill="currentColor" />'
        )
        if low < 0:
            x = across(zero, is_rtl=is_rtl)
            parts.append(f'<line {_BASE} x1="{x}" x2="{x}" y1="{y - 3}" y2="{y + _BAR + 3}" />')
        y += _BAR + _GAP
    return "".join(parts), y - _GAP + 4


def _line(chart: Chart, words: Words, is_rtl: bool) -> tuple[str, int]:
    """Points at equal distances in the order of the rows, above a line at zero. Some figures are written."""
    values = chart.values()
    low, high = min(_ZERO, *values), max(_ZERO, *values)
    span = float(high - low) or 1.0

    def down(value: Decimal) -> float:
        return round(_TOP + _PLOT * (1 - float(value - low) / span), 1)

    step = (100 - 2 * _MARGIN) / (len(values) - 1)
    places = [(across(_MARGIN + number * step, is_rtl=is_rtl), down(value)) for number, value in enumerate(values)]
    floor = down(_ZERO)
    parts = [f'<line {_BASE} x1="0" x2="100%" y1="{floor}" y2="{floor}" />']
    for (x1, y1), (x2, y2) in itertools.pairwise(places):
        parts.append(
            f'<line class="chart-line" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="currentColor"'
            ' stroke-width="2.5" stroke-linecap="round" />'
        )
    parts += [f'<circle class="chart-mark" cx="{x}" cy="{y}" r="4" fill="currentColor" />' for x, y in places]
    for number in _named(values):
        (x, y), side = places[number], _side(number, len(values))
        parts.append(_text(words(values[number]), x, y - 10, is_rtl=is_rtl, weight=600, anchor=side))
    height = _TOP + _PLOT + 8
    ticks, below = _ticks(chart, places, height, is_rtl)
    return "".join([*parts, ticks]), below


def _named(values: list[Decimal]) -> list[int]:
    """The points whose figures are written: never two neighbours, so that the words do not meet."""
    last = len(values) - 1
    found: list[int] = []
    for number in (0, last, values.index(max(values)), values.index(min(values))):
        if all(abs(number - other) * 4 > last or number == other for other in found):
            found.append(number)
    return sorted(set(found))


def _side(number: int, count: int) -> str:
    return "start" if number == 0 else "end" if number == count - 1 else "middle"


def _ticks(chart: Chart, places: list[tuple[str, float]], y: int, is_rtl: bool) -> tuple[str, int]:
    """The labels of the first, the middle and the last point."""
    last = len(places) - 1
    shown = sorted({0, last} | ({last // 2} if last % 2 == 0 and last > 1 else set()))
    parts, lines = [], 1
    for number in shown:
        cut = textwrap.wrap(chart.rows[number][0], _TICK)
        lines = max(lines, len(cut))
        for row, line in enumerate(cut, 1):
            side = _side(number, len(places))
            parts.append(_text(line, places[number][0], y + row * _LINE - 4, is_rtl=is_rtl, anchor=side))
    return "".join(parts), y + lines * _LINE + 4


def _number(chart: Chart, words: Words, is_rtl: bool) -> tuple[str, int]:
    (label, _figure), value = chart.rows[0], chart.values()[0]
    parts = [_text(words(value), "0", 46, is_rtl=is_rtl, weight=700, size=44)]
    y = 56
    for line in textwrap.wrap(label, _LABEL):
        y += _LINE
        parts.append(_text(line, "0", y - 4, is_rtl=is_rtl))
    return "".join(parts), y + 4


def _text(
    words: str, x: str, y: float, *, is_rtl: bool, weight: int = 400, anchor: str = "start", size: int = 14
) -> str:
    """``x`` is a place on the drawing; ``0`` is where the line begins. The direction makes ``start`` the right side."""
    place = "100%" if x == "0" and is_rtl else x
    return (
        f'<text x="{place}" y="{y}" fill="currentColor" font-size="{size}" font-weight="{weight}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )
