"""The signs of the verdicts, drawn: the same shapes as on the pages (templates/readers/parts/sign.html).

Each tone has a shape of its own, so that a card is understood in grey, too.
"""

from typing import Final

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Points = tuple[tuple[float, float], ...]

#: Drawn this many times larger and made small again: Pillow's own lines have no soft edges.
_OVER: Final = 4
_GRID: Final = 24
_TICK: Points = ((6.8, 12.4), (10.4, 16), (17.3, 8.4))
_SMALL_TICK: Points = ((7.4, 12.3), (10.6, 15.5), (16.6, 8.9))
_TRIANGLE: Points = ((12, 1.6), (23.2, 21.8), (0.8, 21.8))
_OCTAGON: Points = ((7.4, 1), (16.6, 1), (23, 7.4), (23, 16.6), (16.6, 23), (7.4, 23), (1, 16.6), (1, 7.4))
_DIAMOND: Points = ((12, 0.7), (23.3, 12), (12, 23.3), (0.7, 12))
_SQUARE: Points = ((3, 3), (21, 3), (21, 21), (3, 21), (3, 3), (3, 21), (21, 3))
#: One side of the glass, from the upper left to the lower left; it crosses to the other in the middle.
_SAND: Points = (
    (7, 2.5),
    (7.6, 5),
    (9.4, 7),
    (12, 8.6),
    (15.2, 10.2),
    (17, 12),
    (15.2, 13.8),
    (12, 15.4),
    (9.4, 17),
    (7.6, 19),
    (7, 21.5),
)
_ARROWS: tuple[Points, ...] = (
    ((6.5, 12), (17.5, 12)),
    ((9, 9.3), (6.3, 12), (9, 14.7)),
    ((15, 9.3), (17.7, 12), (15, 14.7)),
)


def sign(tone: str, size: int, *, ink: Colour, ground: Colour) -> Image.Image:
    """The sign of a tone, ``size`` pixels square, ``ink`` on ``ground``. An unknown tone has the open one's."""
    pen = _Pen(size * _OVER)
    _SIGNS.get(tone, _open)(pen)
    drawn = Image.new("RGB", (size, size), ground)
    drawn.paste(ink, (0, 0), pen.image.resize((size, size), Image.Resampling.LANCZOS))
    return drawn


class _Pen:
    """Draws on the grid of the pages' signs: 24 units square. In grey: one number for each point, not three."""

    ink, ground = 255, 0

    def __init__(self, pixels: int) -> None:
        self.unit = pixels / _GRID
        self.image = Image.new("L", (pixels, pixels), self.ground)
        self._draw = ImageDraw.Draw(self.image)

    def area(self, points: Points) -> None:
        self._draw.polygon([(x * self.unit, y * self.unit) for x, y in points], fill=self.ink)

    def block(self, start: float, end: float, *, corner: float) -> None:
        self._draw.rounded_rectangle(
            tuple(v * self.unit for v in (start, start, end, end)), corner * self.unit, fill=self.ink
        )

    def disc(self, radius: float, x: float = 12, y: float = 12, *, cut: bool = False) -> None:
        self._draw.ellipse(self._box(radius, x, y), fill=self.ground if cut else self.ink)

    def arc(self, radius: float, start: float = 0, end: float = 360, *, width: float = 2.4) -> None:
        self._draw.arc(self._box(radius + width / 2), start, end, fill=self.ink, width=round(width * self.unit))

    def line(self, points: Points, *, cut: bool = False, width: float = 2.4) -> None:
        colour = self.ground if cut else self.ink
        at = [(x * self.unit, y * self.unit) for x, y in points]
        self._draw.line(at, fill=colour, width=round(width * self.unit), joint="curve")
        for x, y in (points[0], points[-1]):  # round ends
            self._draw.ellipse(self._box(width / 2, x, y), fill=colour)

    def _box(self, radius: float, x: float = 12, y: float = 12) -> tuple[float, float, float, float]:
        return tuple(v * self.unit for v in (x - radius, y - radius, x + radius, y + radius))  # type: ignore[return-value]


def _positive(pen: _Pen) -> None:
    pen.disc(11)
    pen.line(_TICK, cut=True, width=3)


def _mostly_positive(pen: _Pen) -> None:
    pen.arc(9.7)
    pen.line(_SMALL_TICK)


def _mixed(pen: _Pen) -> None:
    pen.area(_TRIANGLE)
    pen.line(((12, 8.8), (12, 14.8)), cut=True, width=2.8)
    pen.disc(1.5, 12, 18.4, cut=True)


def _negative(pen: _Pen) -> None:
    pen.area(_OCTAGON)
    pen.line(((8, 8), (16, 16)), cut=True, width=3)
    pen.line(((16, 8), (8, 16)), cut=True, width=3)


def _contested(pen: _Pen) -> None:
    pen.area(_DIAMOND)
    for points in _ARROWS:
        pen.line(points, cut=True, width=1.9)


def _past(pen: _Pen) -> None:
    pen.arc(9.7)
    pen.line(((12, 6.4), (12, 12), (15.8, 14.6)))


def _retracted(pen: _Pen) -> None:
    pen.line(_SQUARE)


def _unverifiable(pen: _Pen) -> None:
    pen.block(1, 23, corner=4)
    pen.line(
        ((8.7, 9), (9.3, 7), (11, 5.8), (13, 5.9), (14.7, 7.2), (15, 9.2), (14.2, 11), (12.6, 12.3), (12, 14.2)),
        cut=True,
        width=2.6,
    )
    pen.disc(1.5, 12, 18.2, cut=True)


def _open(pen: _Pen) -> None:
    """An hourglass: work goes on."""
    pen.line(((6, 2.5), (18, 2.5)), width=2.2)
    pen.line(((6, 21.5), (18, 21.5)), width=2.2)
    pen.line(_SAND, width=2.2)
    pen.line(tuple((24 - x, y) for x, y in _SAND), width=2.2)


_SIGNS: Final = {
    "positive": _positive,
    "mostly_positive": _mostly_positive,
    "mixed": _mixed,
    "negative": _negative,
    "contested": _contested,
    "unverifiable": _unverifiable,
    "past": _past,
    "retracted": _retracted,
}
