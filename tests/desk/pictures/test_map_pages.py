"""A map of a claim: drawn from typed places, on outlines that are kept, with clear errors where something is wrong."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Change, Claim, LeadPicture, MapOutline, Picture
from articles.picture_choices import PictureKind
from tests import newsroom
from tests.desk.pages import page_of, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "readers"])

PLACES = "Lindholm; 59.3293; 18.0686\n~ Old bridge\t59°19′45″N\t18°4′7″E\nPort; 59.31, 18.05\n"
MAP = {"act": "map", "title": "Where the river rose", "source": "City survey office"}
RING = [[17.5, 59.0], [18.6, 59.0], [18.6, 59.7], [17.5, 59.7], [17.5, 59.0]]
ISLAND = json.dumps({"type": "Polygon", "coordinates": [RING]}).encode()
ABOUT = {"outline_name": "Island", "outline_credit": "Lindholm Herald", "outline_licence": "CC0 1.0"}


@pytest.fixture
def claim(people: SimpleNamespace) -> Claim:
    return newsroom.complete(people.reporter)


def draw(people: SimpleNamespace, claim: Claim, places: str = PLACES, *, file: bytes | None = None, **more: Any) -> Any:
    address = reverse("admin:articles_claim_picture", args=[claim.pk])
    version = Claim.objects.get(pk=claim.pk).version
    files = {} if file is None else {"outline_file": SimpleUploadedFile("island.geojson", file)}
    return signed_in(people.reporter).post(address, {"version": version, "places": places, **MAP, **more, **files})


def lead() -> LeadPicture:
    return LeadPicture.objects.select_related("picture").get()


def test_a_map_is_drawn_from_places_and_names_them_in_the_alt_text(people: SimpleNamespace, claim: Claim) -> None:
    assert draw(people, claim).status_code == 302
    row = lead()
    assert (row.picture.kind, row.focus, row.is_stamped) == (PictureKind.MAP, "whole", False)
    assert row.alt == "Where the river rose. Map with Lindholm, Old bridge and Port."
    assert (row.credit, row.licence) == ("City survey office", "")
    assert row.picture.figures["places"] == [
        {"name": "Lindholm", "latitude": "59.3293", "longitude": "18.0686"},
        {"name": "Old bridge", "latitude": "59.329167", "longitude": "18.068611", "approximate": True},
        {"name": "Port", "latitude": "59.31", "longitude": "18.05"},
    ]
    assert row.picture.figures["outline"] is None
    assert row.picture.variants.count() == 12
    assert Change.objects.filter(table="articles_picture", after__kind="map").count() == 1


def test_the_same_places_give_the_same_picture(people: SimpleNamespace, claim: Claim) -> None:
    draw(people, claim)
    draw(people, claim)
    assert Picture.objects.count() == 1


def test_a_drawn_map_stands_in_the_form_as_it_was_typed(people: SimpleNamespace, claim: Claim) -> None:
    draw(people, claim, file=ISLAND, width="60", is_joined="on", **ABOUT)
    page = signed_in(people.reporter).get(reverse("admin:articles_claim_picture", args=[claim.pk])).content.decode()
    for shown in ("~ Old bridge\t59°19′45″N", 'value="Where the river rose"', 'value="60"', "City survey office"):
        assert shown in page
    assert f'<option value="{MapOutline.objects.get().pk}" selected>' in page
    assert 'id="map_is_joined" checked' in page


def test_words_on_a_map_are_in_the_language_of_the_claim(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter, language="ru")
    draw(people, claim, "Линдхольм; 59.3; 18.1\nМост; 59.31; 18.12", file=ISLAND, **ABOUT)
    assert "Map with" not in lead().alt
    assert "Линдхольм" in lead().alt
    assert "Lindholm Herald" in lead().credit
    assert "Outlines" not in lead().credit


def test_outlines_are_kept_once_and_offered_again(people: SimpleNamespace, claim: Claim) -> None:
    assert draw(people, claim, file=ISLAND, **ABOUT).status_code == 302
    outline = MapOutline.objects.get()
    assert (lead().licence, lead().credit) == ("CC0 1.0", "City survey office · Outlines: Lindholm Herald")
    assert lead().picture.figures["outline"]["sha256"] == outline.sha256
    with_land = lead().picture.sha256
    draw(people, claim, file=ISLAND, **ABOUT)
    assert MapOutline.objects.count() == 1
    draw(people, claim, outline=outline.pk)
    assert lead().picture.sha256 == with_land
    draw(people, claim)
    assert lead().picture.sha256 != with_land
    (change,) = Change.objects.filter(table="articles_mapoutline")
    assert change.actor_id == people.reporter.pk
    assert "content" not in change.after


def test_outlines_under_the_same_name_replace_the_earlier_ones_in_the_list(
    people: SimpleNamespace, claim: Claim
) -> None:
    draw(people, claim, file=ISLAND, **ABOUT)
    draw(people, claim, file=ISLAND, **{**ABOUT, "outline_credit": "Ana Lind"})
    page = signed_in(people.reporter).get(reverse("admin:articles_claim_picture", args=[claim.pk])).content.decode()
    assert MapOutline.objects.count() == 2
    assert "Island (Ana Lind, CC0 1.0)" in page
    assert "Island (Lindholm Herald, CC0 1.0)" not in page


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ("", "This field is required"),
        ("Lindholm", "Row 1: Write a name, the latitude and the longitude"),
        ("Lindholm; 59.3", "Row 1: Write a name, the latitude and the longitude"),
        ("Lindholm; 59.3; 18.1; red", "Row 1: Write a name, the latitude and the longitude"),
        ("; 59.3; 18.1", "Row 1: The place has no name"),
        ("~; 59.3; 18.1", "Row 1: The place has no name"),
        ("a" * 61 + "; 59.3; 18.1", "Row 1: The name is too long: write at most 60 characters"),
        ("Lindholm; north; 18.1", "Row 1: “north” is not a latitude. Write 40.1772 or 40°10′38″N."),
        ("A; 59.3; 18.1\nB; 118.1; 59.3", "Row 2: “118.1” is not a latitude: latitudes are between −90 and 90. Are"),
        ("A; 59.3; 181", "Row 1: “181” is not a longitude: longitudes are between −180 and 180."),
        ("A; 59.3°E; 18.1°N", "Row 1: “59.3°E” is a longitude. Write the latitude first"),
        ("\n".join(f"P{n}; 59.3; 18.{n}" for n in range(13)), "A map can have 12 places; there are 13."),
        ("A; 59.3; 0\nB; -20; 179\nC; 10; -100", "These places do not fit on one flat map"),
        ("Pole; 90; 0", "These places do not fit on one flat map"),
        ("桥; 59.3; 18.1", "No font here has all letters of this map"),
    ],
)
def test_places_that_make_no_map_are_refused_and_stay_in_the_form(
    people: SimpleNamespace, claim: Claim, places: str, words: str
) -> None:
    answer = draw(people, claim, places)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert words in page
    assert 'value="Where the river rose"' in page
    assert places.partition("\n")[0].replace("~; ", "") in page
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ("A; 59.3; 18.1\nB; 59.31; 18.12\nC; 29.3; 18.1", "“C” is 3336 km away from the next place."),
        ("A; 59.3; 18.1\nB; 59.3; 18.1", "“A” and “B” have the same coordinates."),
        ("A; 18.1; 59.3\nB; 18.12; 59.4", "Latitude and longitude seem to be swapped"),
        ("A; -18.1; 59.3", "No place lies inside the outlines."),
    ],
)
def test_what_looks_like_a_slip_is_drawn_only_when_somebody_says_that_it_is_none(
    people: SimpleNamespace, claim: Claim, places: str, words: str
) -> None:
    answer = draw(people, claim, places, file=ISLAND, **ABOUT)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert words in page
    assert "Correct the places, or tick that they are right." in page
    assert 'name="is_confirmed"' in page
    assert not Picture.objects.exists()
    outline = MapOutline.objects.get()
    assert f'<option value="{outline.pk}" selected>' in page
    assert draw(people, claim, places, outline=outline.pk, is_confirmed="on").status_code == 302


@pytest.mark.parametrize(
    ("file", "about", "words"),
    [
        (b"<script>alert(1)</script>", ABOUT, "The file is not GeoJSON, or it is damaged."),
        (b"", ABOUT, "The file is not GeoJSON, or it is damaged."),
        (b'{"type":"Point","coordinates":[1,2]}', ABOUT, "The file has no lines and no areas."),
        (b" " * 2_000_001, ABOUT, "The file is larger than 2 MB."),
        (ISLAND, {**ABOUT, "outline_licence": ""}, "Fill this in for new outlines."),
        (ISLAND, {}, "Fill this in for new outlines."),
    ],
)
def test_outlines_that_cannot_be_used_are_refused_beside_the_field(
    people: SimpleNamespace, claim: Claim, file: bytes, about: dict[str, str], words: str
) -> None:
    answer = draw(people, claim, file=file, **about)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Picture.objects.exists()
    assert not MapOutline.objects.exists()


@pytest.mark.parametrize(
    ("width", "words"),
    [("1", "The places need a map of at least"), ("x", "Enter a number"), ("nan", "Enter a number"), ("29000", "pole")],
)
def test_a_width_that_cannot_be_is_refused(people: SimpleNamespace, claim: Claim, width: str, words: str) -> None:
    answer = draw(people, claim, width=width)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Picture.objects.exists()


def test_a_form_that_is_older_than_the_claim_changes_nothing_and_loses_nothing(
    people: SimpleNamespace, claim: Claim
) -> None:
    answer = draw(people, claim, version=claim.version - 1)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Somebody else" in page
    assert "~ Old bridge" in page
    assert f'name="version" value="{claim.version}"' in page
    assert not LeadPicture.objects.exists()


def test_the_claim_page_and_the_reviewer_have_the_coordinates(people: SimpleNamespace, claim: Claim) -> None:
    draw(people, claim)
    LeadPicture.objects.update(licence="CC BY 4.0")
    newsroom.take(Claim.objects.get(pk=claim.pk), "submit", people.reporter)
    client = signed_in(people.checker)
    for address in (page_of(claim), reverse("admin:articles_claim_review", args=[claim.pk])):
        page = client.get(address).content.decode()
        assert f"/admin/pictures/{Picture.objects.get().sha256}/" in page
        assert '<bdi dir="ltr">59.329167, 18.068611</bdi>' in page
        assert "Approximate place" in page


def test_a_reviewer_sees_any_other_picture_without_places(people: SimpleNamespace, claim: Claim) -> None:
    chart = {"act": "chart", "kind": "bar", "figures": "A; 1\nB; 2", "unit": "", "is_confirmed": ""}
    draw(people, claim, **chart)
    LeadPicture.objects.update(licence="CC BY 4.0")
    newsroom.take(Claim.objects.get(pk=claim.pk), "submit", people.reporter)
    page = signed_in(people.checker).get(reverse("admin:articles_claim_review", args=[claim.pk])).content.decode()
    assert 'class="review-picture"' in page
    assert "claim-map-places" not in page
