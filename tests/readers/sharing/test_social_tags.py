"""Open Graph and Twitter tags of every page that search engines know, and the feeds that pages name."""

import pytest
from lxml import etree

from tests.readers.conftest import correct, full, page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("prefix", ["", "/hy"])
def test_every_page_says_what_it_is_to_those_it_is_sent_to(client, people, settings, prefix):
    claim = correct(full(people), people)
    locale = {"": "en_US", "/hy": "hy_AM"}[prefix]
    for path in (
        "/", "/claims/", "/articles/", "/articles/a-bridge-for-lindholm/", "/claimants/",
        "/claimants/ingrid-sundqvist/",
        "/sources/", "/sources/final-accounts-2019/", "/topics/", "/topics/Transport/", "/corrections/",
        "/methodology/",
        "/trust/", "/figures/", f"/claims/{claim.slug}/history/",
    ):  # fmt: skip
        tree = page(client, prefix + path)
        meta = {m.get("property") or m.get("name"): m.get("content") for m in tree.xpath("//meta[@content]")}
        assert meta["og:url"] == settings.SITE_URL + prefix + path
        assert meta["og:title"] == meta["twitter:title"] != "", path
        assert tree.findtext(".//title").startswith(meta["og:title"]), path
        assert meta["og:description"] == meta["twitter:description"] == meta["description"] != "", path
        told = (meta["og:type"], meta["og:site_name"], meta["og:locale"], meta["twitter:card"])
        assert told == ("website", settings.SITE_NAME, locale, "summary_large_image"), path
        assert meta["og:image"] == meta["twitter:image"] != "", path
        for name in ("og:title", "og:url", "twitter:title"):
            assert len(tree.xpath(f"//meta[@property='{name}' or @name='{name}']")) == 1, (path, name)


def test_pages_name_their_feeds_and_each_is_there_and_well_formed(client, people):
    full(people)
    for path in (
        "/",
        "/az/",
        "/topics/Transport/",
        "/articles/a-bridge-for-lindholm/",
        "/az/claimants/ingrid-sundqvist/",
    ):
        kinds = "@type='application/rss+xml' or @type='application/atom+xml'"
        found = page(client, path).xpath(f"//link[@rel='alternate'][{kinds}]/@href")
        assert len(found) == len(set(found)) >= 3, path
        for address in found:
            response = client.get(address)
            assert response.status_code == 200, address
            assert len(etree.fromstring(response.content)), address
