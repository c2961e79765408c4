"""Maps of a few places, drawn as an image in the style of the charts. There is no land but what outlines show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from lib.maps import labels
from lib.maps.clipping import Point
from lib.maps.labels import Spot
from lib.maps.outlines import Outlines
from lib.maps.places import Place
from lib.maps.views import View
from lib.pictures import grounds
from lib.pictures.sheets import ACCENT, INK, MARGIN, PAPER, SOFT, WIDTH, Sheet
from lib.sharecards import lettering
from lib.sharecards.lettering import REGULAR, Direction, Lines
from lib.sharecards.signs import Colour

#: Where the map lies on the sheet, in pixels: the degrees are written at its left and below it.
_LEFT: Final = 152
FRAME: Final = WIDTH - _LEFT - MARGIN
_GROUND: Final[Colour] = (0xF7, 0xF8, 0xF8)
_GRID: Final[Colour] = (0xD2, 0xD8, 0xDA)
#: The most that a title, a map, twelve names below it and two notes take, in pixels.
_HIGHEST: Final = 2400
#: Pixels: a mark, and the sizes and the longest line of its name.
_MARK: Final = 11
_SIZES: Final = (32, 28, 24, 21)
_LONGEST: Final = 340
_MOST_LINES: Final = 5
#: The ground is drawn this many times larger and made small again: Pillow's own lines have no soft edges.
_OVER: Final = 2


class NoRoomError(Exception):
    """The names of the places do not fit on the map beside each other."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on a map in its language. Degrees have a sign: below zero is south or west.

    ``scale`` gets kilometres, and the latitude at which they are right if elsewhere they are not.
    """

    latitude: Callable[[float], str]
    longitude: Callable[[float], str]
    scale: Callable[[float, float | None], str]
    north: str
    approximate: str


@dataclass(frozen=True, slots=True)
class Map:
    """What a map shows. ``notes`` stand below it: sources and credits. ``is_joined``: a line leads through the places.

    ``view`` is ``FRAME`` pixels wide.
    """

    title: str
    places: Sequence[Place]
    view: View
    words: Words
    notes: Sequence[str] = ()
    outlines: Outlines | None = None
    is_joined: bool = False
    direction: Direction = "ltr"


def draw(drawn: Map, *, fonts: Sequence[str] = ()) -> Image.Image:
    """The map as an image. ``fonts`` are files to look for letters in after our own.

    Where the names have no room beside each other, the marks have numbers, and the names stand below the map. Raises
    ``ValueError`` when no font has the letters of a text, and ``NoRoomError``.
    """
    sheet = Sheet(drawn.direction, fonts, height=_HIGHEST)
    top = MARGIN + sheet.text(drawn.title, y=MARGIN, sizes=(44, 38, 32), bold=True, height=140) + 28
    marks = [drawn.view.place(place) for place in drawn.places]
    names = [place.name for place in drawn.places]
    found = _fitting(names, marks, drawn, fonts, _SIZES)
    written, spots = found or _numbered(marks, drawn, fonts)
    sheet.image.paste(_ground(drawn, marks, spots), (_LEFT, top))
    for lines, spot in zip(written, spots, strict=True):
        _name(sheet, lines, spot, top)
    y = _degrees(sheet, drawn, top)
    y = _legend(sheet, drawn, y)
    if not found:
        y = _key(sheet, names, y)
    for note in drawn.notes:
        y += 6 + sheet.text(note, y=y, sizes=(24, 21), colour=SOFT, height=70)
    return sheet.image.crop((0, 0, WIDTH, y + MARGIN // 2))


def _fitting(
    names: Sequence[str], marks: Sequence[Point], drawn: Map, fonts: Sequence[str], sizes: Sequence[int]
) -> tuple[list[Lines], list[Spot]] | None:
    """The names in the largest size in which all of them have room."""
    paper = drawn.view.width, drawn.view.height
    for size in sizes:
        written = [_lettered(name, size, drawn.direction, fonts) for name in names]
        boxes = [(max(map(lines.wide, lines.lines)), lines.height) for lines in written]
        begins_right = [lines.direction == "rtl" for lines in written]
        spots = labels.placed(marks, boxes, paper=paper, radius=_MARK, begins_right=begins_right)
        if spots is not None:
            return written, spots
    return None


def _numbered(marks: Sequence[Point], drawn: Map, fonts: Sequence[str]) -> tuple[list[Lines], list[Spot]]:
    found = _fitting([str(number) for number in range(1, len(marks) + 1)], marks, drawn, fonts, (30,))
    if found is None:
        raise NoRoomError
    return found


def _key(sheet: Sheet, names: Sequence[str], y: int) -> int:
    """The names by their numbers, in two columns. Returns where the next line begins."""
    half = (len(names) + 1) // 2
    ends = []
    for first, at in ((0, MARGIN), (half, WIDTH // 2 + 10)):
        below = y + 8
        for number, name in enumerate(names[first : first + half], first + 1):
            words = f"{number}. {name}"
            below += 4 + sheet.text(words, y=below, sizes=(26, 24), height=150, at=at, width=WIDTH // 2 - MARGIN - 20)
        ends.append(below)
    return max(ends) + 14


def _lettered(name: str, size: int, direction: Direction, fonts: Sequence[str]) -> Lines:
    height = round(_MOST_LINES * size * lettering.LEADING) + 1
    found = lettering.fit(
        name,
        width=_LONGEST,
        height=height,
        sizes=(size,),
        fonts=(REGULAR, *fonts),
        direction=lettering.natural_direction(name, otherwise=direction),
    )
    if found is None:
        raise ValueError(f"No font has all letters of {name!r}.")
    return found


def _name(sheet: Sheet, lines: Lines, spot: Spot, top: int) -> None:
    left, upper, right, _lower = spot.box
    is_rtl = lines.direction == "rtl"
    for number, one in enumerate(lines.lines):
        sheet.draw.text(
            (
                _LEFT + (right if is_rtl else left),
                top + upper + round((number + 0.78) * lines.size * lettering.LEADING),
            ),
            one,
            font=lines.font,
            fill=INK,
            anchor="rs" if is_rtl else "ls",
            direction=lines.direction if lettering.has_shaping() else None,
            stroke_width=3,
            stroke_fill=PAPER,
        )


# ------------------------------------------------------------------ the ground


def _ground(drawn: Map, marks: Sequence[Point], spots: Sequence[Spot]) -> Image.Image:
    """Outlines, grid, the line through the places, and the marks."""
    view = drawn.view
    image = Image.new("RGB", (view.width * _OVER, view.height * _OVER), _GROUND)
    pen = ImageDraw.Draw(image)
    if drawn.outlines:
        grounds.draw(image, drawn.outlines, view)
    for longitude in view.meridians():
        x = view.point(longitude, view.south)[0]
        pen.line(_large([(x, 0), (x, view.height)]), fill=_GRID, width=_OVER)
    for latitude in view.parallels():
        y = view.point(view.west, latitude)[1]
        pen.line(_large([(0, y), (view.width, y)]), fill=_GRID, width=_OVER)
    if drawn.is_joined:
        pen.line(_large(marks), fill=ACCENT, width=4 * _OVER, joint="curve")
    for mark, spot in zip(marks, spots, strict=True):
        if spot.line_to:
            pen.line(_large([mark, spot.line_to]), fill=SOFT, width=2 * _OVER)
    for mark, place in zip(marks, drawn.places, strict=True):
        _mark(pen, mark, is_approximate=place.is_approximate)
    pen.rectangle((0, 0, image.width - 1, image.height - 1), outline=SOFT, width=2 * _OVER)
    return image.resize((view.width, view.height), Image.Resampling.BOX)


def _large(points: Sequence[Point]) -> list[Point]:
    return [(x * _OVER, y * _OVER) for x, y in points]


def _mark(pen: ImageDraw.ImageDraw, at: Point, *, is_approximate: bool) -> None:
    """A dot with a white edge; a ring for a place that is only about there."""
    x, y = at[0] * _OVER, at[1] * _OVER
    for radius, colour in ((_MARK, PAPER), (_MARK - 2, ACCENT), *([(_MARK - 6, PAPER)] if is_approximate else [])):
        size = radius * _OVER
        pen.ellipse((x - size, y - size, x + size, y + size), fill=colour)


# -------------------------------------------------------------- around the map


def _degrees(sheet: Sheet, drawn: Map, top: int) -> int:
    """The numbers of the grid, at the left and below. Returns where the next line begins."""
    view, bottom = drawn.view, top + drawn.view.height
    for latitude in view.parallels():
        y = top + view.point(view.west, latitude)[1]
        if top + 12 < y < bottom - 12:
            _small(sheet, drawn.words.latitude(latitude), (_LEFT - 10, y), "rm", _LEFT - 34)
    meridians = view.meridians()
    room = min(170, round(view.width / max(1, len(meridians))) - 16)
    for longitude in meridians:
        x = _LEFT + view.point(longitude, view.south)[0]
        if _LEFT + 60 < x < _LEFT + view.width - 50:
            _small(sheet, drawn.words.longitude((longitude + 180) % 360 - 180), (x, bottom + 20), "mm", room)
    return bottom + 44


def _legend(sheet: Sheet, drawn: Map, y: int) -> int:
    """The bar of kilometres, what a ring means, and where north is."""
    km, length = drawn.view.scale()
    pen = sheet.draw
    pen.rectangle((_LEFT, y + 18, _LEFT + length, y + 21), fill=INK)
    for x in (_LEFT, _LEFT + length):
        pen.rectangle((x - 1, y + 10, x + 1, y + 21), fill=INK)
    at = drawn.view.middle if drawn.view.is_uneven() else None
    written = _small(sheet, drawn.words.scale(km, at), (_LEFT + length + 14, y + 16), "lm", 380, colour=INK)
    if any(place.is_approximate for place in drawn.places):
        ring = _LEFT + length + 14 + written + 60
        sheet.image.paste(_ring(), (round(ring), y + 16 - _MARK))
        _small(sheet, drawn.words.approximate, (ring + 2 * _MARK + 10, y + 16), "lm", 360, colour=INK)
    _north(sheet, drawn.words.north, y)
    return y + 46


def _ring() -> Image.Image:
    side = 2 * _MARK * _OVER
    image = Image.new("RGB", (side, side), PAPER)
    _mark(ImageDraw.Draw(image), (_MARK, _MARK), is_approximate=True)
    return image.resize((2 * _MARK, 2 * _MARK), Image.Resampling.BOX)


def _north(sheet: Sheet, letter: str, y: int) -> None:
    """An arrow that points up, with the letter of the direction."""
    arrow = Image.new("RGB", (22 * _OVER, 38 * _OVER), PAPER)
    ImageDraw.Draw(arrow).polygon(_large([(11, 1), (1, 37), (11, 30), (21, 37)]), fill=INK)
    sheet.image.paste(arrow.resize((22, 38), Image.Resampling.BOX), (WIDTH - MARGIN - 22, y - 4))
    _small(sheet, letter, (WIDTH - MARGIN - 32, y + 16), "rm", 120, colour=INK)


def _small(sheet: Sheet, words: str, at: Point, anchor: str, width: int, *, colour: Colour = SOFT) -> float:
    """One line of small letters; returns how wide it is."""
    lines = sheet.fitted(words, sizes=(22, 20, 18, 16, 14), width=width, height=30)
    sheet.draw.text(
        at,
        lines.lines[0],
        font=lines.font,
        fill=colour,
        anchor=anchor,
        direction=lines.direction if lettering.has_shaping() else None,
    )
    return lines.wide(lines.lines[0])
