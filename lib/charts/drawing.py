"""Charts as SVG: places across in per cent, heights and letters in pixels, no style and no script."""

import itertools
import textwrap
from collections.abc import Callable
from decimal import Decimal
from html import escape
from typing import Final

from lib.charts import geometry
from lib.charts.figures import Chart, with_unit
from lib.charts.places import across, per_cent

Words = Callable[[Decimal], str]

#: Pixels.
_LINE, _BAR, _GAP = 20, 16, 14
_PLOT, _TOP = 180, 28
#: So many letters of a label stand in one line: they fit on a screen of 320 pixels.
_LABEL, _TICK = 34, 12
_BASE: Final = 'class="chart-base" stroke="currentColor" stroke-opacity="0.45"'


def svg(chart: Chart, words: Words, *, is_rtl: bool) -> str:
    """The chart as one ``<svg>``. ``words`` writes a figure without its unit. Only for a chart without faults."""
    draw = {"bar": _bars, "line": _line, "number": _number}[chart.kind]
    body, height = draw(chart, lambda figure: with_unit(words(figure), chart.unit), is_rtl)
    direction = "rtl" if is_rtl else "ltr"
    return (
        f'<svg class="drawn drawn-{chart.kind}" width="100%" height="{height}" role="img" direction="{direction}"'
        f' aria-label="{escape(chart.title)}" focusable="false">{body}</svg>'
    )


def _bars(chart: Chart, words: Words, is_rtl: bool) -> tuple[str, int]:
    """Each label with its figure above its bar. Bars below zero go the other way from a common line."""
    values = chart.values()
    plot = geometry.bars(values)
    parts, y = [], 0
    for (label, _figure), value, bar in zip(chart.rows, values, plot.bars, strict=True):
        for line in textwrap.wrap(label, _LABEL):
            y += _LINE
            parts.append(_text(line, "0", y - 5, is_rtl=is_rtl))
        y += _LINE
        parts.append(_text(words(value), "0", y - 5, is_rtl=is_rtl, weight=600))
        place, width = across(bar.begin * 100, bar.length * 100, is_rtl=is_rtl), per_cent(bar.length * 100)
        parts.append(
            f'<rect class="chart-mark" x="{place}" y="{y}" width="{width}" height="{_BAR}" fill="currentColor" />'
        )
        if plot.has_zero_line:
            x = across(plot.zero * 100, is_rtl=is_rtl)
            parts.append(f'<line {_BASE} x1="{x}" x2="{x}" y1="{y - 3}" y2="{y + _BAR + 3}" />')
        y += _BAR + _GAP
    return "".join(parts), y - _GAP + 4


def _line(chart: Chart, words: Words, is_rtl: bool) -> tuple[str, int]:
    """Points above a line at zero. Some figures and labels are written."""
    plot = geometry.line(chart.values())
    places = [(across(point.across * 100, is_rtl=is_rtl), _down(point.down)) for point in plot.points]
    floor = _down(plot.zero)
    parts = [f'<line {_BASE} x1="0" x2="100%" y1="{floor}" y2="{floor}" />']
    for (x1, y1), (x2, y2) in itertools.pairwise(places):
        parts.append(
            f'<line class="chart-line" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="currentColor"'
            ' stroke-width="2.5" stroke-linecap="round" />'
        )
    parts += [f'<circle class="chart-mark" cx="{x}" cy="{y}" r="4" fill="currentColor" />' for x, y in places]
    height = _TOP + _PLOT + 8
    for point, (x, y), value in zip(plot.points, places, chart.values(), strict=True):
        if point.has_figure:
            baseline = y + 20 if point.is_figure_below else y - 10
            parts.append(_text(words(value), x, baseline, is_rtl=is_rtl, weight=600, anchor=point.side))
            height = max(height, round(baseline) + 8)
    ticks, below = _ticks(chart, plot, height, is_rtl)
    return "".join([*parts, ticks]), below


def _down(share: float) -> float:
    return round(_TOP + _PLOT * share, 1)


def _ticks(chart: Chart, plot: geometry.Line, y: int, is_rtl: bool) -> tuple[str, int]:
    """The labels below a line."""
    parts, lines = [], 1
    for point, (label, _figure) in zip(plot.points, chart.rows, strict=True):
        if point.has_label:
            x = across(point.across * 100, is_rtl=is_rtl)
            cut = textwrap.wrap(label, _TICK)
            lines = max(lines, len(cut))
            parts += [
                _text(line, x, y + row * _LINE - 4, is_rtl=is_rtl, anchor=point.side) for row, line in enumerate(cut, 1)
            ]
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
