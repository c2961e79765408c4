"""What search engines are told: every page once, with the day it changed; news for two days; where not to look."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from articles import claim_addresses
from articles.services.newsroom import pages
from readers.feeds import sitemap
from tests import newsroom
from tests.readers.conftest import LATER, arabic, correct, full

pytestmark = pytest.mark.django_db
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
N = "{http://www.google.com/schemas/sitemap-news/0.9}"


def _tree(client, address):
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml; charset=utf-8"), address
    return etree.fromstring(response.content)


def _parts(client, settings):
    index = _tree(client, "/sitemap.xml")
    assert index.tag == f"{S}sitemapindex"
    return [loc.text.removeprefix(settings.SITE_URL) for loc in index.iter(f"{S}loc")]


def _dated(client, address):
    return {url.findtext(f"{S}loc"): url.findtext(f"{S}lastmod") for url in _tree(client, address)}


def test_the_sitemap_index_leads_to_every_page_once(client, people, settings):
    published = [full(people), arabic(people), newsroom.in_stage("retracted", people)]
    found = [loc for part in _parts(client, settings) if "news" not in part for loc in _dated(client, part)]
    assert len(found) == len(set(found))
    assert [claim.language for claim in published] == ["en", "ar", "en"]
    expected = {reverse("readers:claim", args=[claim.slug]) for claim in published if claim.language == "en"}
    expected |= {"/", "/methodology/", "/topics/Transport/", "/claimants/ingrid-sundqvist/"}
    expected |= {reverse("readers:article", args=["a-bridge-for-lindholm"])}
    assert {settings.SITE_URL + path for path in expected} <= set(found)
    there = claim_addresses.canonical_address(published[1].slug, "ar")
    assert there not in found, "the sitemap of its own language has it"
    assert there in _dated(client, "/ar/sitemaps/claims-0.xml")
    for address in found:
        assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200, address


def test_a_sitemap_entry_has_the_date_of_the_record_its_page_shows(client, people, settings):
    claim = correct(full(people), people)
    for part, path in (
        ("claims-0", f"/claims/{claim.slug}/"),
        ("articles-0", "/articles/a-bridge-for-lindholm/"),
        ("claimants-0", "/claimants/ingrid-sundqvist/"),
        ("topics", "/topics/Transport/"),
        ("pages", "/corrections/"),
    ):
        assert datetime.fromisoformat(_dated(client, f"/sitemaps/{part}.xml")[settings.SITE_URL + path]) == LATER, path
    assert _dated(client, "/sitemaps/pages.xml")[f"{settings.SITE_URL}/methodology/"] is None


def test_a_large_log_has_a_sitemap_in_several_parts(client, people, settings, monkeypatch):
    kinds = {**sitemap._PARTS, "claims": (2, *sitemap._PARTS["claims"][1:])}
    monkeypatch.setattr(sitemap, "_PARTS", kinds)
    slugs = [newsroom.published(people).slug for _ in range(5)]
    parts = [part for part in _parts(client, settings) if "claims-" in part]
    assert parts == [f"/sitemaps/claims-{n}.xml" for n in range(3)]
    assert [loc.split("/")[-2] for part in parts for loc in _dated(client, part)] == slugs


def test_the_sitemap_index_dates_its_parts(client, people, settings, monkeypatch):
    kinds = {**sitemap._PARTS, "claims": (2, *sitemap._PARTS["claims"][1:])}
    monkeypatch.setattr(sitemap, "_PARTS", kinds)
    index = "/az/sitemap.xml"

    def dated(tree):
        rows = [(row.findtext(f"{S}loc"), row.findtext(f"{S}lastmod")) for row in tree]
        return {loc.rpartition("/")[2]: datetime.fromisoformat(at) for loc, at in rows if at}

    first = full(people)
    newsroom.published(people)
    correct(first, people)
    assert dated(_tree(client, index)) == {"pages.xml": LATER, "claims-1.xml": LATER}
    before = client.get(index)
    at = LATER + timedelta(days=2)
    text = {"key": "about", "language": "en", "title": "Who we are", "body_html": "<p>Two people.</p>"}
    written = pages.write(**text, by=people.editor, at=at)
    pages.publish(page=written, by=people.editor, at=at, version=written.version, note="First published.")
    after = client.get(index, headers={"If-None-Match": before.headers["ETag"]})
    assert dated(etree.fromstring(after.content)) == {"pages.xml": at, "claims-1.xml": LATER}
    listed = _dated(client, "/az/sitemaps/pages.xml")
    assert datetime.fromisoformat(listed[f"{settings.SITE_URL}/az/about/"]) == at


def test_an_empty_log_has_a_sitemap_without_parts(client, db, settings):
    assert _parts(client, settings) == [f"/sitemaps/{name}.xml" for name in ("pages", "topics", "news")]
    for address in ("/sitemaps/pages.xml", "/sitemaps/news.xml", "/sitemaps/claims-0.xml"):
        assert _tree(client, address).tag == f"{S}urlset"


def test_the_news_sitemap_lists_first_publications_of_the_last_two_days(client, people, settings):
    def made(hours, stage="approved", **fields):
        claim = newsroom.in_stage(stage, people, **fields)
        return newsroom.take(claim, "publish", people.editor, at=timezone.now() - timedelta(hours=hours))

    old = made(60)
    fresh = made(5, text='Tom & "Jerry" <b> cost 12 million')
    newsroom.take(made(4), "retract", people.editor, comment="We misread it.", at=timezone.now())
    again = newsroom.take(old, "recheck", people.editor, at=timezone.now())
    assert again.slug == old.slug
    [url] = _tree(client, "/sitemaps/news.xml")
    assert url.findtext(f"{S}loc") == f"{settings.SITE_URL}/claims/{fresh.slug}/"
    item = url.find(f"{N}news")
    assert item.findtext(f"{N}title") == f"True: {fresh.text}"
    assert item.findtext(f"{N}publication/{N}name") == settings.SITE_NAME
    assert item.findtext(f"{N}publication/{N}language") == "en"
    published = datetime.fromisoformat(item.findtext(f"{N}publication_date"))
    assert timedelta(hours=4) < timezone.now() - published < timedelta(hours=6)


def test_robots_txt_names_the_sitemap(client, db, settings):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert "Disallow: /admin/" in text
