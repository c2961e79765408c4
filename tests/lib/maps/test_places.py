"""Distances, and what looks like a slip of the hand."""

from collections.abc import Sequence

import pytest

from lib.maps.places import Bounds, Place, distance, suspicions

TOWN, BRIDGE, PORT = Place("Town", 59.33, 18.07), Place("Bridge", 59.35, 18.1), Place("Port", 59.31, 18.05)
GROUND = Bounds(17.0, 59.0, 19.0, 60.0)


def said(places: Sequence[Place], ground: Bounds | None = None) -> list[str]:
    return list(suspicions(places, ground))


def test_the_distance_is_that_of_a_sphere() -> None:
    assert distance(Place("Pole", 90, 0), Place("Equator", 0, 50)) == pytest.approx(10007.6, abs=0.1)
    assert distance(Place("East", 0, 179.5), Place("West", 0, -179.5)) == pytest.approx(111.2, abs=0.1)
    assert distance(TOWN, TOWN) == 0


def test_places_near_each_other_raise_no_suspicion() -> None:
    assert said([TOWN, BRIDGE, PORT], GROUND) == []
    assert said([TOWN]) == []
    assert said([TOWN, Place("Far", 10, 10)]) == []


def test_one_place_far_from_the_others_is_named_with_its_distance() -> None:
    (words,) = said([TOWN, BRIDGE, PORT, Place("Slip", 29.33, 18.07)])
    assert words == "“Slip” is 3334 km away from the next place."


def test_the_date_line_is_no_distance() -> None:
    assert said([Place("A", -16.8, 179.9), Place("B", -16.6, -179.9), Place("C", -16.7, 179.8)]) == []


def test_two_places_with_the_same_coordinates_are_named() -> None:
    assert said([TOWN, Place("Copy", 59.33, 18.07)]) == ["“Town” and “Copy” have the same coordinates."]


def test_swapped_coordinates_are_seen_by_the_outlines() -> None:
    swapped = [Place(one.name, one.longitude, one.latitude) for one in (TOWN, BRIDGE)]
    assert said(swapped, GROUND) == [
        "Latitude and longitude seem to be swapped: then all places lie inside the outlines."
    ]
    assert said([Place("Elsewhere", -30, 100)], GROUND) == ["No place lies inside the outlines."]
    assert said([TOWN, Place("Outside", 59.9, 19.2)], GROUND) == []
