"""Feeds parse, say the same as the pages, and put what was wrong first."""

import json
from datetime import datetime

import pytest
from django.utils import timezone
from lxml import etree, html

from articles import claim_addresses, rating_words
from readers.feeds import pages
from tests import newsroom
from tests.readers.conftest import LATER, arabic, correct, full, publish

pytestmark = pytest.mark.django_db
A = "{http://www.w3.org/2005/Atom}"


def _atom(client):
    response = client.get("/feeds/claims.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def _json(client):
    response = client.get("/feeds/claims.json")
    assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    return json.loads(response.content)


def test_atom_has_what_the_format_requires(client, people, settings):
    claim = full(people)
    feed = _atom(client)
    assert feed.tag == f"{A}feed"
    for required in ("id", "title", "updated", "author"):
        assert feed.find(A + required) is not None, required
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{A}link")}
    assert links["self"] == f"{settings.SITE_URL}/feeds/claims.atom"
    [entry] = feed.findall(f"{A}entry")
    assert entry.findtext(f"{A}title") == "False: The new bridge of Lindholm cost 12 million crowns"
    assert entry.find(f"{A}link").get("href") == f"{settings.SITE_URL}/claims/{claim.slug}/"
    assert entry.findtext(f"{A}id").startswith("urn:uuid:")
    assert datetime.fromisoformat(entry.findtext(f"{A}updated")) == newsroom.AT
    assert "The minutes show it." in entry.findtext(f"{A}summary")


def test_json_feed_has_what_the_format_requires(client, people, settings):
    claim = arabic(people)
    feed = _json(client)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{settings.SITE_URL}/feeds/claims.json"
    [item] = feed["items"]
    assert item["url"] == claim_addresses.canonical_address(claim.slug, "ar")
    assert item["title"] == f"{rating_words.in_language('Mostly true', 'ar')}: {claim.text}", "in the claim's language"
    assert item["language"] == "ar"
    assert item["_factcheck"]["record_url"] == f"{settings.SITE_URL}/api/v1/claims/{claim.pk}/"
    assert {"id", "content_html", "date_published"} <= set(item)


def test_a_correction_replaces_the_claims_entry_in_the_feed(client, people):
    claim = full(people)
    before, [old] = _json(client), _atom(client).findall(f"{A}entry")
    assert _json(client) == before, "ids are stable"
    correct(claim, people)
    [entry] = _atom(client).findall(f"{A}entry")
    [item] = _json(client)["items"]
    assert entry.findtext(f"{A}id") == item["id"] != old.findtext(f"{A}id")
    assert item["title"] == "Corrected: Misleading: The new bridge of Lindholm cost 12 million crowns"
    assert "We had misread the accounts." in item["content_html"]


def test_a_retraction_is_a_feed_entry_without_the_verdict(client, people):
    claim = full(people)
    newsroom.take(claim, "retract", people.editor, at=LATER, comment="The log was of another flight.")
    [item] = _json(client)["items"]
    assert item["title"] == f"Retracted: {claim.text}"
    assert "The log was of another flight." in item["content_html"]
    everything = json.dumps(item) + etree.tostring(_atom(client)).decode()
    assert "The minutes show it." not in everything
    assert item["_factcheck"]["rating"] is None


def test_a_corrected_claims_feed_entry_says_corrected(client, people):
    claim = correct(full(people), people)
    [entry] = _atom(client).findall(f"{A}entry")
    kinds = {c.get("term"): c.get("label") for c in entry.findall(f"{A}category") if c.get("scheme")}
    assert kinds == {"corrected": "Corrected"}
    [item] = _json(client)["items"]
    assert item["_factcheck"]["kind"] == "corrected"
    told = html.fromstring(item["content_html"])
    assert told.text_content().strip().startswith("Correction, the verdict changed: We had misread the accounts.")
    assert told.find(".//s").text == "False"
    assert "Now: Misleading" in " ".join(told.text_content().split())
    [changes] = [a.get("href") for a in told.iter("a") if "history" in a.get("href")]
    assert changes.endswith(f"/claims/{claim.slug}/history/?from=1&to=2")


def test_a_topic_an_article_and_a_claimant_have_feeds_of_their_own(client, people, settings):
    claim = full(people)
    other = arabic(people)
    for home in ("/topics/Transport/", "/articles/a-bridge-for-lindholm/", "/claimants/ingrid-sundqvist/"):
        links = html.fromstring(client.get(home).content.decode()).xpath("//head/link[@rel='alternate']")
        own = {link.get("type"): link.get("href") for link in links if link.get("href").startswith(home)}
        atom = etree.fromstring(client.get(own["application/atom+xml"]).content)
        feed = json.loads(client.get(own["application/feed+json"]).content)
        assert [e.find(f"{A}link").get("href") for e in atom.findall(f"{A}entry")] == [i["url"] for i in feed["items"]]
        assert [item["url"] for item in feed["items"]] == [f"{settings.SITE_URL}/claims/{claim.slug}/"], home
        assert feed["home_page_url"] == settings.SITE_URL + home
        assert feed["feed_url"] == settings.SITE_URL + own["application/feed+json"]
        assert atom.findtext(f"{A}id") == settings.SITE_URL + own["application/atom+xml"]
        for required in ("title", "updated", "author"):
            assert atom.find(A + required) is not None, required
    assert other.text in client.get("/feeds/claims.json").content.decode()


def test_feeds_of_unknown_things_are_not_found(client, db):
    for address in ("/topics/Nothing/feed.atom", "/articles/nope/feed.json", "/claimants/nope/feed.atom"):
        assert client.get(address).status_code == 404, address


def test_a_long_feed_is_paged(client, people, monkeypatch, settings):
    monkeypatch.setattr(pages, "ENTRIES", 2)
    texts = [newsroom.published(people, topics=["Rail and road"]).text for _ in range(3)][::-1]
    first = json.loads(client.get("/topics/Rail%20and%20road/feed.json").content)
    second = json.loads(client.get(first["next_url"].removeprefix(settings.SITE_URL)).content)
    assert [item["title"].partition(": ")[2] for item in first["items"] + second["items"]] == texts
    assert "next_url" not in second
    assert second["feed_url"] == first["next_url"]
    atom = etree.fromstring(client.get("/topics/Rail%20and%20road/feed.atom").content)
    links = {link.get("rel"): link.get("href") for link in atom.findall(f"{A}link")}
    older = etree.fromstring(client.get(links["next"].removeprefix(settings.SITE_URL)).content)
    assert older.findtext(f"{A}id") == atom.findtext(f"{A}id"), "pages of one feed"
    assert len(older.findall(f"{A}entry")) == 1
    assert {link.get("rel") for link in older.findall(f"{A}link")} >= {"self", "previous"}


def test_characters_that_xml_cannot_hold_are_dropped_from_feeds(client, people, settings):
    """A vertical tab comes along when somebody pastes from a slide; one such note made the feed a 500 for everybody."""
    odd = newsroom.complete(people.reporter, text="The bridge\uffff of Lindholm")
    claim = publish(odd, people, at=timezone.now())
    newsroom.take(newsroom.published(people), "retract", people.editor, comment="We misread\x0b it.")
    embedded = f"/oembed?format=xml&url={settings.SITE_URL}/claims/{claim.slug}/"
    for address in ("/feeds/claims.atom", "/feeds/corrections.atom", "/sitemaps/news.xml", embedded):
        response = client.get(address)
        assert response.status_code == 200, address
        said = "".join(etree.fromstring(response.content).itertext())
        assert ("We misread it." if "corrections" in address else "The bridge of Lindholm") in said, address
