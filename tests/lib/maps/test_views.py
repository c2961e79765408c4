"""What a map shows, its scale against the distance on a sphere, and what is cut."""

from itertools import pairwise
from math import hypot

import pytest

from lib.maps import clipping, views
from lib.maps.places import Place, distance
from lib.maps.views import View, ViewError

WIDTH = 1064


def around(*points: tuple[float, float], km: float | None = None) -> View:
    return views.around([Place("x", *point) for point in points], width=WIDTH, km=km)


@pytest.mark.parametrize(
    "points",
    [
        [(59.33, 18.07)],
        [(59.33, 18.07), (59.331, 18.0701)],
        [(0.0, 0.0), (0.5, 3.0)],
        [(-16.85, 179.97), (-16.5, -179.98), (-18.14, 178.44)],
        [(84.0, 10.0), (84.1, 12.0)],
        [(59.9, 10.7), (38.7, -9.1), (40.4, 49.9), (30.0, 31.2)],
        [(-33.9, 151.2), (-36.8, 174.8)],
    ],
)
def test_the_scale_is_right_at_the_middle_latitude(points: list[tuple[float, float]]) -> None:
    view = around(*points)
    km, length = view.scale()
    west = view.west + (view.east - view.west) / 2
    per_pixel = (view.east - view.west) / view.width
    bar = distance(Place("a", view.middle, west), Place("b", view.middle, west + length * per_pixel))
    assert bar == pytest.approx(km, rel=0.01)
    up = distance(Place("a", view.middle, west), Place("b", view.middle + length * view.km_per_pixel / 111.195, west))
    assert up == pytest.approx(km, rel=0.01)
    assert view.width / 12 < length <= view.width / 4


@pytest.mark.parametrize("points", [[(1.0, 179.9), (2.0, -179.9)], [(1.0, -179.9), (2.0, 179.9), (1.5, 180.0)]])
def test_places_on_both_sides_of_180_are_near_each_other(points: list[tuple[float, float]]) -> None:
    view = around(*points)
    assert view.east - view.west < 5
    xs = [view.place(Place("x", *point))[0] for point in points]
    assert all(0 < x < view.width for x in xs)
    assert sorted(xs) == [
        x for _lon, x in sorted(((lon + 360) % 360, x) for (_lat, lon), x in zip(points, xs, strict=True))
    ]


@pytest.mark.parametrize("points", [[(59.0, 18.0), (60.0, 18.0)], [(59.0, 10.0), (59.0, 20.0)], [(1.0, 1.0)]])
def test_every_place_has_a_margin_and_the_paper_keeps_its_shape(points: list[tuple[float, float]]) -> None:
    view = around(*points)
    assert 0.44 < view.height / view.width < 0.63
    for point in points:
        x, y = view.place(Place("x", *point))
        assert view.width * 0.1 < x < view.width * 0.9
        assert view.height * 0.1 < y < view.height * 0.9


def test_the_width_is_taken_and_refused_where_a_place_would_be_cut() -> None:
    view = around((59.0, 18.0), (59.1, 18.2), km=200)
    assert view.km_per_pixel * view.width == pytest.approx(200, rel=0.01)
    with pytest.raises(ViewError, match="at least 26 km") as caught:
        around((59.0, 18.0), (59.1, 18.2), km=5)
    assert caught.value.field == "width"
    around((59.0, 18.0), (59.1, 18.2), km=26)


@pytest.mark.parametrize(
    "points", [[(89.0, 0.0)], [(0.0, -90.0), (0.0, 91.0), (0.0, 0.0)], [(-80.0, 0.0), (80.0, 0.0)], [(-90.0, 0.0)]]
)
def test_what_no_flat_map_shows_is_refused(points: list[tuple[float, float]]) -> None:
    with pytest.raises(ViewError, match="too far apart, or too near to a pole"):
        around(*points)


