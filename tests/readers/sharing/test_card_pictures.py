"""The claim's picture on its share card: beside the words, never under them."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from lxml import html
from PIL import Image, ImageChops, ImageDraw

from articles.models import Claim, Picture
from articles.services.pictures import lead, storage
from articles.services.verification import publishing
from lib import sharecards
from lib.sharecards import CardPicture, drawing
from lib.sharecards.forms import FORMS_WITH_PICTURE
from tests import newsroom
from tests.desk.pages import signed_in

#: In bytes. WhatsApp shows no picture of more than 300 KB with a link; the other forms are posted as files.
LARGEST = {"": 300_000, "square": 600_000, "portrait": 600_000}
GREEN = (20, 160, 60)
STATEMENTS = {"ltr": "The bridge cost 12 million " * 12, "rtl": "ستغطي المحطة استهلاك جميع بيوت المحافظة " * 3}


def jpeg(size: tuple[int, int] = (960, 640), *, is_noisy: bool = False) -> bytes:
    """A green picture; a noisy one compresses as badly as a photograph does."""
    made = Image.new("RGB", size, GREEN)
    if is_noisy:
        made = Image.blend(made, Image.effect_noise(size, 90).convert("RGB"), 0.3)
    out = BytesIO()
    made.save(out, "JPEG", quality=85)
    return out.getvalue()


def card(direction: Any = "ltr", picture: CardPicture | None = None, **more: Any) -> sharecards.Card:
    words: dict[str, Any] = {
        "statement": STATEMENTS[direction],
        "said_by": "Said by Ingrid Sundqvist",
        "verdict": "Mostly true",
        "tone": "negative",
        "finding": "The accounts say 17 million, and the minutes of the council say the same in three places.",
        "notes": ("Checked 3 March 2026",),
        "outlet": "The Lindholm Herald",
        "instead": "A claim in another script",
        **more,
    }
    return sharecards.Card(direction=direction, picture=picture, **words)


def drawn(made: sharecards.Card, form: str = "") -> Image.Image:
    content = sharecards.draw(made, form=form)
    assert len(content) <= LARGEST[form]
    image = Image.open(BytesIO(content))
    assert image.format == "PNG"
    return image.convert("RGB")


def is_green(colour: Any) -> bool:
    return bool(colour == pytest.approx(GREEN, abs=12))


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("form", sorted(FORMS_WITH_PICTURE))
def test_all_words_are_in_the_central_square_and_the_picture_stands_beside_them(form: str, direction: Any) -> None:
    image = drawn(card(direction, CardPicture(jpeg())), form)
    shape = FORMS_WITH_PICTURE[form]
    side = min(image.size)
    square = ((image.width - side) // 2, (image.height - side) // 2)
    left, top = shape.slip_at
    assert square[0] <= left
    assert square[1] <= top
    assert left + shape.slip[0] <= square[0] + side
    edge = shape.margin - 14
    last_word = ImageChops.difference(
        image.crop((left, top, left + shape.slip[0], top + shape.slip[1])), Image.new("RGB", shape.slip, (255,) * 3)
    ).getbbox()
    assert last_word is not None
    assert top + last_word[3] <= square[1] + side
    assert last_word[0] >= edge
    assert last_word[2] <= shape.slip[0] - edge
    place = shape.place(mirrored=direction == "rtl")
    assert place is not None
    assert place[2] <= left or place[0] >= left + shape.slip[0] or place[3] <= top, "no word is on it"
    assert is_green(image.getpixel(((place[0] + place[2]) // 2, (place[1] + place[3]) // 2)))


@pytest.mark.parametrize("form", sorted(FORMS_WITH_PICTURE))
def test_words_keep_their_edges_and_a_photograph_makes_no_card_too_large(form: str) -> None:
    image = drawn(card(picture=CardPicture(jpeg((1280, 853), is_noisy=True))), form)
    shape = FORMS_WITH_PICTURE[form]
    left, top = shape.slip_at
    assert image.getpixel((left + 4, top + 4)) == (255, 255, 255)
    assert image.getpixel((4, image.height - 4)) == pytest.approx(drawing.TONES["negative"], abs=4)


def test_the_most_important_part_of_a_picture_stays_on_the_card() -> None:
    made = Image.new("RGB", (1200, 600), (30, 30, 200))
    ImageDraw.Draw(made).rectangle((0, 0, 280, 600), fill=GREEN)
    out = BytesIO()
    made.save(out, "JPEG", quality=95)
    middle, left = (drawn(card(picture=CardPicture(out.getvalue(), focus))) for focus in ("", "left"))
    assert not is_green(middle.getpixel((1050, 300)))
    assert is_green(left.getpixel((1050, 300)))


@pytest.mark.parametrize(
    "picture",
    [
        CardPicture(b""),
        CardPicture(b"no picture"),
        CardPicture(jpeg()[:300]),
        CardPicture(jpeg((100, 100))),
        CardPicture(jpeg((1280, 700)), sharecards.WHOLE),
    ],
    ids=["empty", "no picture", "breaks off", "too small", "a chart at the side"],
)
def test_a_picture_that_would_not_be_seen_is_left_off(picture: CardPicture) -> None:
    assert sharecards.draw(card(picture=picture)) == sharecards.draw(card())


@pytest.mark.parametrize("form", ["square", "portrait"])
def test_a_chart_is_on_the_card_with_all_its_edges(form: str) -> None:
    made = Image.new("RGB", (1280, 640), "white")
    ImageDraw.Draw(made).rectangle((0, 0, 1279, 639), outline=GREEN, width=40)
    out = BytesIO()
    made.save(out, "JPEG", quality=95, subsampling=0)
    image = drawn(card(picture=CardPicture(out.getvalue(), sharecards.WHOLE)), form)
    _left, top, _right, bottom = FORMS_WITH_PICTURE[form].picture or (0, 0, 0, 0)
    for y in (top + 6, bottom - 6):
        assert is_green(image.getpixel((540, y)))
    line = [image.getpixel((x, (top + bottom) // 2)) for x in range(image.width)]
    greens = [x for x, colour in enumerate(line) if is_green(colour)]
    assert greens[0] < 270
    assert greens[-1] > 810


def test_a_stamped_picture_goes_nowhere_without_the_sign_of_the_verdict() -> None:
    plain, stamped = (drawn(card(picture=CardPicture(jpeg(), "", is_stamped=on))) for on in (False, True))
    box = ImageChops.difference(plain, stamped).getbbox()
    assert box is not None
    assert box[0] >= 915
    assert box[2] - box[0] > 100
    assert plain.crop((0, 0, 900, 630)).tobytes() == stamped.crop((0, 0, 900, 630)).tobytes()


@pytest.fixture(autouse=True)
def _cards_of_tests_stay_among_themselves(settings: Any, tmp_path: Any) -> None:
    kept = {**settings.CACHES["cards"], "LOCATION": str(tmp_path / "cards")}
    settings.CACHES = {**settings.CACHES, "cards": kept}


@pytest.fixture
def claim(people: SimpleNamespace) -> Claim:
    """A claim with a picture, up for approval."""
    claim = newsroom.complete(people.reporter)
    picture = storage.upload(jpeg(), by=people.reporter, at=newsroom.AT)
    act: dict[str, Any] = {"by": people.reporter, "at": newsroom.AT, "version": claim.version}
    said = {"alt": "The bridge", "credit": "Ana Lind", "licence": "CC BY 4.0"}
    claim = lead.put(claim=claim, picture=picture, **act, **said).claim
    return newsroom.take(claim, "submit", people.reporter)


def card_of(client: Any, address: str) -> Image.Image:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    return Image.open(BytesIO(answer.content)).convert("RGB")


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_the_preview_and_the_published_card_show_the_picture_until_a_retraction(
    claim: Claim, client: Any, people: SimpleNamespace
) -> None:
    preview = reverse("admin:articles_claim_preview_card", args=[claim.pk])
    assert is_green(card_of(signed_in(people.checker), preview).getpixel((1050, 300)))
    for step, by in (("approve", people.checker), ("publish", people.editor)):
        claim = newsroom.take(claim, step, by)
    address = f"/claims/{claim.slug}/card.png"
    assert is_green(card_of(client, address).getpixel((1050, 300)))
    rss, atom = (client.get(path).content.decode() for path in ("/feed/", "/feeds/claims.atom"))
    variant = Picture.objects.get().variants.defer(None).get(width=960, format="jpg")
    length, url = len(bytes(variant.content)), f"/pictures/{Picture.objects.get().sha256}/960.jpg"
    enclosed = html.fromstring(rss.encode()).xpath("//enclosure")[0].attrib
    assert dict(enclosed) == {"url": settings.SITE_URL + url, "length": str(length), "type": "image/jpeg"}
    assert f'length="{length}"' in atom
    publishing.retract(claim=claim, by=people.editor, at=newsroom.AT, version=claim.version, note="We were wrong.")
    for old in (address, f"/claims/{claim.slug}/r1/card.png"):
        assert not is_green(card_of(client, old).getpixel((1050, 300)))
    assert "<enclosure" not in client.get("/feed/").content.decode()
