"""The demo's pictures, drawn when it is loaded: a flooded bridge, a line chart, a hundred roofs.

They show what a newsroom's own pictures look like on the pages, without anybody's photograph.
"""

from collections.abc import Callable, Sequence
from io import BytesIO
from math import sin
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from lib.sharecards.lettering import BOLD, REGULAR

WIDTH: Final = 1600
HEIGHT: Final = 900
_Colour = tuple[int, int, int]
_PAPER: Final[_Colour] = (0xFF, 0xFF, 0xFF)
_INK: Final[_Colour] = (0x1C, 0x1B, 0x19)
_SOFT: Final[_Colour] = (0x5B, 0x58, 0x50)
_LINE: Final[_Colour] = (0xD9, 0xD6, 0xCE)
_ACCENT: Final[_Colour] = (0x1D, 0x58, 0x85)
_QUIET: Final[_Colour] = (0x9A, 0xA7, 0xB3)


def draw(name: str) -> bytes:
    """The picture of that name, as PNG of 1600 by 900 pixels."""
    out = BytesIO()
    _DRAWINGS[name]().save(out, "PNG", compress_level=1)
    return out.getvalue()


# ------------------------------------------------------------------ the bridge


def _bridge() -> Image.Image:
    """Three arches, an overcast sky, and brown water up to the railings, grainy as a photograph of 1998."""
    image = Image.new("RGB", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(image)
    _sky(pen)
    _hills(pen)
    _town(pen)
    _stone(pen)
    _water(pen)
    return _grain(image.filter(ImageFilter.GaussianBlur(1.4)))


def _sky(pen: ImageDraw.ImageDraw) -> None:
    for y in range(HEIGHT):
        share = y / HEIGHT
        pen.line((0, y, WIDTH, y), fill=_mix((0x8F, 0x9C, 0xA6), (0xD8, 0xD2, 0xC4), share))


def _hills(pen: ImageDraw.ImageDraw) -> None:
    for base, height, colour in ((400, 60, (0x8B, 0x97, 0x94)), (450, 45, (0x6F, 0x7E, 0x76))):
        tops = [(x, base - height * (sin(x / 190 + base) + sin(x / 71)) / 2) for x in range(0, WIDTH + 20, 20)]
        pen.polygon([(0, HEIGHT), *tops, (WIDTH, HEIGHT)], fill=colour)


def _town(pen: ImageDraw.ImageDraw) -> None:
    walls = ((0xB9, 0xA8, 0x8E), (0xA8, 0x8F, 0x78), (0xC4, 0xB9, 0xA4), (0x98, 0x8A, 0x7C))
    for number, (x, wide, high) in enumerate(
        [(0, 150, 250), (150, 110, 190), (262, 130, 230), (1240, 130, 210), (1370, 110, 260), (1482, 130, 200)]
    ):
        top = 620 - high
        pen.rectangle((x, top, x + wide, 640), fill=walls[number % len(walls)])
        pen.polygon([(x - 8, top), (x + wide / 2, top - 60), (x + wide + 8, top)], fill=(0x7A, 0x4B, 0x3C))
        for row in range(2):
            for column in range(wide // 44):
                left, upper = x + 18 + column * 44, top + 24 + row * 70
                pen.rectangle((left, upper, left + 20, upper + 34), fill=(0x4A, 0x51, 0x55))


def _stone(pen: ImageDraw.ImageDraw) -> None:
    road, stone, dark = 560, (0x9C, 0x92, 0x80), (0x74, 0x6B, 0x5C)
    pen.rectangle((120, road, 1480, 760), fill=stone)
    for left in (190, 610, 1030):
        pen.pieslice((left, road + 50, left + 380, road + 430), 180, 360, fill=(0x3F, 0x3D, 0x38))
    for x in range(120, 1481, 34):
        pen.line((x, road - 46, x, road), fill=dark, width=6)
    pen.line((120, road - 46, 1480, road - 46), fill=dark, width=9)
    pen.line((120, road - 22, 1480, road - 22), fill=dark, width=4)
    for x in (330, 800, 1270):
        pen.line((x, road - 46, x, road - 210), fill=(0x33, 0x34, 0x36), width=9)
        pen.ellipse((x - 20, road - 246, x + 20, road - 206), fill=(0xE2, 0xDA, 0xC0))


def _water(pen: ImageDraw.ImageDraw) -> None:
    """The water stands a hand below the upper railing."""
    top = 532
    for y in range(top, HEIGHT):
        share = (y - top) / (HEIGHT - top)
        pen.line((0, y, WIDTH, y), fill=_mix((0x8C, 0x76, 0x58), (0x5B, 0x47, 0x33), share))
    for row in range(42):
        y = top + 6 + row * 9
        for step in range(0, WIDTH, 64):
            shift = int(40 * sin(row * 1.7 + step / 90))
            length = 18 + row
            light = _mix((0xA9, 0x95, 0x76), (0x73, 0x5D, 0x44), row / 42)
            pen.line((step + shift, y, step + shift + length, y), fill=light, width=2 + row // 14)
    for x in (330, 800, 1270):
        pen.line((x, top, x, top + 150), fill=(0x5E, 0x4D, 0x3A), width=7)


def _grain(image: Image.Image) -> Image.Image:
    """The same grain each time, so that the picture has the same hash wherever the demo is loaded."""
    noise = Image.frombytes("L", (WIDTH, HEIGHT), Random(1998).randbytes(WIDTH * HEIGHT)).convert("RGB")  # noqa: S311
    return Image.blend(image, noise, 0.07)


def _mix(first: _Colour, second: _Colour, share: float) -> _Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


# ------------------------------------------------------------------- the chart

_WEEKS: Final = ("1 Oct", "8 Oct", "15 Oct", "22 Oct", "29 Oct", "5 Nov")
_CASES: Final[dict[str, tuple[int, ...]]] = {
    "2023": (12, 14, 19, 24, 31, 38),
    "2024": (15, 18, 22, 30, 37, 44),
    "2025": (14, 17, 21, 28, 34, 41),
}
#: The ends of the lines are closer together than their labels.
_APART: Final = {"2023": 34, "2024": -34, "2025": 0}
#: The edges of the plotted area. Letters are large, because a phone shows the picture at a quarter of its size.
_LEFT, _RIGHT, _TOP, _BOTTOM = 130, 1330, 240, 780


def _flu() -> Image.Image:
    """Confirmed cases a week, this year's line above the others'."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.text((60, 36), "Flu rises like this every autumn", font=_font(84, bold=True), fill=_INK)
    pen.text((60, 140), "Confirmed cases a week, Tarnholm", font=_font(54), fill=_SOFT)
    for value in range(0, 51, 10):
        y = _height_of(value)
        pen.line((_LEFT, y, _RIGHT, y), fill=_INK if value == 0 else _LINE, width=3 if value == 0 else 2)
        pen.text((_LEFT - 18, y), str(value), font=_font(50), fill=_SOFT, anchor="rm")
    for number, week in enumerate(_WEEKS):
        pen.text((_place_of(number), _BOTTOM + 20), week, font=_font(50), fill=_SOFT, anchor="ma")
    for year, cases in _CASES.items():
        _year(pen, year, cases)
    return image


def _year(pen: ImageDraw.ImageDraw, year: str, cases: Sequence[int]) -> None:
    this_year = year == max(_CASES)
    colour, width = (_ACCENT, 9) if this_year else (_QUIET, 6)
    points = [(_place_of(number), _height_of(value)) for number, value in enumerate(cases)]
    pen.line(points, fill=colour, width=width, joint="curve")
    for x, y in points:
        pen.ellipse((x - width, y - width, x + width, y + width), fill=colour)
    x, y = points[-1]
    ink = _ACCENT if this_year else _SOFT
    pen.text((x + 26, y + _APART[year]), f"{year}: {cases[-1]}", font=_font(54, bold=this_year), fill=ink, anchor="lm")


def _place_of(number: int) -> int:
    return _LEFT + 60 + round(number * (_RIGHT - _LEFT - 120) / (len(_WEEKS) - 1))


def _height_of(value: int) -> int:
    return _BOTTOM - round(value * (_BOTTOM - _TOP) / 50)


# ------------------------------------------------------------------- the roofs

_WITH_PANELS: Final = 38


def _roofs() -> Image.Image:
    """A hundred schools, the first thirty-eight with panels."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    for number in range(100):
        column, row = number % 20, number // 20
        _school(pen, 64 + column * 74, 250 + row * 118, has_panels=number < _WITH_PANELS)
    pen.text((64, 36), "38 of 100 schools have solar panels", font=_font(84, bold=True), fill=_INK)
    pen.text((64, 140), "1,120 of 2,947 school buildings", font=_font(54), fill=_SOFT)
    return image


def _school(pen: ImageDraw.ImageDraw, x: int, y: int, *, has_panels: bool) -> None:
    wall, roof = ((0xF0, 0xD9, 0x8A), _ACCENT) if has_panels else ((0xE9, 0xE6, 0xDF), (0xB9, 0xB5, 0xAB))
    pen.rectangle((x + 6, y + 34, x + 54, y + 80), fill=wall)
    pen.rectangle((x + 24, y + 54, x + 36, y + 80), fill=_PAPER)
    pen.polygon([(x, y + 36), (x + 14, y), (x + 46, y), (x + 60, y + 36)], fill=roof)
    if has_panels:
        for share in (1, 2):
            pen.line(
                (x + 14 - 5 * share + 2, y + 12 * share, x + 46 + 5 * share - 2, y + 12 * share), fill=_PAPER, width=2
            )
        for place in (22, 30, 38):
            pen.line((x + place, y + 1, x + place + (place - 30) // 2, y + 34), fill=_PAPER, width=2)


def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BOLD if bold else REGULAR, size)


_DRAWINGS: Final[dict[str, Callable[[], Image.Image]]] = {"bridge": _bridge, "flu": _flu, "roofs": _roofs}
