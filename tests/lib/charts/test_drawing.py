"""Charts as SVG: every label and figure is text, places mirror, nothing needs a style."""

import re

import pytest
from lxml import etree

from lib.charts.drawing import svg
from lib.charts.figures import Chart

ROWS = (("2022 & before", "40"), ("2023", "-20"), ("2024", "60"))


def drawn(kind="bar", rows=ROWS, *, is_rtl=False):
    chart = Chart(kind, "Harvest <of> wheat", "%", "Ministry", rows)
    text = svg(chart, str, is_rtl=is_rtl)
    assert "style" not in text
    return etree.fromstring(text)


def texts(picture):
    return [one.text for one in picture.iter("text")]


def test_bars_have_their_labels_figures_and_lengths():
    picture = drawn()
    assert picture.get("aria-label") == "Harvest <of> wheat"
    assert texts(picture) == ["2022 & before", "40\xa0%", "2023", "-20\xa0%", "2024", "60\xa0%"]
    assert [(one.get("x"), one.get("width")) for one in picture.iter("rect")] == [
        ("25.000%", "50.000%"),
        ("0.000%", "25.000%"),
        ("25.000%", "75.000%"),
    ]


def test_bars_mirror_in_a_language_from_right_to_left():
    picture = drawn(is_rtl=True)
    assert picture.get("direction") == "rtl"
    assert [one.get("x") for one in picture.iter("rect")] == ["25.000%", "75.000%", "0.000%"]
    assert {one.get("x") for one in picture.iter("text")} == {"100%"}


def test_letters_are_pixels_and_long_labels_break():
    picture = drawn(rows=(("A long label that does not fit into one line of a phone", "1"),))
    assert {one.get("font-size") for one in picture.iter("text")} == {"14"}
    assert len(texts(picture)) == 3
    assert not picture.get("viewBox")


@pytest.mark.parametrize("is_rtl", [False, True])
def test_a_line_goes_through_all_points_from_the_start_of_the_line(is_rtl):
    picture = drawn("line", is_rtl=is_rtl)
    places = [float(one.get("cx").rstrip("%")) for one in picture.iter("circle")]
    assert places == sorted(places, reverse=is_rtl)
    assert len(list(picture.iter("line"))) == 3
    assert {"40\xa0%", "60\xa0%", "2023"} <= set(texts(picture))


def test_figures_on_a_line_that_are_too_near_to_each_other_are_left_out():
    rows = tuple((str(year), str(50 + year % 3)) for year in range(2000, 2030))
    named = [one for one in texts(drawn("line", rows)) if "%" in one]
    assert 2 <= len(named) <= 5


@pytest.mark.parametrize("value", ["0", "-5", "999999999999999"])
@pytest.mark.parametrize("kind", ["bar", "line"])
def test_flat_and_extreme_figures_are_drawn_within_the_chart(kind, value):
    picture = drawn(kind, (("a", value), ("b", value)))
    height = float(picture.get("height"))
    for one in picture.iter("rect", "circle", "line"):
        for name, number in one.attrib.items():
            if re.fullmatch(r"c?y[12]?", name):
                assert 0 <= float(number) <= height
            if re.fullmatch(r"c?x[12]?|width", name) and number.endswith("%"):
                assert 0 <= float(number.rstrip("%")) <= 100


def test_one_number_is_large():
    picture = drawn("number", (("of households", "84"),))
    assert [(one.text, one.get("font-size")) for one in picture.iter("text")] == [
        ("84\xa0%", "44"),
        ("of households", "14"),
    ]
