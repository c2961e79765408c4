"""The part of the earth that a map shows, and how it lies on paper.

The projection is equirectangular with the middle latitude of the map as its standard parallel. Parallels and meridians
are straight, so north is up everywhere, a view is a box in degrees, and outlines can be cut with plain rules. Distances
are right along every meridian and along the middle latitude. Mercator would keep angles, but no distance besides one
latitude's; on a map of towns nobody can see the difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, log10, pi, radians
from typing import ClassVar, Final

from lib.maps.clipping import Point
from lib.maps.places import EARTH_KM, Place
from lib.phrases import Phrase, phrase

#: Kilometres of one degree along a meridian.
DEGREE_KM: Final = EARTH_KM * pi / 180
#: The height of a map as a share of its width, at least and at most.
LOWEST, HIGHEST = 0.45, 0.62
#: How much wider and higher than its places a map is.
_MARGIN: Final = 1.4
#: The width of a map in kilometres: of a single place, and at least.
ALONE_KM, SMALLEST_KM = 40.0, 0.5
#: No map shows more of the world than this, in degrees.
_WIDEST, _NORTHMOST = 300.0, 85.0
#: Degrees between two lines of the grid.
_STEPS: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 45)
_LINES: Final = 8


class ViewError(ValueError):
    """Places that no map shows. Its text is a ``Phrase`` for the person who typed them; ``field`` is what to change."""

    def __init__(self, said: Phrase, field: str = "places") -> None:
        super().__init__(said)
        self.said = said
        self.field = field


@dataclass(frozen=True, slots=True)
class View:
    """A box in degrees on paper of ``width`` by ``height`` pixels. ``east`` can be above 180."""

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int

    #: What is added to longitudes from −180 to 180, so that they are drawn on both sides of the date line.
    TURNS: ClassVar = (-360.0, 0.0, 360.0)

    @property
    def middle(self) -> float:
        """The latitude at which the scale is right in every direction."""
        return (self.south + self.north) / 2

    @property
    def km_per_pixel(self) -> float:
        """At the middle latitude."""
        return (self.north - self.south) * DEGREE_KM / self.height

    def point(self, longitude: float, latitude: float) -> Point:
        """Pixels from the left and from the top; outside the paper for what lies outside the box."""
        x = (longitude - self.west) / (self.east - self.west) * self.width
        return x, (self.north - latitude) / (self.north - self.south) * self.height

    def place(self, place: Place) -> Point:
        """The point of a place of this view, at the turn around the earth that is shown."""
        longitude = self.west + (place.longitude - self.west) % 360
        return self.point(longitude, place.latitude)

    def meridians(self) -> list[float]:
        """The longitudes of the grid, from the west; above 180 on the other side of the date line."""
        return _multiples(self.west, self.east, self._step())

    def parallels(self) -> list[float]:
        """The latitudes of the grid, from the south."""
        return _multiples(self.south, self.north, self._step())

    def scale(self) -> tuple[float, int]:
        """A round number of kilometres, and how many pixels it has at the middle latitude."""
        room = self.width / 4 * self.km_per_pixel
        power = 10.0 ** floor(log10(room))
        length = next(power * digit for digit in (5, 2, 1) if power * digit <= room)
        return length, round(length / self.km_per_pixel)

    def is_uneven(self) -> bool:
        """Whether distances from west to east differ by more than 5 % from the middle to an edge."""
        narrowest = min(cos(radians(self.south)), cos(radians(self.north)))
        widest = 1.0 if self.south < 0 < self.north else max(cos(radians(self.south)), cos(radians(self.north)))
        middle = cos(radians(self.middle))
        return narrowest < middle * 0.95 or widest > middle * 1.05

    def _step(self) -> float:
        span = max(self.east - self.west, self.north - self.south)
        return next((step for step in _STEPS if span / step <= _LINES), _STEPS[-1])


def around(places: Sequence[Place], *, width: int, km: float | None = None) -> View:
    """A map of the places on paper of so many pixels across. ``km`` is how wide it shall be; otherwise, it fits.

    Raises ``ViewError``.
    """
    west, across = _spread([place.longitude for place in places])
    south, north = min(place.latitude for place in places), max(place.latitude for place in places)
    middle = (south + north) / 2
    if max(-south, north) > _NORTHMOST or across > 180:
        raise _too_far()
    narrow = cos(radians(middle))
    needed = across * narrow * DEGREE_KM * _MARGIN, (north - south) * DEGREE_KM * _MARGIN
    least = max(needed[0], needed[1] / HIGHEST, SMALLEST_KM)
    if km is not None and km < least * 0.999:
        raise ViewError(phrase("The places need a map of at least %(n)s km.", n=_rounded_up(least)), "width")
    wide = km or (least if least > SMALLEST_KM else ALONE_KM)
    high = min(max(needed[1], wide * LOWEST), wide * HIGHEST)
    degrees, up = wide / (narrow * DEGREE_KM), high / DEGREE_KM
    if degrees > _WIDEST or max(-(middle - up / 2), middle + up / 2) > 90:
        raise _too_far() if km is None else ViewError(phrase("A map of this width would reach over a pole."), "width")
    begin = west + (across - degrees) / 2
    begin -= 360 * floor((begin + 180) / 360)
    return View(begin, middle - up / 2, begin + degrees, middle + up / 2, width, round(width * high / wide))


def _spread(longitudes: Sequence[float]) -> tuple[float, float]:
    """The shortest stretch that holds all of them: where it begins, and how long it is. It can cross 180°."""
    sorted_ones = sorted(set(longitudes))
    gaps = [
        ((after - before) % 360 or 360, after)
        for before, after in zip(sorted_ones, [*sorted_ones[1:], sorted_ones[0]], strict=True)
    ]
    gap, begin = max(gaps)
    return begin, 360 - gap


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [round(number * step, 6) for number in range(ceil(low / step), floor(high / step) + 1)]


def _rounded_up(km: float) -> str:
    return str(ceil(km)) if km >= 10 else str(ceil(km * 10) / 10)


def _too_far() -> ViewError:
    return ViewError(phrase("These places do not fit on one flat map: they lie too far apart, or too near to a pole."))
