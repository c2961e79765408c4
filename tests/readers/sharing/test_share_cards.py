"""Share cards: what they say in which letters, that they are drawn once, and that an old finding is never on one."""

import re
import resource
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.urls import reverse
from PIL import Image, ImageChops, ImageFont

from articles import rating_tones
from lib import sharecards
from lib.sharecards import drawing, lettering
from lib.sharecards.signs import sign
from readers.claims import share
from readers.sharing import cards
from tests import newsroom
from tests.readers.conftest import LATER, arabic, correct, full, page

LARGEST = 80 * 1024
COLOURS = (configured.BASE_DIR / "readers/static/factcheck/colours.css").read_text()


@pytest.fixture(autouse=True)
def _cards_of_tests_stay_among_themselves(settings, tmp_path):
    kept = {**settings.CACHES["cards"], "LOCATION": str(tmp_path / "cards")}
    settings.CACHES = {**settings.CACHES, "cards": kept}


def _card(statement="The new bridge cost 12 million crowns", direction="ltr", **more):
    words = {
        "said_by": "Said by Ingrid Sundqvist",
        "verdict": "Mostly true",
        "tone": "mostly_positive",
        "finding": "The accounts say 17 million.",
        "notes": ("Checked 3 March 2026",),
        "outlet": "The Lindholm Herald",
        "instead": "A claim in another language",
        **more,
    }
    return sharecards.Card(statement=statement, direction=direction, **words)


def _image(png, size=(1200, 630)):
    image = Image.open(BytesIO(png))
    assert (image.format, image.size) == ("PNG", size)
    assert len(png) <= LARGEST
    return image.convert("RGB")


def _statement_part(png):
    """The white slip, which is the central square."""
    return _image(png).crop((285, 0, 915, 630))


@pytest.mark.parametrize(
    ("statement", "direction"),
    [
        ("Yeni körpü 12 milyon manata başa gəldi", "ltr"),
        ("Новый мост обошёлся в 12 миллионов", "ltr"),
        ("Նոր կամուրջը արժեցել է 12 միլիոն", "ltr"),
        ("ახალი ხიდი 12 მილიონი დაჯდა", "ltr"),
        ("تنتج المحطة (Siemens) 40 ميغاواط", "rtl"),
        ("הגשר החדש עלה 12 מיליון", "rtl"),
    ],
)
def test_a_card_has_a_font_with_the_statements_letters(statement, direction):
    drawn = _statement_part(sharecards.draw(_card(statement, direction)))
    instead = _statement_part(sharecards.draw(_card("新桥", direction)))
    assert ImageChops.difference(drawn, instead).getbbox() is not None
    assert lettering.font_for(statement, (lettering.BOLD,)) == lettering.BOLD


def test_arabic_letters_are_joined_and_run_from_the_right():
    word = "محطة"
    font = ImageFont.truetype(lettering.BOLD, 60)
    apart = "\u200c".join(word)  # zero-width non-joiners keep each letter as it stands alone
    assert font.getlength(word, direction="rtl") < font.getlength(apart, direction="rtl"), "nothing was shaped"
    picture = _statement_part(sharecards.draw(_card(word, "rtl", said_by="", finding="", outlet="", notes=())))
    ink = ImageChops.difference(picture, Image.new("RGB", picture.size, drawing._PAPER)).getbbox()
    assert ink[2] == pytest.approx(630 - drawing.FORMS[""].margin, abs=12)
    assert ink[0] > 150


def test_letters_that_no_font_has_are_not_drawn_as_boxes():
    assert lettering.font_for("新桥耗资一千二百万", (lettering.BOLD,)) is None
    chinese, other = (_statement_part(sharecards.draw(_card(s, said_by=""))) for s in ("新桥耗资", "도로"))
    assert ImageChops.difference(chinese, other).getbbox() is None, "both say the same instead"
    assert lettering.font_for("It cost 12 million ₼ in all, they said", (lettering.BOLD,)) == lettering.BOLD


