"""Maps: drawn in the claim's language from places, on outlines that never change; records have the places."""

import json
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from articles.models import Claim, MapOutline, Picture
from articles.picture_choices import PictureKind
from articles.selectors.log import approved_content, lead_pictures
from articles.selectors.log.log_verification import verify
from articles.services.log import projection
from articles.services.pictures import charts, lead, maps
from articles.services.pictures.maps import Drawn, Order
from articles.services.pictures.storage import UnusablePictureError
from articles.services.verification import publishing
from lib.maps import views
from lib.maps.places import Place
from lib.pictures.charts import Chart, Figure
from lib.pictures.maps import FRAME
from lib.refusals import NotAllowedError
from readers.claims.differences import differences
from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
PLACES = (Place("Lindholm", 59.3293, 18.0686), Place("Old bridge", 59.3, 18.1, is_approximate=True))
RING = [[17.5, 59.0], [18.6, 59.0], [18.6, 59.7], [17.5, 59.7], [17.5, 59.0]]
ISLAND = json.dumps({"type": "Polygon", "coordinates": [RING]}).encode()
ABOUT = {"name": "Island", "credit": "Lindholm Herald", "licence": "CC0 1.0"}


def drawn(claim: Claim, by: User, places: tuple[Place, ...] = PLACES, outline: MapOutline | None = None) -> Drawn:
    view = views.around(places, width=FRAME)
    order = Order("Where the river rose", places, view, "City survey office", {"title": "x"}, outline)
    return maps.draw(order, claim=claim, by=by, at=newsroom.AT)


def led(claim: Claim, by: User, places: tuple[Place, ...] = PLACES) -> Claim:
    """The claim with a map."""
    made = drawn(claim, by, places)
    said = {"alt": made.alt, "credit": made.credit, "licence": "CC BY 4.0", "focus": "whole"}
    return lead.put(claim=claim, picture=made.picture, by=by, at=newsroom.AT, version=claim.version, **said).claim


def published(people: SimpleNamespace) -> Claim:
    claim = led(newsroom.complete(people.reporter), people.reporter)
    claim = newsroom.take(claim, "submit", people.reporter)
    claim = newsroom.take(claim, "approve", people.checker)
    return newsroom.take(claim, "publish", people.editor)


RECORDED = [
    {"name": "Lindholm", "latitude": "59.3293", "longitude": "18.0686"},
    {"name": "Old bridge", "latitude": "59.3", "longitude": "18.1", "approximate": True},
]


def test_a_record_has_the_places_and_its_picture_is_verified(people: SimpleNamespace) -> None:
    claim = published(people)
    document = newsroom.record_of(claim).document()
    assert document["lead_image"]["places"] == RECORDED
    assert document["lead_image"]["focus"] == "whole"
    assert [entry.record.seq for entry in verify()] == [1]
    before = list(Claim.objects.get(pk=claim.pk).lead_picture.picture.variants.values_list("format", "width"))
    assert {form for form, _width in before} == {"avif", "webp", "jpg"}
    projection.rebuild()
    assert newsroom.record_of(claim).document() == document


def test_an_approval_covers_the_coordinates(people: SimpleNamespace) -> None:
    claim = led(newsroom.complete(people.reporter), people.reporter)
    before = approved_content.sha256(claim)
    moved = (PLACES[0], Place("Old bridge", 59.3000001, 18.1, is_approximate=True))
    assert approved_content.sha256(led(claim, people.reporter, moved)) == before
    claim = Claim.objects.get(pk=claim.pk)
    moved = (PLACES[0], Place("Old bridge", 59.301, 18.1, is_approximate=True))
    assert approved_content.sha256(led(claim, people.reporter, moved)) != before


def test_readers_have_the_places_as_a_table_until_the_retraction(people: SimpleNamespace, client: Client) -> None:
    claim = published(people)
    address = reverse("readers:claim", args=[claim.slug])
    page = client.get(address).content.decode()
    table = page.partition('class="map-places"')[2].partition("</details>")[0]
    for shown in ("Lindholm", "59.3293", "18.0686", "Old bridge", "Approximate place"):
        assert shown in table
    publishing.retract(claim=claim, by=people.editor, at=newsroom.AT, version=claim.version, note="Wrong.")
    assert "map-places" not in client.get(address).content.decode()


def test_a_page_of_differences_shows_a_moved_place(people: SimpleNamespace) -> None:
    claim = published(people)
    old = newsroom.record_of(claim).document()
    new = json.loads(json.dumps(old))
    new["lead_image"]["places"][0]["latitude"] = "12.5"
    changed = [part for part in differences(old, new) if part.is_changed]
    assert len(changed) == 1
    assert any("12" in piece.text for piece in changed[0].pieces if piece.kind != "same")


