"""Charts of a few typed figures, drawn as an image in the style of the share cards: bars, a line, or one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from PIL import Image, ImageDraw

from lib.charts import geometry
from lib.charts.figures import MAX_ROWS
from lib.pictures.sheets import ACCENT, MARGIN, SOFT, WIDTH, Sheet
from lib.sharecards.lettering import Direction

Kind = Literal["bar", "line", "number"]
#: How many figures each kind may have: at least, at most.
ROWS: Final[dict[Kind, tuple[int, int]]] = {"bar": (2, 12), "line": (2, MAX_ROWS), "number": (1, 1)}
#: Pixels: how thick a bar is, what is below it, and how high the plot of a line is.
_THICK: Final = 32
_GAP: Final = 24
_PLOT: Final = 380
#: Lines are drawn this many times larger and made small again: Pillow's own have no soft edges.
_OVER: Final = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its label, its number, and the number as it is written in the picture."""

    label: str
    value: Decimal
    written: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart says. ``note`` stands below it: the source of the figures."""

    kind: Kind
    title: str
    figures: Sequence[Figure]
    note: str = ""
    direction: Direction = "ltr"


def draw(chart: Chart, *, fonts: Sequence[str] = ()) -> Image.Image:
    """The chart as an image. ``fonts`` are files to look for letters in after our own.

    Raises ``ValueError`` when no font has the letters of a text: a chart without its words says nothing.
    """
    sheet = Sheet(chart.direction, fonts)
    top = MARGIN + sheet.text(chart.title, y=MARGIN, sizes=(44, 38, 32), bold=True, height=140) + 28
    plot = {"bar": _bars, "line": _line, "number": _number}[chart.kind]
    bottom = plot(sheet, chart, top)
    if chart.note:
        bottom += 20 + sheet.text(chart.note, y=bottom + 20, sizes=(24, 21), colour=SOFT, height=70)
    return sheet.image.crop((0, 0, WIDTH, bottom + MARGIN // 2))


def _bars(sheet: Sheet, chart: Chart, top: int) -> int:
    """Each label with its figure above its bar. Bars below zero go the other way from a common line."""
    plot = geometry.bars([figure.value for figure in chart.figures])
    zero = _along(plot.zero)
    y = top
    for figure, bar in zip(chart.figures, plot.bars, strict=True):
        y += sheet.text(figure.label, y=y, sizes=(28, 25), height=76)
        y += sheet.text(figure.written, y=y, sizes=(30, 26, 22), bold=True) + 4
        if bar.length:
            sheet.box(_along(bar.begin), y, _along(bar.begin + bar.length), y + _THICK, ACCENT)
        if plot.has_zero_line:
            sheet.box(zero - 1, y - 6, zero + 1, y + _THICK + 6, SOFT)
        y += _THICK + _GAP
    return y


def _along(share: float) -> float:
    """A place from the side where lines begin, in pixels."""
    return MARGIN + share * (WIDTH - 2 * MARGIN)


def _line(sheet: Sheet, chart: Chart, top: int) -> int:
    """Points above a line at zero. Some figures and labels are written."""
    plot = geometry.line([figure.value for figure in chart.figures])
    upper = top + 52
    places = [(_along(point.across), upper + point.down * _PLOT) for point in plot.points]
    floor = upper + plot.zero * _PLOT
    sheet.box(MARGIN, floor - 1, WIDTH - MARGIN, floor + 1, SOFT)
    _stroke(sheet, places)
    bottom = upper + _PLOT + 16
    for point, (x, y), figure in zip(plot.points, places, chart.figures, strict=True):
        if point.has_figure:
            above = round(y) + 14 if point.is_figure_below else round(y) - 52
            sheet.text(figure.written, y=above, sizes=(28, 24), bold=True, at=round(x), width=270, anchor=point.side)
            bottom = max(bottom, above + 44)
    low = bottom
    for point, (x, _y), figure in zip(plot.points, places, chart.figures, strict=True):
        if point.has_label:
            taken = sheet.text(
                figure.label, y=bottom, sizes=(26, 22), at=round(x), width=300, height=80, anchor=point.side
            )
            low = max(low, bottom + taken)
    return low


def _stroke(sheet: Sheet, places: Sequence[tuple[float, float]]) -> None:
    large = Image.new("L", (WIDTH * _OVER, sheet.image.height * _OVER), 0)
    pen = ImageDraw.Draw(large)
    points = [(sheet.x(x) * _OVER, y * _OVER) for x, y in places]
    pen.line(points, fill=255, width=5 * _OVER, joint="curve")
    for x, y in points:
        pen.ellipse((x - 7 * _OVER, y - 7 * _OVER, x + 7 * _OVER, y + 7 * _OVER), fill=255)
    mask = large.resize(sheet.image.size, Image.Resampling.LANCZOS)
    sheet.image.paste(ACCENT, mask=mask)


def _number(sheet: Sheet, chart: Chart, top: int) -> int:
    """One number, as large as it fits, with its label below."""
    figure = chart.figures[0]
    taken = sheet.text(figure.written, y=top, sizes=(180, 150, 120, 90, 64), bold=True, colour=ACCENT, height=250)
    taken += sheet.text(figure.label, y=top + taken + 8, sizes=(36, 30, 26), height=110)
    return top + taken + 24
