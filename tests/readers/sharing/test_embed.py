"""A check on other sites: the frame, its code, oEmbed, and the tags of the page."""

import json
from urllib.parse import quote

import pytest
from django.urls import reverse
from lxml import etree, html

from readers.http import languages
from tests import newsroom
from tests.readers.conftest import LATER, arabic, correct, full, page, words

pytestmark = pytest.mark.django_db
_REQUIRED = {"type": "rich", "version": "1.0"}


def _frame(client, claim, query=""):
    return page(client, reverse("readers:embed", args=[claim.slug]) + query)


def _oembed(client, settings, claim, **more):
    url = settings.SITE_URL + reverse("readers:claim", args=[claim.slug])
    return client.get("/oembed", {"url": url, **more})


def _meta(tree):
    return {m.get("property") or m.get("name"): m.get("content") for m in tree.xpath("//meta[@content]")}


def test_only_embed_pages_may_be_framed_by_other_sites(client, people):
    slug = full(people).slug
    frame = client.get(reverse("readers:embed", args=[slug]))
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "script-src 'self'" in frame.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame.headers
    assert frame.headers["Access-Control-Allow-Origin"] == "*"
    assert not frame.cookies
    for address in (reverse("readers:claim", args=[slug]), "/", "/admin/login/", "/oembed"):
        headers = client.get(address).headers
        assert headers["X-Frame-Options"] == "DENY", address
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], address


def test_an_embed_shows_verdict_claim_and_newsroom(client, people, settings):
    claim = full(people)
    tree = _frame(client, claim)
    text = words(tree.find(".//main"))
    for said in (settings.SITE_NAME, claim.text, "Ingrid Sundqvist", "False", "The minutes show it."):
        assert said in text
    assert {a.get("target") for a in tree.iter("a")} == {"_blank"}
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"{settings.SITE_URL}/claims/{claim.slug}/"]
    assert tree.xpath("//head/noscript/meta/@http-equiv") == ["refresh"]
    assert tree.xpath("//script[not(@src)]") == []


def test_a_correction_changes_the_embed_and_its_etag(client, people):
    claim = full(people)
    address = reverse("readers:embed", args=[claim.slug])
    before = client.get(address)
    etag = before.headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    correct(claim, people)
    after = client.get(address, headers={"If-None-Match": etag})
    assert after.status_code == 200
    tree = html.fromstring(after.content.decode())
    assert "Corrected on 5 March 2026, the verdict changed: We had misread the accounts." in words(tree)
    versions = [
        html.fromstring(r.content.decode()).get_element_by_id("check").get("data-version") for r in (before, after)
    ]
    assert versions[0] != versions[1]


def test_an_embed_of_a_retracted_claim_shows_the_retraction_and_no_verdict(client, people):
    claim = full(people)
    newsroom.take(claim, "retract", people.editor, at=LATER, comment="The log was of another flight.")
    text = words(_frame(client, claim).find(".//main"))
    assert "Retracted" in text
    assert "The log was of another flight." in text
    assert "The minutes show it." not in text
    assert "False" not in text


def test_an_embed_follows_the_claims_direction_and_the_chosen_colour_scheme(client, people):
    claim = arabic(people)
    tree = _frame(client, claim)
    assert tree.get_element_by_id("check").get("dir") == "rtl"
    sheets = {
        theme: _frame(client, claim, f"?theme={theme}").xpath("//link[@rel='stylesheet']")
        for theme in ("light", "dark")
    }
    assert not any("dark" in sheet.get("href") for sheet in sheets["light"])
    assert [sheet.get("media") for sheet in sheets["dark"] if "dark" in sheet.get("href")] == [None]
    assert client.get(reverse("readers:embed", args=[claim.slug]), {"theme": "pink"}).status_code == 400
    assert client.get("/embed/nope/").status_code == 404


def test_oembed_json_describes_the_embed(client, people, settings):
    claim = full(people)
    response = _oembed(client, settings, claim)
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    described = json.loads(response.content)
    assert described.items() >= _REQUIRED.items()
    assert described["title"] == f"False: {claim.text}"
    assert described["provider_name"] == settings.SITE_NAME
    frame = html.fromstring(described["html"])
    assert frame.tag == "iframe"
    assert frame.get("src") == f"{settings.SITE_URL}/embed/{claim.slug}/"
    assert (int(frame.get("width")), int(frame.get("height"))) == (described["width"], described["height"])
    assert client.get(described["thumbnail_url"].removeprefix(settings.SITE_URL)).headers["Content-Type"] == "image/png"
    etag = response.headers["ETag"]
    assert (
        client.get(
            "/oembed",
            {"url": f"{settings.SITE_URL}/claims/{claim.slug}/"},
            headers={"If-None-Match": etag},
        ).status_code
        == 304
    )


def test_oembed_xml_has_the_same_values_as_json(client, people, settings):
    claim = newsroom.published(people, text='Tom & "Jerry" <b> cost 12 million')
    xml = etree.fromstring(_oembed(client, settings, claim, format="xml").content)
    plain = json.loads(_oembed(client, settings, claim).content)
    assert xml.tag == "oembed"
    assert {child.tag: child.text for child in xml} == {name: str(value) for name, value in plain.items()}
    assert html.fromstring(plain["html"]).get("title") == f"True: {claim.text}"


