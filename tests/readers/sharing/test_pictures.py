"""A published picture: its files, where pages, feeds and programs name it, and when it is gone."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html

from articles.models import Claim, Picture
from articles.services.pictures import lead, storage
from articles.services.verification import publishing
from tests import newsroom
from tests.articles.pictures import image

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
SAID = {"alt": "The <new> bridge", "credit": "Photo: Ana Lind", "licence": "CC BY 4.0", "is_stamped": True}


@pytest.fixture
def claim(people: SimpleNamespace) -> Claim:
    """A published claim with a picture."""
    claim = newsroom.complete(people.reporter)
    picture = storage.upload(image("PNG", size=(800, 400)), by=people.reporter, at=newsroom.AT)
    act: dict[str, Any] = {"by": people.reporter, "at": newsroom.AT, "version": claim.version}
    claim = lead.put(claim=claim, picture=picture, **act, **SAID).claim
    for step, by in (("submit", people.reporter), ("approve", people.checker), ("publish", people.editor)):
        claim = newsroom.take(claim, step, by)
    return claim


def sha256() -> str:
    return Picture.objects.get().sha256


@pytest.mark.parametrize(("ending", "kind"), [("avif", "avif"), ("webp", "webp"), ("jpg", "jpeg")])
def test_each_format_is_served_for_good_and_conditionally(claim: Claim, client: Any, ending: str, kind: str) -> None:
    address = f"/pictures/{sha256()}/640.{ending}"
    found = client.get(address)
    assert (found.status_code, found["Content-Type"]) == (200, f"image/{kind}")
    assert found["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not found.cookies
    assert client.get(address, headers={"if-none-match": found["ETag"]}).status_code == 304
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("rest", ["1280.jpg", "640.png", "0.jpg", "99999999999999999999.jpg"])
def test_other_sizes_and_formats_are_not_there(claim: Claim, client: Any, rest: str) -> None:
    missing = client.get(f"/pictures/{sha256()}/{rest}")
    assert missing.status_code == 404
    assert missing["Cache-Control"] == "no-store"
    assert client.get(f"/pictures/{'0' * 64}/640.jpg").status_code == 404
    assert client.get("/pictures/%00/640.jpg").status_code == 404


def test_the_page_shows_it_with_its_size_alt_text_credit_and_verdict(claim: Claim, client: Any) -> None:
    page = html.fromstring(client.get(f"/claims/{claim.slug}/").content)
    (shown,) = page.xpath("//figure[contains(@class, 'picture')]")
    (img,) = shown.xpath(".//img")
    assert (img.get("width"), img.get("height"), img.get("alt")) == ("800", "400", SAID["alt"])
    assert img.get("loading") is None
    assert img.get("srcset").count("w,") == 2
    assert [source.get("type") for source in shown.xpath(".//source")] == ["image/avif", "image/webp"]
    assert "Photo: Ana Lind" in shown.text_content()
    assert "True" in shown.xpath(".//*[@class='picture-stamp']")[0].text_content()
    assert not page.xpath("//figure//@style")
    for address in {*shown.xpath(".//@src"), *(one.split()[0] for one in img.get("srcset").split(", "))}:
        assert client.get(address).status_code == 200, address


def test_programs_find_it(claim: Claim, client: Any) -> None:
    address = f"/pictures/{sha256()}/800.jpg"
    page = html.fromstring(client.get(f"/claims/{claim.slug}/").content)
    images = page.xpath("//meta[@property='og:image']/@content")
    assert images[0].endswith("card.png")
    assert images[1].endswith(address)
    review = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
    assert review["image"]["url"].endswith(address)
    assert (review["image"]["width"], review["image"]["height"]) == (800, 400)
    item = client.get("/feeds/claims.json").json()["items"][0]
    assert item["image"].endswith(address)
    assert "The &lt;new&gt; bridge" in item["content_html"]
    atom, rss = (client.get(path).content.decode() for path in ("/feeds/claims.atom", "/feed/"))
    assert 'rel="enclosure"' in atom
    assert "<media:credit>Photo: Ana Lind</media:credit>" in rss


def test_after_a_retraction_no_page_shows_it_and_no_address_serves_it(
    claim: Claim, client: Any, people: SimpleNamespace
) -> None:
    publishing.retract(claim=claim, by=people.editor, at=newsroom.AT, version=claim.version, note="We were wrong.")
    assert client.get(f"/pictures/{sha256()}/640.jpg").status_code == 404
    for path in (f"/claims/{claim.slug}/", f"/claims/{claim.slug}/r1/", "/feed/", "/feeds/claims.json"):
        assert sha256() not in client.get(path).content.decode(), path


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_the_readers_own_connection_may_read_it(claim: Claim, client: Any) -> None:
    assert client.get(f"/pictures/{sha256()}/640.webp").status_code == 200
