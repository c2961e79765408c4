"""Feeds, sitemap and robots.txt parse, and say the same as the pages."""

import json
from datetime import datetime

import pytest
from django.urls import reverse
from lxml import etree

from articles.public import sitemap
from tests import newsroom
from tests.articles.public.conftest import LATER, arabic, correct, full

pytestmark = pytest.mark.django_db
A = "{http://www.w3.org/2005/Atom}"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


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
    assert item["url"] == settings.SITE_URL + reverse("public:claim", args=[claim.slug])
    assert item["title"] == f"Mostly true: {claim.text}"
    assert item["language"] == "ar"
    assert item["_factcheck"]["record_url"] == f"{settings.SITE_URL}/api/v1/claims/{claim.pk}/"
    assert {"id", "content_html", "date_published"} <= set(item)


def test_a_correction_is_a_new_entry_and_the_old_one_goes(client, people):
    claim = full(people)
    before, [old] = _json(client), _atom(client).findall(f"{A}entry")
    assert _json(client) == before, "ids are stable"
    correct(claim, people)
    [entry] = _atom(client).findall(f"{A}entry")
    [item] = _json(client)["items"]
    assert entry.findtext(f"{A}id") == item["id"] != old.findtext(f"{A}id")
    assert item["title"] == "Corrected: Misleading: The new bridge of Lindholm cost 12 million crowns"
    assert "We had misread the accounts." in item["content_html"]


def test_a_retraction_is_an_entry_without_the_finding(client, people):
    claim = full(people)
    newsroom.take(claim, "retract", people.editor, at=LATER, comment="The log was of another flight.")
    [item] = _json(client)["items"]
    assert item["title"] == f"Retracted: {claim.text}"
    assert "The log was of another flight." in item["content_html"]
    everything = json.dumps(item) + etree.tostring(_atom(client)).decode()
    assert "The minutes show it." not in everything
    assert item["_factcheck"]["rating"] is None


def test_the_sitemap_dates_each_claim(client, people, settings):
    claims = [newsroom.published(people), arabic(people), newsroom.in_stage("retracted", people)]
    tree = etree.fromstring(client.get("/sitemap.xml").content)
    dated = {url.findtext(f"{S}loc"): url.findtext(f"{S}lastmod") for url in tree}
    for claim in claims:
        at = dated[settings.SITE_URL + reverse("public:claim", args=[claim.slug])]
        assert datetime.fromisoformat(at) == newsroom.AT
    assert f"{settings.SITE_URL}/methodology/" in dated


def test_a_large_sitemap_comes_in_parts(client, people, monkeypatch):
    monkeypatch.setattr(sitemap, "PART", 2)
    slugs = [newsroom.published(people).slug for _ in range(5)]
    index = etree.fromstring(client.get("/sitemap.xml").content)
    assert index.tag == f"{S}sitemapindex"
    parts = [loc.text.partition("?")[2] for loc in index.iter(f"{S}loc")]
    assert parts == ["after=0", "after=2", "after=4"]
    found = [
        loc.text
        for part in parts
        for loc in etree.fromstring(client.get(f"/sitemap.xml?{part}").content).iter(f"{S}loc")
    ]
    assert len(found) == len(set(found))
    assert [loc.split("/")[-2] for loc in found if "/claims/" in loc and not loc.endswith("/claims/")] == slugs


def test_robots_are_told_where_the_sitemap_is(client, db, settings):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert "Disallow: /admin/" in text
