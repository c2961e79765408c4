"""RSS 2.0 beside Atom, and feeds of one language."""

import json
from email.utils import parsedate_to_datetime

import pytest
from lxml import etree

from articles import claim_addresses
from readers.feeds import pages
from tests import newsroom
from tests.readers.conftest import LATER, arabic, correct, full

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"


def _channel(client, address="/feed/"):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = etree.fromstring(response.content)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    [channel] = root
    return channel


def test_rss_has_what_the_format_requires(client, people, settings):
    claim = full(people)
    channel = _channel(client)
    for required in ("title", "link", "description", "language", "lastBuildDate"):
        assert channel.findtext(required), required
    [own] = channel.findall(f"{ATOM}link[@rel='self']")
    assert own.get("href") == f"{settings.SITE_URL}/feed/"
    [item] = channel.findall("item")
    assert item.findtext("title") == f"False: {claim.text}"
    assert item.findtext("link") == f"{settings.SITE_URL}/claims/{claim.slug}/"
    assert (item.find("guid").get("isPermaLink"), item.findtext("guid")[:9]) == ("false", "urn:uuid:")
    assert parsedate_to_datetime(item.findtext("pubDate")) == newsroom.AT
    assert "The minutes show it." in item.findtext("description")
    assert item.findtext(f"{DC}language") == "en"
    assert {c.text for c in item.findall("category")} == {"Transport", "published"}


def test_rss_and_atom_have_the_same_entries_and_a_correction_replaces_its_entry(client, people):
    correct(full(people), people)
    [item] = _channel(client).findall("item")
    [entry] = etree.fromstring(client.get("/feeds/claims.atom").content).findall(f"{ATOM}entry")
    for rss, atom in (("title", "title"), ("guid", "id"), ("description", "summary")):
        assert item.findtext(rss) == entry.findtext(ATOM + atom)
    assert item.findtext("title").startswith("Corrected: Misleading: ")
    assert "corrected" in {c.text for c in item.findall("category")}


def test_rss_has_further_pages(client, people, monkeypatch):
    monkeypatch.setattr(pages, "ENTRIES", 1)
    wanted = {newsroom.published(people).text, newsroom.published(people).text}
    channel = _channel(client)
    [further] = channel.findall(f"{ATOM}link[@rel='next']")
    second = _channel(
        client, further.get("href").partition("testserver")[2] or "/feed/?" + further.get("href").partition("?")[2]
    )
    assert {c.findtext("item/title").partition(": ")[2] for c in (channel, second)} == wanted


@pytest.mark.parametrize(
    "address", ["/topics/Transport/", "/articles/a-bridge-for-lindholm/", "/claimants/ingrid-sundqvist/"]
)
def test_topics_articles_and_claimants_have_rss(client, people, address):
    claim = full(people)
    assert [i.findtext("title") for i in _channel(client, f"{address}feed.rss").findall("item")] == [
        f"False: {claim.text}"
    ]
    assert client.get("/topics/Nothing/feed.rss").status_code == 404


def test_rss_comes_in_the_language_of_its_address_and_scripts_of_any_site_may_read_it(client, people):
    full(people)
    assert _channel(client, "/ru/feed/").findtext("language") == "ru"
    for address in ("/feed/", "/ru/feed/", "/topics/Transport/feed.rss"):
        assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"


def test_a_feed_can_be_of_one_language(client, people, settings):
    english, other = full(people), arabic(people)
    texts = {"en": english.text, "ar": other.text}
    for language, said in texts.items():
        [item] = _channel(client, f"/feed/?language={language}").findall("item")
        assert said in item.findtext("title")
        [entry] = json.loads(client.get("/feeds/claims.json", {"language": language}).content)["items"]
        assert said in entry["title"]
        slug = {"en": english, "ar": other}[language].slug
        assert entry["url"] == claim_addresses.canonical_address(slug, language)
    feed = json.loads(client.get("/feeds/claims.json", {"language": "ar"}).content)
    assert feed["feed_url"] == f"{settings.SITE_URL}/feeds/claims.json?language=ar"
    assert "Arabic" in feed["title"]
    assert _channel(client, "/feed/?language=tlh").findall("item") == []


def test_pages_of_a_feed_of_one_language_stay_in_it(client, people, monkeypatch):
    monkeypatch.setattr(pages, "ENTRIES", 1)
    newsroom.published(people)
    newsroom.published(people)
    arabic(people)
    first = json.loads(client.get("/feeds/claims.json", {"language": "en"}).content)
    assert "language=en" in first["next_url"]
    second = json.loads(client.get("/feeds/claims.json?" + first["next_url"].partition("?")[2]).content)
    assert [item["language"] for item in first["items"] + second["items"]] == ["en", "en"]
    assert "next_url" not in second


def test_a_feed_holds_nothing_that_xml_cannot(client, people):
    newsroom.take(full(people), "retract", people.editor, at=LATER, comment="A form feed \x0c in the reason.")
    [item] = _channel(client).findall("item")
    assert item.findtext("title").startswith("Retracted: ")
