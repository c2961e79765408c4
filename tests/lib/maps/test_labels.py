"""Names on a map: none over another, over a mark or over the edge."""

from itertools import combinations
from random import Random

import pytest

from lib.maps import labels
from lib.maps.clipping import Box, Point
from lib.maps.labels import Spot

PAPER = 1064.0, 532.0
RADIUS = 11.0


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def check(marks: list[Point], spots: list[Spot] | None) -> list[Spot]:
    assert spots is not None
    for one, other in combinations(spots, 2):
        assert not overlap(one.box, other.box)
    for spot in spots:
        left, top, right, bottom = spot.box
        assert min(left, top) > 0
        assert right < PAPER[0]
        assert bottom < PAPER[1]
        for x, y in marks:
            assert not overlap(spot.box, (x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS))
    return spots


def place(marks: list[Point], size: Point = (300.0, 64.0), **more: list[bool]) -> list[Spot]:
    return check(marks, labels.placed(marks, [size] * len(marks), paper=PAPER, radius=RADIUS, **more))


def test_a_name_stands_right_of_its_mark_and_left_if_it_is_written_from_the_right() -> None:
    (spot,) = place([(500.0, 200.0)])
    assert spot.box[0] > 500
    assert spot.line_to is None
    (spot,) = place([(500.0, 200.0)], begins_right=[True])
    assert spot.box[2] < 500


@pytest.mark.parametrize("mark", [(1050.0, 266.0), (20.0, 266.0), (500.0, 14.0), (1050.0, 520.0)])
def test_a_name_at_the_edge_is_not_cut(mark: Point) -> None:
    place([mark])


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("spread", [0.0, 8.0, 40.0, 120.0])
def test_twelve_places_close_together_all_get_their_names(seed: int, spread: float) -> None:
    random = Random(seed)  # noqa: S311
    marks = [
        (532 + random.uniform(-spread, spread), 266 + random.uniform(-spread, spread) / 2) for _number in range(12)
    ]
    spots = place(marks)
    for mark, spot in zip(marks, spots, strict=True):
        near = max(spot.box[0] - mark[0], mark[0] - spot.box[2], spot.box[1] - mark[1], mark[1] - spot.box[3])
        assert spot.line_to is not None or near < 3 * RADIUS


@pytest.mark.parametrize("seed", range(20))
def test_twelve_places_all_over_the_map_get_their_names(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    place([(random.uniform(100, 960), random.uniform(50, 480)) for _number in range(12)], (230.0, 40.0))


def test_names_without_room_are_not_placed() -> None:
    marks = [(532.0, 266.0)] * 12
    assert labels.placed(marks, [(700.0, 100.0)] * 12, paper=PAPER, radius=RADIUS) is None


def test_the_same_places_get_the_same_spots() -> None:
    random = Random(5)  # noqa: S311
    marks = [(random.uniform(200, 800), random.uniform(100, 400)) for _number in range(12)]
    assert place(marks, (200.0, 40.0)) == place(marks, (200.0, 40.0))