@pytest.mark.parametrize(
    ("language", "alt", "credit"),
    [
        (
            "en",
            "Where the river rose. Map with Lindholm and Old bridge.",
            "City survey office · Outlines: Lindholm Herald",
        ),
        (
            "ru",
            "Where the river rose. На карте: Lindholm и Old bridge.",
            "City survey office · Контуры: Lindholm Herald",
        ),
        (
            "de",
            "Where the river rose. Map with Lindholm and Old bridge.",
            "City survey office · Outlines: Lindholm Herald",
        ),
    ],
)
def test_words_are_in_the_language_of_the_claim(people: SimpleNamespace, language: str, alt: str, credit: str) -> None:
    claim = newsroom.complete(people.reporter, language=language)
    outline = maps.keep_outline(ISLAND, **ABOUT, by=people.reporter, at=newsroom.AT)
    made = drawn(claim, people.reporter, outline=outline)
    assert (made.alt, made.credit, made.licence) == (alt, credit, "CC0 1.0")


@pytest.mark.parametrize("language", ["en", "az", "hy", "ru", "tr", "ar"])
def test_a_map_is_drawn_in_every_language_of_the_site(people: SimpleNamespace, language: str) -> None:
    claim = newsroom.complete(people.reporter, language=language)
    wide = (Place("A", 59.9, 10.7), Place("B", -30.0, 31.2, is_approximate=True))
    for places in (PLACES, wide):
        assert drawn(claim, people.reporter, places).picture.kind == PictureKind.MAP


def test_degrees_are_written_with_their_direction() -> None:
    words = maps.words()
    assert [words.latitude(value) for value in (59.5, -16.25, 0.0)] == ["59.5° N", "16.25° S", "0°"]
    assert [words.longitude(value) for value in (18.0, -9.1, 180.0, -180.0)] == ["18° E", "9.1° W", "180°", "180°"]
    assert [words.scale(km, at) for km, at in ((2000.0, 45.2), (5.0, None), (0.2, None))] == [
        "2,000 km at 45° N",
        "5 km",
        "200 m",
    ]


def test_an_alt_text_names_as_many_places_as_there_is_room_for() -> None:
    places = [Place(f"{'Long name ' * 5}{number}", 59.0, 18.0) for number in range(12)]
    said = maps.alt_text("T" * 120, places)
    assert len(said) <= 300
    assert said.startswith(f"{'T' * 120}. Map with {places[0].name}, ")
    assert said.endswith(f"{places[1].name}, {places[2].name} ….")
    assert maps.alt_text("A title.", places[:1]) == f"A title. Map with {places[0].name}."


def test_the_same_map_is_one_picture_and_outlines_make_another(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    first, second = (drawn(claim, people.reporter).picture for _number in range(2))
    assert first.pk == second.pk
    outline = maps.keep_outline(ISLAND, **ABOUT, by=people.reporter, at=newsroom.AT)
    assert drawn(claim, people.reporter, outline=outline).picture.sha256 != first.sha256
    assert Picture.objects.count() == 2


@pytest.mark.parametrize(
    "statement", ["UPDATE articles_mapoutline SET credit = 'x'", "DELETE FROM articles_mapoutline"]
)
def test_kept_outlines_never_change(people: SimpleNamespace, statement: str) -> None:
    maps.keep_outline(ISLAND, **ABOUT, by=people.reporter, at=newsroom.AT)
    with pytest.raises(DatabaseError, match="keeps every row"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_who_may_not_edit_draws_and_keeps_nothing(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    stranger = User.objects.create_user("stranger")
    with pytest.raises(NotAllowedError):
        drawn(claim, stranger)
    with pytest.raises(NotAllowedError):
        maps.keep_outline(ISLAND, **ABOUT, by=stranger, at=newsroom.AT)
    assert not Picture.objects.exists()
    assert not MapOutline.objects.exists()


def test_letters_that_no_font_has_and_outlines_that_are_none_are_refused(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    with pytest.raises(UnusablePictureError, match="No font here") as caught:
        drawn(claim, people.reporter, (Place("桥", 59.3, 18.1),))
    assert caught.value.code == "letters"
    with pytest.raises(UnusablePictureError, match="not GeoJSON") as caught:
        maps.keep_outline(b"{", **ABOUT, by=people.reporter, at=newsroom.AT)
    assert caught.value.code == "outlines"


def test_a_chart_has_no_places(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    figures = [Figure("As said", Decimal(4), "4"), Figure("Minutes", Decimal(5), "5")]
    chart = charts.draw(Chart("bar", "Cost", figures), by=people.reporter, at=newsroom.AT).picture
    row = lead.put(claim=claim, picture=chart, by=people.reporter, at=newsroom.AT, version=claim.version)
    assert "places" not in lead_pictures.lead_image(row.claim)["lead_image"]