def test_oembed_keeps_to_the_size_asked_for(client, people, settings):
    small = json.loads(_oembed(client, settings, full(people), maxwidth="320", maxheight="200").content)
    assert (small["width"], small["height"]) == (320, 200)
    assert "thumbnail_url" not in small
    assert 'width="320" height="200"' in small["html"]


@pytest.mark.parametrize("name", ["claim", "embed", "history"])
def test_oembed_knows_every_address_of_a_claim(client, people, settings, name):
    claim = arabic(people)
    path = reverse(f"readers:{name}", args=[claim.slug])
    for url in (settings.SITE_URL + path, settings.SITE_URL + path + "?from=1#x"):
        assert client.get("/oembed", {"url": url}).status_code == 200, url


def test_oembed_describes_the_page_in_the_language_of_its_address(client, people, settings):
    claim = full(people)
    newsroom.take(claim, "retract", people.editor, at=LATER, comment="The log was of another flight.")
    plain = _oembed(client, settings, claim)
    tree = page(client, f"/az/claims/{claim.slug}/")
    [link] = tree.xpath("//link[@rel='alternate'][@type='application/json+oembed']/@href")
    answer = client.get(link.removeprefix(settings.SITE_URL), headers={"If-None-Match": plain.headers["ETag"]})
    assert answer.status_code == 200, "another language is another answer"
    described = json.loads(answer.content)
    frame = html.fromstring(described["html"])
    assert frame.get("src") == f"{settings.SITE_URL}/az/embed/{claim.slug}/"
    assert page(client, f"/az/embed/{claim.slug}/").get("lang") == "az"
    assert described["title"] == frame.get("title") == f"Geri götürülüb: {claim.text}"
    assert described["author_url"] == f"{settings.SITE_URL}/az/"
    assert json.loads(plain.content)["title"] == f"Retracted: {claim.text}"
    assert client.get("/oembed", {"url": f"{settings.SITE_URL}/az/claims/nope/"}).status_code == 404


def test_oembed_refuses_in_the_formats_words(client, people, settings):
    claim = newsroom.published(people)
    draft = newsroom.draft(people.reporter)
    good = settings.SITE_URL + reverse("readers:claim", args=[claim.slug])
    expected = {
        (("url", good), ("format", "yaml")): 501,
        (("url", good), ("maxwidth", "wide")): 400,
        (("url", good), ("maxheight", "0")): 400,
        (): 400,
        (("url", f"https://elsewhere.example/claims/{claim.slug}/"),): 404,
        (("url", f"ftp:{good.partition(':')[2]}"),): 404,
        (("url", "http://["),): 404,
        (("url", f"{settings.SITE_URL}/topics/"),): 404,
        (("url", f"{settings.SITE_URL}/claims/nope/"),): 404,
        (("url", f"{settings.SITE_URL}/claims/a%00b/"),): 404,
        (("url", settings.SITE_URL + f"/claims/{quote(draft.slug)}/"),): 404,
    }
    answers = {query: client.get("/oembed", dict(query)) for query in expected}
    assert {query: answer.status_code for query, answer in answers.items()} == expected
    assert all(answer.content.strip() for answer in answers.values())


def test_a_claim_page_links_to_oembed_and_offers_the_embed_code(client, people, settings):
    claim = full(people)
    tree = page(client, reverse("readers:claim", args=[claim.slug]))
    for kind in ("application/json+oembed", "text/xml+oembed"):
        [link] = tree.xpath(f"//link[@rel='alternate'][@type='{kind}']/@href")
        assert client.get(link.removeprefix(settings.SITE_URL)).status_code == 200
    code = html.fragment_fromstring(tree.get_element_by_id("embed-code").text, create_parent=True)
    assert code.find("iframe").get("src") == f"{settings.SITE_URL}/embed/{claim.slug}/"
    assert code.find("script").get("src") == f"{settings.SITE_URL}/static/factcheck/frame.js"


def test_a_claim_page_has_open_graph_and_twitter_tags(client, people, settings):
    claim = correct(full(people), people)
    meta = _meta(page(client, reverse("readers:claim", args=[claim.slug])))
    card = f"{settings.SITE_URL}/claims/{claim.slug}/r2/card.png"
    assert meta["og:type"] == "article"
    assert meta["og:title"] == meta["twitter:title"] == f"Misleading: {claim.text}"
    assert meta["og:image"] == meta["twitter:image"] == card
    assert (meta["og:image:width"], meta["og:image:height"], meta["og:image:type"]) == ("1200", "630", "image/png")
    assert claim.text in meta["og:image:alt"]
    assert "Misleading" in meta["twitter:image:alt"]
    assert meta["twitter:card"] == "summary_large_image"
    assert meta["og:locale"] == "en_US"
    assert meta["article:tag"] == "Transport"
    assert meta["article:modified_time"] > meta["article:published_time"]
    assert client.get(card.removeprefix(settings.SITE_URL)).status_code == 200


@pytest.mark.parametrize(
    ("tag", "locale"),
    [("en", "en_US"), ("pt-BR", "pt_BR"), ("az", "az_AZ"), ("zh-Hant", "zh_TW"), ("tlh", ""), ("x", ""), ("", "")],
)
def test_open_graph_locales_name_a_territory(tag, locale):
    assert languages.open_graph_locale(tag) == locale
