"""Maps as pictures: marks where they belong, names in their script, the same picture for the same places."""

from collections.abc import Sequence
from typing import Any

import pytest
from PIL import Image, ImageChops

from lib.maps import outlines, views
from lib.maps.outlines import Outlines
from lib.maps.places import Place
from lib.pictures import grounds, maps, sheets
from lib.pictures.maps import FRAME, Map, Words

WORDS = Words(
    latitude=lambda degrees: f"{degrees:g}°",
    longitude=lambda degrees: f"{degrees:g}°",
    scale=lambda km, at: f"{km:g} km" if at is None else f"{km:g} km at {at:.0f}°",
    north="N",
    approximate="Approximate place",
)
TOWN, BRIDGE, PORT = Place("Town", 59.33, 18.07), Place("Bridge", 59.45, 18.0), Place("Port", 59.62, 18.2)
ISLAND = Outlines(areas=((((17.5, 59.2), (18.6, 59.2), (18.6, 59.7), (17.5, 59.7), (17.5, 59.2)),),), lines=())
LAND = grounds.LAND


def picture(places: Sequence[Place], *, km: float | None = None, **more: Any) -> Image.Image:
    view = views.around(places, width=FRAME, km=km)
    return maps.draw(
        Map(**{"title": "Map", "places": places, "view": view, "words": WORDS, "notes": ["Survey"], **more})
    )


def count(image: Image.Image, colour: tuple[int, int, int]) -> int:
    return sum(n for n, one in image.getcolors(1 << 24) or [] if one == colour)


def test_a_mark_stands_at_its_coordinates() -> None:
    places = [TOWN, BRIDGE, PORT]
    view = views.around(places, width=FRAME)
    image = picture(places)
    top = _top(image)
    for place in places:
        x, y = view.place(place)
        assert image.getpixel((round(maps._LEFT + x), round(top + y))) == sheets.ACCENT


def _top(image: Image.Image) -> int:
    """Where the frame begins."""
    x = maps._LEFT + 300
    return next(y for y in range(100, 400) if image.getpixel((x, y)) != sheets.PAPER)


def test_the_bar_of_kilometres_has_the_length_of_the_scale() -> None:
    view = views.around([TOWN, PORT], width=FRAME)
    image = picture([TOWN, PORT])
    _km, length = view.scale()
    below = _top(image) + view.height + 44 + 19
    run = 0
    while image.getpixel((maps._LEFT + run, below)) == sheets.INK:
        run += 1
    assert run == pytest.approx(length, abs=2)


def test_the_same_map_has_the_same_bytes_and_another_place_has_others() -> None:
    assert picture([TOWN, PORT]).tobytes() == picture([TOWN, PORT]).tobytes()
    assert picture([TOWN, PORT]).tobytes() != picture([TOWN, BRIDGE]).tobytes()


def test_land_is_drawn_only_where_outlines_say_so() -> None:
    assert count(picture([TOWN, PORT]), LAND) == 0
    shown = picture([TOWN, PORT], outlines=ISLAND)
    assert count(shown, LAND) > 100_000


def test_a_hole_is_left_out() -> None:
    hole = ((18.0, 59.4), (18.3, 59.4), (18.3, 59.6), (18.0, 59.6), (18.0, 59.4))
    holed = Outlines(areas=((ISLAND.areas[0][0], hole),), lines=())
    whole, cut = (count(picture([TOWN, PORT], outlines=one), LAND) for one in (ISLAND, holed))
    assert 0.4 * whole < cut < 0.9 * whole


def test_land_on_both_sides_of_180_is_drawn_on_both() -> None:
    places = [Place("West", -16.5, 179.5), Place("East", -16.6, -179.5)]
    ring = ((179.0, -17.5), (-179.0, -17.5), (-179.0, -15.5), (179.0, -15.5), (179.0, -17.5))
    image = picture(places, outlines=Outlines(areas=((ring,),), lines=()))
    top = _top(image)
    middle = top + views.around(places, width=FRAME).height // 3
    assert all(image.getpixel((maps._LEFT + x, middle)) == LAND for x in (FRAME // 4 + 10, FRAME * 3 // 4 + 10))


def test_outlines_far_away_and_ones_with_many_points_do_no_harm() -> None:
    far = Outlines(areas=((((-70.0, -60.0), (-60.0, -60.0), (-60.0, -50.0), (-70.0, -60.0)),),), lines=())
    assert picture([TOWN, PORT], outlines=far).tobytes() == picture([TOWN, PORT]).tobytes()
    zigzag = tuple((17.0 + n / 20_000, 59.0 + (n % 2)) for n in range(40_000))
    assert picture([TOWN, PORT], outlines=Outlines(areas=(), lines=(zigzag,))).width == 1280


def test_an_approximate_place_is_a_ring_and_is_explained() -> None:
    about = Place("Town", 59.33, 18.07, is_approximate=True)
    x, y = views.around([about], width=FRAME).place(about)
    image = picture([about])
    assert image.getpixel((round(maps._LEFT + x), round(_top(image) + y))) == sheets.PAPER
    assert ImageChops.difference(image, picture([TOWN])).getbbox()[3] > _top(image) + 540  # type: ignore[index]


def test_a_line_joins_the_places_in_their_order() -> None:
    places = [TOWN, PORT]
    view = views.around(places, width=FRAME)
    (x1, y1), (x2, y2) = (view.place(place) for place in places)
    half = round(maps._LEFT + (x1 + x2) / 2), round((y1 + y2) / 2)
    for is_joined, expected in ((True, True), (False, False)):
        image = picture(places, is_joined=is_joined)
        assert (image.getpixel((half[0], half[1] + _top(image))) == sheets.ACCENT) is expected


@pytest.mark.parametrize("name", ["الجسر القديم", "Старый мост", "Հին կամուրջ", "Köhnə körpü", "גשר"])
def test_names_are_written_in_their_script(name: str) -> None:
    with_name, without = picture([Place(name, 59.33, 18.07)]), picture([Place("x", 59.33, 18.07)])
    assert ImageChops.difference(with_name, without).getbbox() is not None


def test_letters_that_no_font_has_are_an_error() -> None:
    with pytest.raises(ValueError, match="No font"):
        picture([Place("新桥", 59.33, 18.07)])
    with pytest.raises(ValueError, match="No font"):
        picture([TOWN], title="新桥")


@pytest.mark.parametrize("spread", [0.0, 0.001, 0.02, 0.3])
@pytest.mark.parametrize("name", ["Long name of a place that nobody ever shortened in time", "W" * 57, "ب" * 57])
def test_twelve_long_names_have_room_on_the_map_or_below_it(name: str, spread: float) -> None:
    places = [
        Place(f"{name} {number:02}", 59.3 + spread * (number % 4), 18.0 + spread * (number % 3)) for number in range(12)
    ]
    assert picture(places).width == 1280


def test_names_without_room_stand_below_the_map_by_their_numbers() -> None:
    places = [Place("W" * 60, 59.3 + number % 4 / 10, 18.0 + number % 3 / 3) for number in range(12)]
    short = [Place("W", place.latitude, place.longitude) for place in places]
    assert picture(places).height > picture(short).height + 6 * 30
    longest = picture(places, title="W" * 120, notes=["W" * 100, "W" * 250])
    assert longest.height < maps._HIGHEST
    assert longest.getpixel((640, longest.height - 2)) == sheets.PAPER


def test_outlines_that_were_read_are_drawn() -> None:
    data = outlines.written(ISLAND).encode()
    assert picture([TOWN], outlines=outlines.read(data)).tobytes() == picture([TOWN], outlines=ISLAND).tobytes()
