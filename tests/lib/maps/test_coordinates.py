"""Coordinates as people type them."""

import pytest

from lib.maps.coordinates import CoordinateError, latitude, longitude


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("40.1772", 40.1772),
        ("40,1772", 40.1772),
        (" 40.1772° ", 40.1772),
        ("40.1772 N", 40.1772),
        ("N 40.1772", 40.1772),
        ("40.1772s", -40.1772),
        ("-40.5", -40.5),
        ("−40.5", -40.5),
        ("+40.5", 40.5),
        ("40°10′38″N", 40.177222),
        ("40°10'38\"N", 40.177222),
        ("40° 10’ 38.4” N", 40.177333),
        ("40 10 38 S", -40.177222),
        ("40:10:38", 40.177222),
        ("40°10.5′N", 40.175),
        ("40º10'38''N", 40.177222),
        ("0", 0),
        ("-0", 0),
        ("90", 90),
        ("0°30′S", -0.5),
    ],
)
def test_a_latitude_is_read_as_it_is_written_on_maps(typed: str, value: float) -> None:
    assert latitude(typed) == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(("typed", "value"), [("180", 180), ("-179.5", -179.5), ("44°30′45″W", -44.5125), ("E 7", 7)])
def test_a_longitude_goes_to_180(typed: str, value: float) -> None:
    assert longitude(typed) == pytest.approx(value)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Write 40.1772 or 40°10′38″N"),
        ("north", "“north” is not a latitude. Write"),
        ("nan", "“nan” is not a latitude"),
        ("inf", "“inf” is not a latitude"),
        ("4e1", "is not a latitude"),
        ("٤٠", "is not a latitude"),
        ("40.5°10′", "is not a latitude"),
        ("40°61′N", "minutes and seconds are below 60"),
        ("40°10′60″N", "minutes and seconds are below 60"),
        ("N 40 N", "two directions"),
        ("-40 N", "two directions"),
        ("44.5 E", "is a longitude. Write the latitude first"),
        ("90.001", "Are latitude and longitude swapped?"),
        ("144.5", "Are latitude and longitude swapped?"),
        ("1" * 500, "is not a latitude"),
    ],
)
def test_what_is_no_latitude_is_refused_with_what_to_write(typed: str, words: str) -> None:
    with pytest.raises(CoordinateError) as caught:
        latitude(typed)
    assert words in caught.value.said
    assert len(caught.value.said) < 200


@pytest.mark.parametrize(
    ("typed", "words"),
    [("180.1", "between −180 and 180"), ("40 N", "is a latitude"), ("x", "is not a longitude. Write 44.5126")],
)
def test_what_is_no_longitude_is_refused_with_what_to_write(typed: str, words: str) -> None:
    with pytest.raises(CoordinateError, match=words):
        longitude(typed)
