"""Outlines that somebody gives as GeoJSON (RFC 7946), read with limits. Names and other properties are not read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import isfinite
from typing import Any, Final, NoReturn

from lib.maps.coordinates import DIGITS
from lib.maps.places import Bounds
from lib.phrases import Phrase, phrase

MAX_BYTES: Final = 2_000_000
MAX_POINTS: Final = 50_000
#: Lines and areas: each of them can fill the whole map, which takes time.
MAX_SHAPES: Final = 4_000
#: Collections in collections, at most.
_MAX_DEPTH: Final = 4
#: What OGC and GDAL write for the coordinates that RFC 7946 demands.
_KNOWN_SYSTEMS: Final = ("crs84", "epsg:4326", "epsg::4326")

Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """Areas, each an outer line and its holes, and lines. Points are longitude and latitude in degrees."""

    areas: tuple[tuple[Line, ...], ...]
    lines: tuple[Line, ...]

    def bounds(self) -> Bounds:
        """The box around all points."""
        points = [*chain.from_iterable(chain.from_iterable(self.areas)), *chain.from_iterable(self.lines)]
        across, up = [x for x, _y in points], [y for _x, y in points]
        return Bounds(min(across), min(up), max(across), max(up))


class OutlineError(ValueError):
    """A file that gives no outlines. Its text is a ``Phrase`` for the person who chose it."""

    def __init__(self, said: Phrase) -> None:
        super().__init__(said)
        self.said = said


def read(data: bytes) -> Outlines:
    """The outlines of a file. Raises ``OutlineError``, whatever the bytes are."""
    if len(data) > MAX_BYTES:
        raise OutlineError(phrase("The file is larger than %(n)s MB. Simplify the outlines.", n=MAX_BYTES // 1_000_000))
    reader = _Reader()
    try:
        reader.take(json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant))
    except OutlineError:
        raise
    except (ValueError, RecursionError) as error:  # no JSON, no UTF-8, NaN, a number of 5,000 digits, a deep nest
        raise OutlineError(phrase("The file is not GeoJSON, or it is damaged.")) from error
    if len(reader.areas) + len(reader.lines) > MAX_SHAPES:
        raise OutlineError(
            phrase("The outlines have more than %(n)s lines and areas. Simplify them.", n=f"{MAX_SHAPES:,}")
        )
    if not reader.areas and not reader.lines:
        raise OutlineError(phrase("The file has no lines and no areas."))
    return Outlines(tuple(reader.areas), tuple(reader.lines))


def written(outlines: Outlines) -> str:
    """The outlines as GeoJSON, the same for the same outlines. ``read`` takes it."""
    geometries = [
        {"type": "MultiPolygon", "coordinates": outlines.areas},
        {"type": "MultiLineString", "coordinates": outlines.lines},
    ]
    return json.dumps({"type": "GeometryCollection", "geometries": geometries}, separators=(",", ":"))


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


class _Reader:
    """Collects what can be drawn, and counts the points."""

    def __init__(self) -> None:
        self.areas: list[tuple[Line, ...]] = []
        self.lines: list[Line] = []
        self._points = 0

    def take(self, value: Any, depth: int = 0) -> None:
        """An object of GeoJSON with all that it holds."""
        if depth > _MAX_DEPTH:
            raise OutlineError(phrase("The collections in the file are nested too deeply."))
        if not isinstance(value, Mapping):
            raise _not_geojson()
        _check_system(value.get("crs"))
        kind, coordinates = value.get("type"), value.get("coordinates")
        if kind in ("FeatureCollection", "GeometryCollection"):
            for one in _list(value.get("features" if kind == "FeatureCollection" else "geometries")):
                self.take(one, depth + 1)
        elif kind == "Feature":
            if value.get("geometry") is not None:
                self.take(value["geometry"], depth + 1)
        elif kind == "LineString":
            self._line(coordinates)
        elif kind == "MultiLineString":
            for one in _list(coordinates):
                self._line(one)
        elif kind == "Polygon":
            self._area(coordinates)
        elif kind == "MultiPolygon":
            for one in _list(coordinates):
                self._area(one)
        elif kind not in ("Point", "MultiPoint"):
            raise _not_geojson()

    def _line(self, value: Any) -> None:
        points = self._positions(value)
        if len(points) > 1:
            self.lines.append(points)

    def _area(self, value: Any) -> None:
        rings = []
        for number, ring in enumerate(_list(value)):
            points = self._positions(ring)
            if points and points[0] != points[-1]:
                self._count(1)
                points = (*points, points[0])
            if len(points) > 3:
                rings.append(points)
            elif number == 0:  # holes in nothing
                return
        if rings:
            self.areas.append(tuple(rings))

    def _positions(self, value: Any) -> Line:
        given = _list(value)
        self._count(len(given))
        return tuple(_without_repeats(_position(one) for one in given))

    def _count(self, points: int) -> None:
        self._points += points
        if self._points > MAX_POINTS:
            raise OutlineError(phrase("The outlines have more than %(n)s points. Simplify them.", n=f"{MAX_POINTS:,}"))


def _list(value: Any) -> Sequence[Any]:
    if not isinstance(value, list):
        raise _not_geojson()
    return value


def _position(value: Any) -> tuple[float, float]:
    pair = _list(value)[:2]
    if len(pair) < 2 or not all(isinstance(one, int | float) and not isinstance(one, bool) for one in pair):
        raise _not_geojson()
    try:
        across, up = float(pair[0]), float(pair[1])
    except OverflowError as error:
        raise _wrong_range() from error
    if not (isfinite(across) and isfinite(up) and abs(across) <= 180 and abs(up) <= 180):
        raise _wrong_range()
    if abs(up) > 90:
        raise OutlineError(
            phrase("A point of the outlines has the latitude %(value)s. GeoJSON has longitude first.", value=up)
        )
    return round(across, DIGITS), round(up, DIGITS)


def _without_repeats(points: Iterator[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    last = None
    for point in points:
        if point != last:
            yield point
        last = point


def _check_system(value: Any) -> None:
    """The old key for another coordinate system, which RFC 7946 took away."""
    if value is None:
        return
    properties = value.get("properties") if isinstance(value, Mapping) else None
    name = str(properties.get("name", "")) if isinstance(properties, Mapping) else ""
    if not name.lower().endswith(_KNOWN_SYSTEMS):
        raise OutlineError(
            phrase("The outlines are in another coordinate system. Save them in WGS 84, as degrees (EPSG:4326).")
        )


def _not_geojson() -> OutlineError:
    return OutlineError(phrase("The file is not GeoJSON, or it is damaged."))


def _wrong_range() -> OutlineError:
    return OutlineError(
        phrase("Some points of the outlines are not in degrees. Save them in WGS 84, as degrees (EPSG:4326).")
    )
