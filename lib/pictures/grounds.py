"""The outlines below a map: areas with their holes, and lines."""

from collections.abc import Sequence
from itertools import chain
from typing import Final

from PIL import Image, ImageDraw

from lib.maps import clipping
from lib.maps.clipping import Point
from lib.maps.outlines import Outlines
from lib.maps.views import View
from lib.sharecards.signs import Colour

LAND: Final[Colour] = (0xE7, 0xE5, 0xDE)
_OUTLINE: Final[Colour] = (0x78, 0x83, 0x88)
#: Outlines are cut so many pixels outside the map, so that no cut shows.
_OUTSIDE: Final = 40


def draw(image: Image.Image, outlines: Outlines, view: View) -> None:
    """Fill the areas and draw all lines on an image of the view, which can be larger than the view."""
    over = image.width // view.width
    pen = ImageDraw.Draw(image)
    box = -_OUTSIDE, -_OUTSIDE, view.width + _OUTSIDE, view.height + _OUTSIDE
    areas = [clipping.aligned(rings) for rings in outlines.areas]
    for turn in view.TURNS:
        for rings in areas:
            _area(image, [clipping.area(_on_paper(ring, view, turn), box) for ring in rings], over)
    for turn in view.TURNS:
        for line in chain(chain.from_iterable(outlines.areas), outlines.lines):
            for part in clipping.without_cuts(line):
                for piece in clipping.line(_on_paper(clipping.joined(part), view, turn), box):
                    points = _large(clipping.thinned(piece), over)
                    pen.line(points, fill=_OUTLINE, width=2 * over)


def _on_paper(line: Sequence[Point], view: View, turn: float) -> list[Point]:
    return [view.point(x + turn, y) for x, y in line]


def _area(image: Image.Image, rings: Sequence[list[Point]], over: int) -> None:
    """An outer line filled, with its holes left out."""
    outer, *holes = [_large(clipping.thinned(ring), over) if ring else [] for ring in rings]
    if len(outer) < 3:
        return
    if not any(holes):
        ImageDraw.Draw(image).polygon(outer, fill=LAND)
        return
    box = _box_of(outer, image)
    if box is None:
        return
    left, upper, right, lower = box
    mask = Image.new("1", (right - left, lower - upper), 0)
    pen = ImageDraw.Draw(mask)
    for ring, fill in ((outer, 1), *((hole, 0) for hole in holes)):
        if len(ring) > 2:
            pen.polygon([(x - left, y - upper) for x, y in ring], fill=fill)
    image.paste(LAND, (left, upper), mask)


def _box_of(points: Sequence[Point], image: Image.Image) -> tuple[int, int, int, int] | None:
    across, down = [x for x, _y in points], [y for _x, y in points]
    left, upper = max(0, int(min(across))), max(0, int(min(down)))
    right, lower = min(image.width, int(max(across)) + 2), min(image.height, int(max(down)) + 2)
    return (left, upper, right, lower) if left < right and upper < lower else None


def _large(points: Sequence[Point], over: int) -> list[Point]:
    return [(x * over, y * over) for x, y in points]
