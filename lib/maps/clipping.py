"""Outlines cut to a box and to what can be seen, before anything is drawn."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

Point = tuple[float, float]
#: Left, top, right, bottom.
Box = tuple[float, float, float, float]
#: A point nearer to the one before is left out, in pixels.
_NEAR: Final = 0.7


def joined(points: Sequence[Point]) -> list[Point]:
    """Degrees without the jump from 180 to −180: longitudes go on beyond 180.

    A step of all 360 degrees stays: outlines of Antarctica follow the edge of the world with it.
    """
    made: list[Point] = []
    turns = 0.0
    for number, (x, y) in enumerate(points):
        step = x - points[number - 1][0] if number else 0.0
        if 180 < abs(step) < 360:
            turns -= 360 if step > 0 else -360
        made.append((x + turns, y))
    return made


def aligned(rings: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """An outer line and its holes without jumps, the holes at the same turn around the earth as the outer line."""
    outer, *holes = [joined(ring) for ring in rings]
    west, east = min(x for x, _y in outer), max(x for x, _y in outer)
    made = [outer]
    for hole in holes:
        turn = next((turn for turn in (0.0, 360.0, -360.0) if west <= hole[0][0] + turn <= east), 0.0)
        made.append([(x + turn, y) for x, y in hole])
    return made


def without_cuts(points: Sequence[Point]) -> Iterator[list[Point]]:
    """The parts of a line that are not steps along 180°: there a file cut something in two, and nothing ends."""
    part = list(points[:1])
    for one, other in pairwise(points):
        if abs(one[0]) == abs(other[0]) == 180:
            yield part
            part = []
        part.append(other)
    yield part


def area(points: Sequence[Point], box: Box) -> list[Point]:
    """What lies in the box of a closed line (Sutherland and Hodgman); empty where nothing does."""
    left, top, right, bottom = box
    found = list(points)
    for axis, edge, keeps in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        found = _half(found, axis, edge, keeps)
        if not found:
            return []
    return found


def _half(points: Sequence[Point], axis: int, edge: float, keeps: int) -> list[Point]:
    made: list[Point] = []
    for before, point in zip([points[-1], *points[:-1]], points, strict=True):
        was_in, is_in = (keeps * (one[axis] - edge) >= 0 for one in (before, point))
        if was_in != is_in:
            made.append(_crossing(before, point, axis, edge))
        if is_in:
            made.append(point)
    return made


def _crossing(one: Point, other: Point, axis: int, edge: float) -> Point:
    share = (edge - one[axis]) / (other[axis] - one[axis])
    along = one[1 - axis] + share * (other[1 - axis] - one[1 - axis])
    return (edge, along) if axis == 0 else (along, edge)


def line(points: Sequence[Point], box: Box) -> Iterator[list[Point]]:
    """The pieces of a line that lie in the box (Liang and Barsky)."""
    piece: list[Point] = []
    for one, other in pairwise(points):
        cut = _segment(one, other, box)
        if cut is None:
            continue
        if not piece or piece[-1] != cut[0]:
            if piece:
                yield piece
            piece = [cut[0]]
        piece.append(cut[1])
    if piece:
        yield piece


def _segment(one: Point, other: Point, box: Box) -> tuple[Point, Point] | None:
    left, top, right, bottom = box
    across, down = other[0] - one[0], other[1] - one[1]
    begin, end = 0.0, 1.0
    for change, room in (
        (-across, one[0] - left),
        (across, right - one[0]),
        (-down, one[1] - top),
        (down, bottom - one[1]),
    ):
        if change == 0:
            if room < 0:
                return None
        elif change < 0:
            begin = max(begin, room / change)
        else:
            end = min(end, room / change)
    if begin > end:
        return None
    at = _along(one, across, down)
    return (one if begin == 0 else at(begin)), (other if end == 1 else at(end))


def _along(one: Point, across: float, down: float) -> Callable[[float], Point]:
    return lambda share: (one[0] + share * across, one[1] + share * down)


def thinned(points: Sequence[Point], near: float = _NEAR) -> list[Point]:
    """Points in pixels without those that nobody can tell from the one before. The ends stay."""
    if len(points) < 3:
        return list(points)
    made = [points[0]]
    for x, y in points[1:-1]:
        if abs(x - made[-1][0]) > near or abs(y - made[-1][1]) > near:
            made.append((x, y))
    return [*made, points[-1]]
