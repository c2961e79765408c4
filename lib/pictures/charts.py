"""Charts of a few typed figures, drawn as an image in the style of the share cards: bars, a line, or one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from PIL import Image, ImageDraw

from lib.sharecards import lettering
from lib.sharecards.lettering import BOLD, REGULAR, Direction, Lines
from lib.sharecards.signs import Colour

Kind = Literal["bar", "line", "number"]
#: How many figures each kind may have: at least, at most.
ROWS: Final[dict[Kind, tuple[int, int]]] = {"bar": (2, 12), "line": (2, 40), "number": (1, 1)}
WIDTH: Final = 1280
_MARGIN: Final = 64
_PAPER: Final[Colour] = (0xFF, 0xFF, 0xFF)
_INK: Final[Colour] = (0x1C, 0x1B, 0x19)
_SOFT: Final[Colour] = (0x5B, 0x58, 0x50)
_LINE: Final[Colour] = (0xD8, 0xD4, 0xCA)
_BAR: Final[Colour] = (0x1D, 0x58, 0x85)
#: Of bars: the pixels of one, and of its label and value.
_ROW: Final = 88
_THICK: Final = 40
_VALUE: Final = 260
_PLOT: Final = 440
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
    sheet = _Sheet(chart.direction, fonts)
    top = _MARGIN + sheet.text(chart.title, y=_MARGIN, sizes=(44, 38, 32), bold=True, height=140) + 28
    plot = {"bar": _bars, "line": _line, "number": _number}[chart.kind]
    bottom = plot(sheet, chart, top)
    if chart.note:
        bottom += 20 + sheet.text(chart.note, y=bottom + 20, sizes=(24, 21), colour=_SOFT, height=70)
    return sheet.image.crop((0, 0, WIDTH, bottom + _MARGIN // 2))


class _Sheet:
    """A tall white image, written on from the side where its language begins."""

    def __init__(self, direction: Direction, fonts: Sequence[str]) -> None:
        self.image = Image.new("RGB", (WIDTH, 2000), _PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self.direction = direction
        self._fonts = fonts

    @property
    def is_mirrored(self) -> bool:
        """Whether lines begin on the right."""
        return self.direction == "rtl"

    def x(self, from_start: float) -> float:
        """A place so many pixels from the side where lines begin."""
        return WIDTH - from_start if self.is_mirrored else from_start

    def text(
        self,
        words: str,
        *,
        y: int,
        sizes: Sequence[int],
        bold: bool = False,
        colour: Colour = _INK,
        height: int = 60,
        at: int = _MARGIN,
        width: int = WIDTH - 2 * _MARGIN,
        anchor: Literal["start", "end", "middle"] = "start",
    ) -> int:
        """Write ``words`` from ``y`` downwards into a box and return how high they are."""
        lines = self._fit(words, sizes=sizes, bold=bold, width=width, height=height)
        side = {"start": "rs" if self.is_mirrored else "ls", "end": "ls" if self.is_mirrored else "rs", "middle": "ms"}
        for number, one in enumerate(lines.lines):
            base = y + round((number + 0.78) * lines.size * lettering.LEADING)
            self.draw.text(
                (self.x(at), base),
                one,
                font=lines.font,
                fill=colour,
                anchor=side[anchor],
                direction=lines.direction if lettering.has_shaping() else None,
            )
        return lines.height

    def box(self, start: float, top: float, end: float, bottom: float, colour: Colour) -> None:
        """A filled box between two places along the line."""
        left, right = sorted((self.x(start), self.x(end)))
        self.draw.rectangle((left, top, right, bottom), fill=colour)

    def _fit(self, words: str, *, sizes: Sequence[int], bold: bool, width: int, height: int) -> Lines:
        found = lettering.fit(
            words,
            width=width,
            height=height,
            sizes=sizes,
            fonts=(BOLD if bold else REGULAR, *self._fonts),
            direction=lettering.natural_direction(words, otherwise=self.direction),
        )
        if found is None:
            raise ValueError(f"No font has all letters of {words!r}.")
        return found


def _bars(sheet: _Sheet, chart: Chart, top: int) -> int:
    """Bars from a common zero; each with its label above and its number at its end."""
    values = [float(figure.value) for figure in chart.figures]
    low, high = min(0.0, *values), max(0.0, *values)
    room = WIDTH - 2 * _MARGIN - _VALUE
    scale = room / (high - low or 1)
    zero = _MARGIN - low * scale
    y = top
    for figure, value in zip(chart.figures, values, strict=True):
        sheet.text(figure.label, y=y, sizes=(26, 23), width=WIDTH - 2 * _MARGIN, height=38)
        end = zero + value * scale
        sheet.box(zero, y + 40, end if end != zero else zero + 2, y + 40 + _THICK, _BAR)
        sheet.text(figure.written, y=y + 40, sizes=(28, 24, 20), bold=True, at=round(max(zero, end)) + 14, width=_VALUE)
        sheet.box(zero - 1, y + 36, zero + 1, y + 44 + _THICK, _SOFT)
        y += _ROW + 10
    return y


def _line(sheet: _Sheet, chart: Chart, top: int) -> int:
    """A line through all figures; the first, the last, the largest and the smallest carry their number."""
    values = [float(figure.value) for figure in chart.figures]
    low, high = min(0.0, *values), max(0.0, *values)
    upper, lower = top + 48, top + _PLOT
    step = (WIDTH - 2 * _MARGIN - 200) / (len(values) - 1)
    places = [
        (_MARGIN + 100 + number * step, lower - (value - low) / (high - low or 1) * (lower - upper))
        for number, value in enumerate(values)
    ]
    zero = lower - (0 - low) / (high - low or 1) * (lower - upper)
    sheet.box(_MARGIN, zero - 1, WIDTH - _MARGIN, zero + 1, _LINE)
    _stroke(sheet, places)
    told = {0, len(values) - 1, values.index(max(values)), values.index(min(values))}
    for number in sorted(told):
        x, y = places[number]
        is_lowest = values[number] == min(values) < max(values)
        sheet.text(
            chart.figures[number].written,
            y=round(y) + 12 if is_lowest else round(y) - 48,
            sizes=(26, 22),
            bold=True,
            at=round(x),
            width=240,
            anchor="middle",
        )
    for number in _labelled(len(values)):
        x, _y = places[number]
        wide = 220
        sheet.text(
            chart.figures[number].label, y=lower + 54, sizes=(24, 20, 17), at=round(x), width=wide, anchor="middle"
        )
    return lower + 104


def _labelled(count: int) -> list[int]:
    """At most five labels below a line, the first and the last among them."""
    some = min(count, 5)
    return sorted({round(number * (count - 1) / (some - 1)) for number in range(some)})


def _stroke(sheet: _Sheet, places: Sequence[tuple[float, float]]) -> None:
    large = Image.new("L", (WIDTH * _OVER, sheet.image.height * _OVER), 0)
    pen = ImageDraw.Draw(large)
    points = [(sheet.x(x) * _OVER, y * _OVER) for x, y in places]
    pen.line(points, fill=255, width=5 * _OVER, joint="curve")
    for x, y in points:
        pen.ellipse((x - 7 * _OVER, y - 7 * _OVER, x + 7 * _OVER, y + 7 * _OVER), fill=255)
    mask = large.resize(sheet.image.size, Image.Resampling.LANCZOS)
    sheet.image.paste(_BAR, mask=mask)


def _number(sheet: _Sheet, chart: Chart, top: int) -> int:
    """One number, as large as it fits, with its label below."""
    figure = chart.figures[0]
    taken = sheet.text(figure.written, y=top, sizes=(180, 150, 120, 90, 64), bold=True, colour=_BAR, height=250)
    taken += sheet.text(figure.label, y=top + taken + 8, sizes=(36, 30, 26), height=110)
    return top + taken + 24
