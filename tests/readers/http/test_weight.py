"""What a claim's page weighs on its way to a phone, and that nothing of it comes from elsewhere or holds it up."""

import gzip
import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from PIL import Image, ImageChops

from articles.services.pictures import lead, storage
from tests import newsroom
from tests.readers.conftest import correct, full, page

pytestmark = pytest.mark.django_db

#: Kilobytes of 1,024: page, style sheet, script and icon together; the same with a picture; the fonts of a page.
MOST, MOST_WITH_PICTURE, MOST_FONTS = 60, 150, 62
#: How wide a picture is on a large phone, in its own pixels.
PHONE_PIXELS = 430 * 3


def files(document):
    """The addresses of all that a browser fetches for a page."""
    links = document.xpath("//link[@rel='stylesheet' or @rel='icon']/@href")
    return [*links, *document.xpath("//script/@src"), *document.xpath("//img/@src")]


def weights(client, address):
    """What a phone loads of a page that has no pictures, by address in bytes: not the fonts."""
    parts = {"page": len(client.get(address).content)}  # a proxy may compress it, we do not
    for file in files(page(client, address)):
        if file.startswith("/static/"):
            parts[file] = len(gzip.compress(Path(finders.find(file.removeprefix("/static/"))).read_bytes()))
    assert len(parts) >= 4
    return parts


def photograph(size=(1600, 1067)):
    """A JPEG with as much detail in small as in large, as in a photograph of leaves."""
    shown, weight, across = Image.new("RGB", size, (128, 128, 128)), 90.0, 4
    while across <= size[0]:
        noise = [Image.effect_noise((across, max(2, across * size[1] // size[0])), weight) for _ in range(3)]
        bands = [band.resize(size, Image.Resampling.BICUBIC) for band in noise]
        shown = ImageChops.add(shown, Image.merge("RGB", bands), 1, -128)
        weight, across = weight * 0.7, across * 2
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=92)
    return out.getvalue()


def test_a_claim_page_stays_below_its_size_budget(client, people):
    claim = correct(full(people, rows=10), people)
    parts = weights(client, reverse("readers:claim", args=[claim.slug]))
    assert sum(parts.values()) <= MOST * 1024, parts


@pytest.mark.django_db(databases=["default", "readers"])
def test_a_claim_page_with_a_detailed_photograph_stays_below_its_size_budget(client, people):
    claim = newsroom.complete(people.reporter)
    picture = storage.upload(photograph(), by=people.reporter, at=newsroom.AT)
    said = {"alt": "Leaves", "credit": "Photo: Ana Lind", "licence": "CC BY 4.0", "is_stamped": True}
    claim = lead.put(
        claim=claim, picture=picture, by=people.reporter, at=newsroom.AT, version=claim.version, **said
    ).claim
    for step, by in (("submit", people.reporter), ("approve", people.checker), ("publish", people.editor)):
        claim = newsroom.take(claim, step, by)
    address = reverse("readers:claim", args=[claim.slug])
    parts = weights(client, address)
    # A browser chooses the first format that it knows, every one today knows both of these.
    for source in page(client, address).xpath("//figure[contains(@class, 'picture')]//source"):
        offered = [one.split() for one in source.get("srcset").split(", ")]
        widest = min((one for one in offered if int(one[1][:-1]) >= PHONE_PIXELS), default=offered[-1], key=len)
        weight = len(client.get(widest[0]).content)
        assert weight > 20 * 1024, "the photograph has too little detail to prove anything"
        assert sum(parts.values()) + weight <= MOST_WITH_PICTURE * 1024, (source.get("type"), weight, parts)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_fonts_of_a_claim_page_stay_below_their_size_budget(client, people, language):
    address = reverse("readers:claim", args=[full(people).slug])
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    (main,) = page(client, prefix + address).xpath("//main")  # menus name languages in their letters, in another font
    letters = {ord(letter) for letter in main.text_content()}
    loaded = {name for name, letters_of in font_files() if letters & letters_of}
    assert loaded
    assert sum(font(name).stat().st_size for name in loaded) <= MOST_FONTS * 1024, loaded


def font(name):
    """The file of a font."""
    return Path(finders.find(f"factcheck/fonts/{name}"))


def font_files():
    """Each of the site's font files with the letters for which a browser loads it."""
    sheet = Path(finders.find("factcheck/site.css")).read_text()
    for name, ranges in re.findall(r'url\("fonts/([^"]+)"\).*?unicode-range: ([^;]+);', sheet):
        found = set()
        for part in ranges.replace("U+", "").split(", "):
            first, _, last = part.partition("-")
            found |= set(range(int(first, 16), int(last or first, 16) + 1))
        yield name, found


@pytest.mark.parametrize("kind", ["claim", "history"])
def test_pages_load_nothing_from_other_hosts_and_no_blocking_script(client, people, kind):
    claim = correct(full(people), people)
    for address in (reverse(f"readers:{kind}", args=[claim.slug]), "/claims/?q=bridge", "/"):
        document = page(client, address)
        assert [file for file in files(document) if not file.startswith("/static/")] == []
        blocking = "//script[@src and not(@type='module') and not(@defer) and not(@async)]"
        assert document.xpath(blocking) == []
        assert document.xpath("//script[not(@src) and not(@type='application/ld+json')]") == []
        assert document.xpath("//img[not(@width) or not(@height)]") == []
