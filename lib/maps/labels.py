"""Where the names on a map stand: none over another, over a mark or over the edge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import Final

from lib.maps.clipping import Box, Point

#: Pixels between a mark and its name, and around a name.
_GAP, _AIR = 8, 4
#: Pixels between a mark and a name that does not stand beside it.
_AWAY: Final = (24, 48, 80, 120, 170, 230, 300, 380, 480, 600, 750, 920)
_ANGLES: Final = 24


@dataclass(frozen=True, slots=True)
class Spot:
    """The box of a name, and where a line from its mark to it ends, if it does not stand beside it."""

    box: Box
    line_to: Point | None


def placed(
    marks: Sequence[Point],
    sizes: Sequence[tuple[float, float]],
    *,
    paper: tuple[float, float],
    radius: float,
    begins_right: Sequence[bool] = (),
) -> list[Spot] | None:
    """A spot for each name, in order. None when there is not enough room.

    ``sizes`` are width and height of the names, ``paper`` of the map, ``radius`` of a mark: all in pixels.
    ``begins_right`` says which names are written from right to left: those stand left of their marks rather than right.
    """
    table = _Table(marks, sizes, paper, radius, begins_right or [False] * len(marks))
    crowded = sorted(range(len(marks)), key=lambda n: (-_neighbours(marks, n), n))
    for turn in range(len(marks)):
        found = table.beside(crowded[turn:] + crowded[:turn])
        if found is not None:
            return found
    return table.at_the_sides()


def _neighbours(marks: Sequence[Point], number: int) -> int:
    x, y = marks[number]
    return sum(1 for other in marks if hypot(other[0] - x, other[1] - y) < 150)


@dataclass(frozen=True, slots=True)
class _Table:
    """The names that look for a spot."""

    marks: Sequence[Point]
    sizes: Sequence[tuple[float, float]]
    paper: tuple[float, float]
    radius: float
    begins_right: Sequence[bool]

    def beside(self, order: Sequence[int]) -> list[Spot] | None:
        """Each name as near to its mark as those before it in ``order`` let it be."""
        found: dict[int, Spot] = {}
        for number in order:
            spot = next((one for one in self._spots(number) if self._is_free(one, number, found)), None)
            if spot is None:
                return None
            found[number] = spot
        return [found[number] for number in range(len(self.marks))]

    def at_the_sides(self) -> list[Spot] | None:
        """Names below each other at the left and right edges, with a line to each: for marks that stand close."""
        across = sorted(range(len(self.marks)), key=lambda n: (self.marks[n], n))
        half = len(across) // 2
        found: dict[int, Spot] = {}
        for numbers, is_left in ((across[:half], True), (across[half:], False)):
            rows = sorted(numbers, key=lambda n: (self.marks[n][1], n))
            high = sum(self.sizes[n][1] + 2 * _AIR for n in rows)
            top = (self.paper[1] - high) / 2 + _AIR
            if top < 2 * _AIR:
                return None
            for number in rows:
                wide, tall = self.sizes[number]
                left = 2 * _AIR if is_left else self.paper[0] - wide - 2 * _AIR
                box = left, top, left + wide, top + tall
                end = left + wide + _AIR if is_left else left - _AIR
                found[number] = Spot(box, (end, top + tall / 2))
                top += tall + 2 * _AIR
        spots = [found[number] for number in range(len(self.marks))]
        return spots if all(self._is_on_no_mark(spot.box) for spot in spots) else None

    def _spots(self, number: int) -> Iterator[Spot]:
        """Beside the mark first, then farther and farther away."""
        x, y = self.marks[number]
        wide, high = self.sizes[number]
        off = self.radius + _GAP
        sides = [(x + off, y - high / 2), (x - off - wide, y - high / 2)]
        for left, top in (
            *(reversed(sides) if self.begins_right[number] else sides),
            (x - wide / 2, y - off - high),
            (x - wide / 2, y + off),
            (x + off * 0.7, y - off * 0.7 - high),
            (x + off * 0.7, y + off * 0.7),
            (x - off * 0.7 - wide, y - off * 0.7 - high),
            (x - off * 0.7 - wide, y + off * 0.7),
        ):
            yield Spot((left, top, left + wide, top + high), None)
        for away in _AWAY:
            for turn in range(_ANGLES):
                angle = 2 * pi * turn / _ANGLES
                middle = x + cos(angle) * (off + away + wide / 2), y + sin(angle) * (off + away + high / 2)
                box = middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2
                yield Spot(box, _nearest((x, y), box))

    def _is_free(self, spot: Spot, number: int, found: dict[int, Spot]) -> bool:
        left, top, right, bottom = spot.box
        if left < _AIR or top < _AIR or right > self.paper[0] - _AIR or bottom > self.paper[1] - _AIR:
            return False
        if not self._is_on_no_mark(spot.box):
            return False
        line = None if spot.line_to is None else (self.marks[number], spot.line_to)
        if line and self._touches_another_mark(line, number):
            return False
        for other, taken in found.items():
            if _overlap(spot.box, taken.box, _AIR) or (line and _crosses(line, taken.box)):
                return False
            if taken.line_to and _crosses((self.marks[other], taken.line_to), spot.box):
                return False
        return True

    def _is_on_no_mark(self, box: Box) -> bool:
        return not any(_overlap(box, _around(mark, self.radius + 2)) for mark in self.marks)

    def _touches_another_mark(self, line: tuple[Point, Point], number: int) -> bool:
        """Marks that lie on each other anyway do not count."""
        x, y = self.marks[number]
        return any(
            hypot(mark[0] - x, mark[1] - y) > 2 * self.radius and _crosses(line, _around(mark, self.radius))
            for mark in self.marks
        )


def _nearest(mark: Point, box: Box) -> Point:
    return min(max(mark[0], box[0]), box[2]), min(max(mark[1], box[1]), box[3])


def _around(mark: Point, radius: float) -> Box:
    return mark[0] - radius, mark[1] - radius, mark[0] + radius, mark[1] + radius


def _overlap(one: Box, other: Box, air: float = 0) -> bool:
    return one[0] < other[2] + air and other[0] < one[2] + air and one[1] < other[3] + air and other[1] < one[3] + air


def _crosses(line: tuple[Point, Point], box: Box) -> bool:
    """Whether a line has a point in a box, by its parts of a few pixels."""
    (x1, y1), (x2, y2) = line
    parts = max(1, int(hypot(x2 - x1, y2 - y1) / 3))
    return any(
        box[0] <= x1 + (x2 - x1) * n / parts <= box[2] and box[1] <= y1 + (y2 - y1) * n / parts <= box[3]
        for n in range(parts + 1)
    )