def test_a_width_that_reaches_over_a_pole_is_refused() -> None:
    with pytest.raises(ViewError, match="over a pole"):
        around((60.0, 18.0), km=30000)


def test_the_grid_has_round_degrees_inside_the_view() -> None:
    view = around((59.33, 18.07))
    assert view.meridians() == [17.8, 17.9, 18.0, 18.1, 18.2, 18.3, 18.4]
    for low, high, lines in ((view.west, view.east, view.meridians()), (view.south, view.north, view.parallels())):
        assert all(low <= one <= high for one in lines)
        assert 1 <= len(lines) <= 9
        steps = {round(after - before, 6) for before, after in pairwise(lines)}
        assert len(steps) <= 1


def test_only_a_large_map_says_where_its_scale_is_right() -> None:
    assert not around((59.33, 18.07)).is_uneven()
    assert around((59.9, 10.7), (30.0, 31.2)).is_uneven()


BOX = (0.0, 0.0, 10.0, 10.0)


def test_an_area_is_cut_to_the_box_and_one_around_it_fills_it() -> None:
    around_it = [(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0), (-5.0, -5.0)]
    assert set(clipping.area(around_it, BOX)) == {(0, 0), (10, 0), (10, 10), (0, 10)}
    assert clipping.area([(20, 20), (30, 20), (30, 30), (20, 20)], BOX) == []
    inside = [(1.0, 1.0), (5.0, 1.0), (5.0, 5.0), (1.0, 1.0)]
    assert clipping.area(inside, BOX) == inside


def test_a_line_is_cut_into_the_pieces_that_lie_in_the_box() -> None:
    assert list(clipping.line([(-5, 5), (5, 5), (5, 20), (8, 20), (8, 5)], BOX)) == [
        [(0, 5), (5, 5), (5, 10)],
        [(8, 10), (8, 5)],
    ]
    assert list(clipping.line([(20, 20), (30, 30)], BOX)) == []
    assert list(clipping.line([(2, 2), (2, 2)], BOX)) == [[(2, 2), (2, 2)]]


def test_a_line_over_the_date_line_goes_on_and_one_along_the_edge_of_the_world_stays() -> None:
    assert clipping.joined([(179, 1), (-179, 1), (-178, 2), (179, 3)]) == [(179, 1), (181, 1), (182, 2), (179, 3)]
    assert clipping.joined([(-179, 1), (179, 1)]) == [(-179, 1), (-181, 1)]
    edge = [(180, -84), (180, -90), (-180, -90), (-180, -84)]
    assert clipping.joined(edge) == edge


def test_points_that_nobody_can_tell_apart_are_left_out() -> None:
    many = [(n / 100, 0.0) for n in range(1001)]
    made = clipping.thinned(many)
    assert made[0] == many[0]
    assert made[-1] == many[-1]
    assert len(made) < 20
    assert all(hypot(b[0] - a[0], b[1] - a[1]) < 1 for a, b in pairwise(made))


def test_a_hole_is_at_the_same_turn_around_the_earth_as_what_it_is_in() -> None:
    outer = [(179.0, 0.0), (-178.0, 0.0), (-178.0, 3.0), (179.0, 0.0)]
    hole = [(-179.5, 1.0), (-179.0, 1.0), (-179.0, 2.0), (-179.5, 1.0)]
    (around_it, inside), (same,) = clipping.aligned([outer, hole]), clipping.aligned([hole])
    assert [x for x, _y in around_it] == [179, 182, 182, 179]
    assert [x for x, _y in inside] == [180.5, 181, 181, 180.5]
    assert same == hole


def test_where_a_file_cuts_land_at_180_no_coast_is_drawn() -> None:
    ring = [(179.0, 0.0), (180.0, 0.0), (180.0, 2.0), (179.0, 2.0), (179.0, 0.0)]
    assert list(clipping.without_cuts(ring)) == [ring[:2], ring[2:]]
    assert list(clipping.without_cuts(ring[2:])) == [ring[2:]]