def test_fonts_of_the_settings_are_used_when_ours_lack_letters(tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    fonts = (str(broken), str(tmp_path / "missing.ttf"), lettering.REGULAR)
    assert lettering.font_for("bridge", fonts) == lettering.REGULAR
    assert _image(sharecards.draw(_card("新桥"), fonts=(str(broken),)))


@pytest.mark.parametrize(
    "statement", ["word " * 100, "verylongword" * 41, "ა" * 500, "é" * 250, "محطة " * 100, ".", "a\u0301" * 250]
)
def test_a_long_statement_is_drawn_smaller_and_then_cut(statement):
    fitted = lettering.fit(
        statement, width=1072, height=320, sizes=(62, 54, 47, 41, 36, 31, 27), fonts=(lettering.BOLD,)
    )
    assert fitted.height <= 320
    assert all(fitted.font.getlength(line) <= 1072 for line in fitted.lines)
    shown = "".join(fitted.lines).replace(" ", "")
    whole = statement.replace(" ", "")
    assert shown == whole or (shown.endswith("…") and whole.startswith(shown[:-1]))
    assert not any(line.startswith("\u0301") for line in fitted.lines), "a mark stays with its letter"


def test_each_tone_has_a_sign_of_its_own_shape():
    tones = sorted(rating_tones.SHOWN)
    black = {tone: sign(tone, 48, ink=(0, 0, 0), ground=(255, 255, 255)).tobytes() for tone in tones}
    assert len(set(black.values())) == len(tones)
    assert black["open"] == sign("nonsense", 48, ink=(0, 0, 0), ground=(255, 255, 255)).tobytes()


def test_cards_have_the_colours_of_the_pages():
    pages = dict(re.findall(r"--([\w-]+): (#\w+);", COLOURS))
    cards = {**drawing.TONES, "ink": drawing._INK, "soft": drawing._SOFT, "mark": drawing._MARK}
    assert {name: pages[name] for name in cards} == {name: f"#{bytes(colour).hex()}" for name, colour in cards.items()}
    assert set(drawing.TONES) == rating_tones.SHOWN


@pytest.mark.parametrize(("form", "size"), [("", (1200, 630)), ("square", (1080, 1080)), ("portrait", (1080, 1350))])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_each_form_has_its_words_on_a_slip_in_the_middle(form, size, direction):
    text = "ستغطي المحطة استهلاك جميع بيوت المحافظة" if direction == "rtl" else "The bridge cost 12 million " * 12
    picture = _image(sharecards.draw(_card(text, direction), form=form), size)
    wide, high = drawing.FORMS[form].slip
    left, top = (size[0] - wide) // 2, (size[1] - high) // 2
    edge = drawing.FORMS[form].margin - 14
    for strip in ((left, top, left + edge, top + high), (left + wide - edge, top, left + wide, top + high)):
        assert len(picture.crop(strip).getcolors()) == 1, "no word leaves the slip"
    assert ImageChops.difference(picture, _image(sharecards.draw(_card("x", direction), form=form), size)).getbbox()


@pytest.mark.django_db
def test_the_card_of_an_arabic_claim_is_in_arabic_unless_the_address_names_another_language(client, people):
    address = reverse("readers:card", args=[arabic(people).slug])
    own, arabic_one, english = (client.get(address + query).content for query in ("", "?language=ar", "?language=en"))
    assert own == arabic_one
    assert own != english
    for query in ("?language=xx", "?form=round"):
        assert client.get(address + query).status_code == 400


@pytest.mark.django_db
def test_pages_that_are_not_about_one_claim_have_the_card_of_the_site(client, people):
    full(people)
    for path, language in (("/", "en"), ("/ru/articles/a-bridge-for-lindholm/", "ru"), ("/topics/Transport/", "en")):
        [address] = page(client, path).xpath("//meta[@property='og:image']/@content")
        assert address.endswith(f"/card.png?language={language}")
        _image(client.get(address.removeprefix(configured.SITE_URL)).content)


@pytest.mark.django_db
def test_a_card_is_drawn_once_and_answered_304_afterwards(client, people, monkeypatch):
    drawn = []
    draw = sharecards.draw
    monkeypatch.setattr(sharecards, "draw", lambda *args, **kwargs: drawn.append(1) or draw(*args, **kwargs))
    address = reverse("readers:card", args=[full(people).slug])
    first, second = client.get(address), client.get(address)
    assert first.headers["Content-Type"] == "image/png"
    assert first.content == second.content
    assert len(drawn) == 1
    _image(first.content)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Set-Cookie" not in first.headers


@pytest.mark.django_db
def test_a_correction_makes_a_new_card_and_marks_the_old_one(client, people):
    claim = full(people)
    newest, old = reverse("readers:card", args=[claim.slug]), reverse("readers:revision_card", args=[claim.slug, 1])
    before = client.get(newest).content
    claim = correct(claim, people)
    after, first = client.get(newest).content, client.get(old).content
    assert len({before, after, first}) == 3
    newsroom.take(claim, "retract", people.editor, at=LATER, comment="The log was of another flight.")
    grey = drawing.TONES["retracted"]
    for address in (newest, old):
        assert _image(client.get(address).content).getpixel((270, 20)) == pytest.approx(grey, abs=4), address


@pytest.mark.django_db
def test_the_card_of_an_old_revision_says_that_it_is_old(people):
    from articles.selectors.readers import published

    claim = correct(full(people), people)
    row = published.claim(slug=claim.slug)
    first = published.revision(row.claim_id, 1)
    shown = share.verdict(row, first, first.document())
    assert (shown.label, shown.notes) == ("False", ("Earlier version", "Corrected since"))
    now = share.verdict(row, row.record, row.record.document())
    assert now.label == "Misleading"
    assert [note.split()[0] for note in now.notes] == ["Checked", "Corrected"]


@pytest.mark.django_db
def test_a_card_is_served_when_the_disk_cannot_be_written(client, people, settings, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    kept = {**settings.CACHES["cards"], "LOCATION": str(tmp_path / "file" / "cards")}
    settings.CACHES = {**settings.CACHES, "cards": kept}
    address = reverse("readers:card", args=[arabic(people).slug])
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_a_card_is_served_when_the_disk_is_full(client, people, settings):
    folder = Path(settings.CACHES["cards"]["LOCATION"])
    address = reverse("readers:card", args=[arabic(people).slug])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))  # writing more to any file fails
    try:
        answer = client.get(address)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert list(folder.iterdir()) == [], "no half-written file stays"
    assert client.get(address).status_code == 200
    assert len(list(folder.iterdir())) == 1


@pytest.mark.django_db
def test_a_second_card_request_while_one_is_drawn_gets_retry_after(client, people, monkeypatch):
    monkeypatch.setattr(cards, "_WAIT_SECONDS", 0.01)
    address = reverse("readers:card", args=[newsroom.published(people).slug])
    with cards._drawing:
        busy = client.get(address)
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    assert busy.headers["Cache-Control"] == "no-store", "no shared cache tells the next reader"
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_the_card_of_an_unpublished_claim_is_not_found(client, people):
    slug = newsroom.published(people).slug
    draft = newsroom.draft(people.reporter)
    for address in ("/claims/nope/card.png", f"/claims/{slug}/r9/card.png", f"/claims/{draft.slug}/card.png"):
        assert client.get(address).status_code == 404, address


def test_the_fonts_come_with_their_licence():
    folder = Path(lettering.BOLD).parent
    licence = (folder / "LICENSE.txt").read_text()
    for font in folder.glob("*.ttf"):
        assert font.name in licence
