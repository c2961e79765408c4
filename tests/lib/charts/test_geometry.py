"""One geometry for charts in explanations and for charts as pictures."""

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.conf import settings
from lxml import etree
from PIL import Image

from lib.charts import drawing, figures, geometry
from lib.pictures import charts, sheets

MARGIN = 64


def values(*numbers: float) -> list[Decimal]:
    return [Decimal(str(number)) for number in numbers]


def test_bars_go_from_a_common_zero_to_both_sides() -> None:
    plot = geometry.bars(values(40, -20, 60))
    assert plot.zero == pytest.approx(0.25)
    assert [(bar.begin, bar.length) for bar in plot.bars] == [
        (pytest.approx(0.25), pytest.approx(0.5)),
        (pytest.approx(0), pytest.approx(0.25)),
        (pytest.approx(0.25), pytest.approx(0.75)),
    ]
    assert plot.has_zero_line


def test_bars_above_zero_begin_at_the_edge_without_a_line() -> None:
    plot = geometry.bars(values(1, 4))
    assert [(bar.begin, bar.length) for bar in plot.bars] == [(0, 0.25), (0, 1)]
    assert not plot.has_zero_line


@pytest.mark.parametrize("numbers", [(0, 0), (-5, -5), (7, 7), (1e15, -1e15), (0.000001, 0)])
def test_flat_and_extreme_figures_stay_in_the_plot(numbers: Sequence[float]) -> None:
    for bar in geometry.bars(values(*numbers)).bars:
        assert 0 <= bar.begin <= bar.begin + bar.length <= 1
    plot = geometry.line(values(*numbers))
    for point in plot.points:
        assert 0 <= point.across <= 1
        assert 0 <= point.down <= 1
    assert 0 <= plot.zero <= 1


def test_a_line_names_its_ends_its_highest_and_its_lowest_where_they_do_not_meet() -> None:
    plot = geometry.line(values(5, 6, 9, 6, 5, 4, 1, 4, 5))
    assert [number for number, point in enumerate(plot.points) if point.has_figure] == [0, 8]
    apart = geometry.line(values(5, 6, 7, 9, 5, 4, 1, 4, 5, 5))
    assert [number for number, point in enumerate(apart.points) if point.has_figure] == [0, 3, 6, 9]
    assert [point.is_figure_below for point in apart.points].index(True) == 6


def test_a_line_has_the_labels_of_its_ends_and_of_a_middle_that_there_is() -> None:
    assert [point.has_label for point in geometry.line(values(1, 2, 3, 4, 5)).points] == [
        True,
        False,
        True,
        False,
        True,
    ]
    assert [point.has_label for point in geometry.line(values(1, 2, 3, 4)).points] == [True, False, False, True]
    assert [point.side for point in geometry.line(values(1, 2, 3)).points] == ["start", "middle", "end"]


def as_picture(kind: charts.Kind, numbers: Sequence[Decimal], *, is_rtl: bool) -> Image.Image:
    rows = [charts.Figure(f"Row {place}", value, str(value)) for place, value in enumerate(numbers)]
    return charts.draw(charts.Chart(kind, "Title", rows, direction="rtl" if is_rtl else "ltr"))


def as_svg(kind: str, numbers: Sequence[Decimal], *, is_rtl: bool) -> etree._Element:
    rows = tuple((f"Row {place}", str(value)) for place, value in enumerate(numbers))
    return etree.fromstring(drawing.svg(figures.Chart(kind, "Title", "", "Source", rows), str, is_rtl=is_rtl))


def runs(image: Image.Image) -> list[tuple[int, int]]:
    """The bars in a picture from top to bottom: the first and the last pixel of each."""
    found: list[tuple[int, int]] = []
    for y in range(image.height):
        line = [x for x in range(image.width) if image.getpixel((x, y)) == sheets.ACCENT]
        if len(line) > 40 and (not found or found[-1] != (line[0], line[-1])):
            found.append((line[0], line[-1]))
    return found


@pytest.mark.parametrize("is_rtl", [False, True])
def test_bars_have_the_same_places_on_a_page_and_in_a_picture(is_rtl: bool) -> None:
    numbers = values(40, -20, 60)
    svg = [
        tuple(float(one.get(name, "").rstrip("%")) / 100 for name in ("x", "width"))
        for one in as_svg("bar", numbers, is_rtl=is_rtl).iter("rect")
    ]
    room = sheets.WIDTH - 2 * MARGIN
    picture = [
        ((left - MARGIN) / room, (right - left) / room)
        for left, right in runs(as_picture("bar", numbers, is_rtl=is_rtl))
    ]
    assert picture == [(pytest.approx(x, abs=0.004), pytest.approx(width, abs=0.004)) for x, width in svg]


@pytest.mark.parametrize("is_rtl", [False, True])
def test_a_line_has_its_points_at_the_same_places_on_a_page_and_in_a_picture(is_rtl: bool) -> None:
    numbers = values(10, 80, 35, 60)
    image = as_picture("line", numbers, is_rtl=is_rtl)
    room = sheets.WIDTH - 2 * MARGIN
    circles = list(as_svg("line", numbers, is_rtl=is_rtl).iter("circle"))
    downs = [float(one.get("cy", "")) for one in circles]
    for one in circles:
        x = at(one, room)
        column = [y for y in range(image.height) if image.getpixel((x, y)) == sheets.ACCENT]
        assert column, "a point is there"
    lowest, highest = (
        next(y for y in range(image.height) if image.getpixel((at(circles[number], room), y)) == sheets.ACCENT)
        for number in (downs.index(max(downs)), downs.index(min(downs)))
    )
    assert lowest - highest == pytest.approx((max(downs) - min(downs)) / 180 * 380, abs=6)


def at(circle: etree._Element, room: int) -> int:
    return round(MARGIN + float(circle.get("cx", "").rstrip("%")) / 100 * room)


def test_a_picture_has_the_colours_of_the_pages() -> None:
    sheet = (settings.BASE_DIR / "readers/static/factcheck/colours.css").read_text()
    pages = dict(re.findall(r"--([\w-]+): (#\w+);", sheet))
    for name, colour in {"ink": sheets.INK, "soft": sheets.SOFT, "accent": sheets.ACCENT}.items():
        assert pages[name] == f"#{bytes(colour).hex()}"
