"""GeoJSON from strangers: read with limits, whatever the bytes are."""

import json
from typing import Any

import pytest

from lib.maps import outlines
from lib.maps.outlines import MAX_BYTES, MAX_POINTS, MAX_SHAPES, OutlineError
from lib.maps.places import Bounds

RING = [[17.0, 59.0], [18.0, 59.0], [18.0, 60.0], [17.0, 59.0]]
HOLE = [[17.5, 59.1], [17.8, 59.1], [17.8, 59.3], [17.5, 59.1]]
LINE = [[17.1, 59.1], [17.9, 59.9]]


def of(kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": kind, "coordinates": coordinates}


def feature(geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": "Nobody reads this"}, "geometry": geometry}


def read(value: Any) -> outlines.Outlines:
    return outlines.read(json.dumps(value).encode())


@pytest.mark.parametrize(
    ("value", "areas", "lines"),
    [
        (of("Polygon", [RING, HOLE]), 1, 0),
        (of("MultiPolygon", [[RING], [RING, HOLE]]), 2, 0),
        (of("LineString", LINE), 0, 1),
        (of("MultiLineString", [LINE, LINE]), 0, 2),
        (feature(of("Polygon", [RING])), 1, 0),
        ({"type": "FeatureCollection", "features": [feature(of("Polygon", [RING])), feature(None)]}, 1, 0),
        ({"type": "GeometryCollection", "geometries": [of("LineString", LINE), of("Point", [1, 2])]}, 0, 1),
        (of("Polygon", [[*RING[:3], [17.0, 59.5]]]), 1, 0),
        (of("LineString", [[17.1, 59.1, 250.0], [17.9, 59.9, 251.5]]), 0, 1),
        ({**of("LineString", LINE), "crs": {"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}}, 0, 1),
    ],
)
def test_lines_and_areas_are_read_and_written_again(value: Any, areas: int, lines: int) -> None:
    found = read(value)
    assert (len(found.areas), len(found.lines)) == (areas, lines)
    assert outlines.read(outlines.written(found).encode()) == found
    assert "Nobody" not in outlines.written(found)
    assert all(ring[0] == ring[-1] for area in found.areas for ring in area)


def test_the_bounds_hold_all_points() -> None:
    assert read(of("Polygon", [RING, HOLE])).bounds() == Bounds(17.0, 59.0, 18.0, 60.0)


def test_empty_geometries_are_passed_over() -> None:
    empty = [
        of("Polygon", []),
        of("Polygon", [[]]),
        of("MultiPolygon", []),
        of("LineString", []),
        of("Polygon", [[], HOLE]),
    ]
    found = read({"type": "GeometryCollection", "geometries": [*empty, of("LineString", LINE)]})
    assert (found.areas, len(found.lines)) == ((), 1)


def nested(depth: int) -> dict[str, Any]:
    value = of("LineString", LINE)
    for _ in range(depth):
        value = {"type": "GeometryCollection", "geometries": [value]}
    return value


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not GeoJSON"),
        (b"\xff\xfe\x00", "not GeoJSON"),
        (b"<svg onload=alert(1)>", "not GeoJSON"),
        (b"[" * 200_000, "not GeoJSON"),
        (b'{"a":' * 100_000, "not GeoJSON"),
        (b"[]", "not GeoJSON"),
        (b"null", "not GeoJSON"),
        (b'{"type":"Topology"}', "not GeoJSON"),
        (b'{"type":["Polygon"]}', "not GeoJSON"),
        (b'{"type":"LineString","coordinates":[[NaN,1],[2,3]]}', "not GeoJSON"),
        (b'{"type":"LineString","coordinates":[[1e999,1],[2,3]]}', "not in degrees"),
        (b'{"type":"LineString","coordinates":[[' + b"9" * 4000 + b",1],[2,3]]}", "not in degrees"),
        (b'{"type":"LineString","coordinates":[[' + b"9" * 9000 + b",1],[2,3]]}", "not GeoJSON"),
        (b'{"type":"LineString","coordinates":[["1",1],[2,3]]}', "not GeoJSON"),
        (b'{"type":"LineString","coordinates":[[true,1],[2,3]]}', "not GeoJSON"),
        (b'{"type":"LineString","coordinates":[[1],[2,3]]}', "not GeoJSON"),
        (b'{"type":"LineString","coordinates":[1,2]}', "not GeoJSON"),
        (b'{"type":"LineString","coordinates":{"0":1}}', "not GeoJSON"),
        (b'{"type":"LineString","coordinates":[[674000,6580000],[674100,6580100]]}', "not in degrees"),
        (b'{"type":"LineString","coordinates":[[59.3,118.07],[59.4,118.1]]}', "GeoJSON has longitude first"),
        (b'{"type":"Point","coordinates":[1,2]}', "no lines and no areas"),
        (b'{"type":"FeatureCollection","features":[]}', "no lines and no areas"),
        (b" " * (MAX_BYTES + 1), "larger than 2 MB"),
    ],
)
def test_what_gives_no_outlines_is_refused_with_the_reason(data: bytes, words: str) -> None:
    with pytest.raises(OutlineError, match=words):
        outlines.read(data)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::3857", "EPSG:3006", ""])
def test_another_coordinate_system_is_refused(name: str) -> None:
    with pytest.raises(OutlineError, match="another coordinate system"):
        read({**of("LineString", LINE), "crs": {"type": "name", "properties": {"name": name}}})


def test_what_was_taken_can_be_read_again() -> None:
    open_ring = [[17.0, 59.0], [18.0, 59.0], [18.0, 60.0]]
    areas = [[open_ring * 5]] * (MAX_POINTS // 16)
    assert outlines.read(outlines.written(read(of("MultiPolygon", areas))).encode()).areas
    with pytest.raises(OutlineError, match="more than 50,000 points"):
        read(of("MultiPolygon", [*areas, [open_ring]]))


def test_too_many_shapes_are_refused() -> None:
    assert read(of("MultiLineString", [LINE] * MAX_SHAPES)).lines
    with pytest.raises(OutlineError, match="more than 4,000 lines and areas"):
        read(of("MultiLineString", [LINE] * (MAX_SHAPES + 1)))


def test_too_many_points_and_too_deep_nests_are_refused() -> None:
    many = [[n / MAX_POINTS, n % 7] for n in range(MAX_POINTS + 1)]
    with pytest.raises(OutlineError, match="more than 50,000 points"):
        read(of("LineString", many))
    assert read(of("LineString", many[:-1])).lines
    assert read(nested(4)).lines
    with pytest.raises(OutlineError, match="nested too deep"):
        read(nested(5))


@pytest.mark.parametrize("crs", ["EPSG:4326", [], {"properties": ["x"]}, {"properties": {"name": ["EPSG:4326", 1]}}])
def test_a_coordinate_system_that_nobody_can_read_is_refused_too(crs: Any) -> None:
    with pytest.raises(OutlineError, match="another coordinate system"):
        read({**of("LineString", LINE), "crs": crs})


def test_whatever_stands_where_a_part_belongs_is_an_error_with_a_text() -> None:
    odd = [None, True, -1, 1.5, "x", [], {}, [[]], [[[]]], [{}], {"type": "Polygon"}, [[[1, 2]]], [None, None]]
    for kind in ("LineString", "MultiLineString", "Polygon", "MultiPolygon", "Point", "Feature", "FeatureCollection"):
        for value in odd:
            for key in ("coordinates", "geometry", "features", "geometries"):
                with pytest.raises(OutlineError):
                    read({"type": kind, key: value})
