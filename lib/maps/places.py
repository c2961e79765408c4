"""Places of a map, and what looks like a slip of the hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Final

from lib.phrases import Phrase, phrase

MAX_PLACES: Final = 12
#: In characters.
MAX_NAME: Final = 60
#: The mean radius of the earth, in kilometres (IUGG).
EARTH_KM: Final = 6371.0088
#: A place so many times farther from the next one than the others are from theirs may be a slip.
_FAR: Final = 10
#: Places nearer than this count as this far from each other, in kilometres.
_NEAR_KM: Final = 5.0


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its name as readers shall read it, and degrees north and east. ``is_approximate``: only about there."""

    name: str
    latitude: float
    longitude: float
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box in degrees. ``east`` is never below ``west``."""

    west: float
    south: float
    east: float
    north: float

    def has(self, *, latitude: float, longitude: float) -> bool:
        """Whether a point lies in the box, at any turn around the earth."""
        turns = (longitude - 360, longitude, longitude + 360)
        return self.south <= latitude <= self.north and any(self.west <= turn <= self.east for turn in turns)


def distance(one: Place, other: Place) -> float:
    """Kilometres on the surface of a sphere (haversine)."""
    south, north = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def suspicions(places: Sequence[Place], ground: Bounds | None = None) -> Iterator[Phrase]:
    """What may be wrong with places that can all be drawn. ``ground`` is where the outlines lie, if there are any."""
    yield from _same(places)
    yield from _far(places)
    if ground is None or any(ground.has(latitude=p.latitude, longitude=p.longitude) for p in places):
        return
    if all(ground.has(latitude=p.longitude, longitude=p.latitude) for p in places):
        yield phrase("Latitude and longitude seem to be swapped: then all places lie inside the outlines.")
    else:
        yield phrase("No place lies inside the outlines.")


def _same(places: Sequence[Place]) -> Iterator[Phrase]:
    seen: dict[tuple[float, float], str] = {}
    for place in places:
        other = seen.setdefault((place.latitude, place.longitude), place.name)
        if other != place.name:
            yield phrase("“%(one)s” and “%(other)s” have the same coordinates.", one=other, other=place.name)


def _far(places: Sequence[Place]) -> Iterator[Phrase]:
    if len(places) < 3:
        return
    for place in places:
        others = [one for one in places if one is not place]
        usual = max(_to_next(one, others) for one in others)
        apart = _to_next(place, places)
        if apart > _FAR * max(usual, _NEAR_KM):
            yield phrase("“%(name)s” is %(n)s km away from the next place.", name=place.name, n=round(apart))


def _to_next(place: Place, places: Sequence[Place]) -> float:
    return min(distance(place, other) for other in places if other is not place)
