"""Structured data as schema.org defines it: every type, property and value of every document we emit."""

import json

import pytest
from django.conf import settings
from django.urls import reverse

from articles import claim_addresses
from articles.services.newsroom import pages
from tests import newsroom, schemaorg
from tests.newsroom import AT
from tests.readers.conftest import LATER, arabic, correct, full, page

pytestmark = pytest.mark.django_db


def _documents(client, address):
    return [json.loads(s.text) for s in page(client, address).xpath("//script[@type='application/ld+json']")]


def _every(node):
    """All nodes of a document, itself included."""
    if isinstance(node, list):
        return [found for part in node for found in _every(part)]
    if not isinstance(node, dict):
        return []
    return [node, *(found for value in node.values() for found in _every(value))]


def test_the_schema_org_checker_finds_invalid_markup():
    good = {"@context": "https://schema.org", "@type": "Claim", "datePublished": "2026-03-02"}
    assert schemaorg.mistakes(good) == []
    for wrong in (
        {"@context": "http://schema.org"},
        {"@type": "Assertion"},
        {"claimReviewed": "x"},
        {"verdict": "true"},
        {"datePublished": "yesterday"},
        {"author": "a name"},
        {"author": {"@type": "Rating"}},
        {"sameAs": "not an address"},
        {"appearance": [{"@type": "CreativeWork", "headline": 7}]},
    ):
        assert schemaorg.mistakes(good | wrong) != [], wrong


def _canonical(claim):
    """The path of the claim's page in the claim's own language."""
    return claim_addresses.canonical_address(claim.slug, claim.language).removeprefix(settings.SITE_URL)


def test_a_claim_page_has_one_valid_claim_review(client, people):
    for claim in (correct(full(people), people), arabic(people), newsroom.published(people, rating="unverified")):
        [review] = _documents(client, _canonical(claim))
        assert schemaorg.mistakes(review) == []
        assert review["@type"] == "ClaimReview"


def test_a_claim_review_has_the_properties_google_requires(client, people, settings):
    """The required properties, and the rules on ratings, of Google's page on ClaimReview (December 2025)."""
    for claim in (full(people), arabic(people)):
        address = _canonical(claim)
        reviews = [n for d in _documents(client, address) for n in _every(d) if n.get("@type") == "ClaimReview"]
        assert len(reviews) == 1, "one on its page"
        [review] = reviews
        assert review["claimReviewed"]
        assert review["url"] == settings.SITE_URL + address
        assert review["author"]["name"]
        assert review["author"]["url"]
        rating = review["reviewRating"]
        assert rating["alternateName"]
        assert 1 <= rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
        assert rating["worstRating"] < rating["bestRating"]
        item = review["itemReviewed"]
        assert item.get("author", {"name": "x"})["name"]
    assert item["appearance"], "where it was made, for whoever has an address of it"


def test_no_other_page_has_the_claim_review(client, people):
    claim = full(people)
    for address in (
        "/",
        "/articles/a-bridge-for-lindholm/",
        "/topics/Transport/",
        "/claimants/ingrid-sundqvist/",
        reverse("readers:embed", args=[claim.slug]),
        reverse("readers:revision", args=[claim.slug, 1]),
    ):
        kinds = {node.get("@type") for document in _documents(client, address) for node in _every(document)}
        assert "ClaimReview" not in kinds, address
    newsroom.take(claim, "retract", people.editor, at=LATER, comment="The log was of another flight.")
    assert _documents(client, reverse("readers:claim", args=[claim.slug])) == []


def test_the_publisher_markup_links_the_newsrooms_policies(client, people, settings):
    [site] = _documents(client, "/")
    assert schemaorg.mistakes(site) == []
    newsroom_ = site["publisher"]
    assert newsroom_["@type"] == "NewsMediaOrganization"
    policies = {
        name: url for name, url in newsroom_.items() if name.endswith("Policy") or name == "publishingPrinciples"
    }
    assert len(policies) == 4
    for name, url in policies.items():
        path, _, part = url.removeprefix(settings.SITE_URL).partition("#")
        tree = page(client, path)
        assert not part or tree.xpath(f"//*[@id='{part}']"), name


def test_only_published_newsroom_pages_are_linked_as_policies(client, people, settings):
    before = _documents(client, "/")[0]["publisher"]
    row = pages.write(key="funding", language="en", title="Who pays", body_html="<p>x</p>", by=people.checker, at=AT)
    pages.publish(page=row, by=people.editor, at=AT, version=row.version, note="First published.")
    [site] = _documents(client, "/")
    assert schemaorg.mistakes(site) == []
    assert site["publisher"] == before | {"ownershipFundingInfo": f"{settings.SITE_URL}/funding/"}


def test_an_article_pages_markup_names_author_and_publisher(client, people):
    full(people)
    [collection] = _documents(client, "/articles/a-bridge-for-lindholm/")
    assert schemaorg.mistakes(collection) == []
    assert collection["@type"] == "CollectionPage"
    assert collection["about"]["headline"] == "A bridge for Lindholm"
    assert collection["about"]["publisher"]["name"] == "Lindholm Herald"
    assert collection["publisher"]["name"] != "Lindholm Herald"


def test_every_review_of_the_datafeed_is_valid(client, people):
    full(people)
    newsroom.in_stage("retracted", people)
    body = b"".join(client.get("/feeds/claimreview.json").streaming_content)
    assert schemaorg.mistakes(json.loads(body)) == []
