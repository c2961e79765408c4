"""Exactly one valid ClaimReview on each standing claim page, and none anywhere else."""

import json

import jsonschema
import pytest
from django.urls import reverse

from articles import claim_addresses
from articles.claim_review import script
from articles.services.library import claimants
from tests import newsroom
from tests.readers.conftest import arabic, correct, full, page

pytestmark = pytest.mark.django_db

_TEXT = {"type": "string", "minLength": 1}
_URL = {"type": "string", "pattern": "^https?://"}
_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"}
_WORK = {
    "type": "object",
    "required": ["@type", "url", "headline"],
    "properties": {"@type": {"const": "CreativeWork"}, "url": _URL, "headline": _TEXT, "datePublished": _DAY},
}
_WHO = {
    "type": "object",
    "required": ["@type", "name"],
    "properties": {
        "@type": {"enum": ["Person", "Organization"]},
        "name": _TEXT,
        "sameAs": {"type": "array", "items": _URL, "minItems": 1},
    },
}
SCHEMA = {
    "type": "object",
    "required": [
        "@context",
        "@type",
        "url",
        "claimReviewed",
        "author",
        "datePublished",
        "dateModified",
        "itemReviewed",
        "reviewRating",
    ],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "ClaimReview"},
        "url": _URL,
        "claimReviewed": _TEXT,
        "inLanguage": _TEXT,
        "datePublished": _MOMENT,
        "dateModified": _MOMENT,
        "author": {"allOf": [_WHO, {"required": ["url"], "properties": {"@type": {"const": "Organization"}}}]},
        "itemReviewed": {
            "type": "object",
            "required": ["@type"],
            "additionalProperties": False,
            "properties": {
                "@type": {"const": "Claim"},
                "author": _WHO,
                "datePublished": _DAY,
                "appearance": {"type": "array", "items": _WORK, "minItems": 1},
            },
        },
        "reviewRating": {
            "type": "object",
            "required": ["@type", "alternateName"],
            "additionalProperties": False,
            "properties": {
                "@type": {"const": "Rating"},
                "alternateName": _TEXT,
                "ratingExplanation": _TEXT,
                "ratingValue": {"type": "integer"},
                "bestRating": {"type": "integer"},
                "worstRating": {"type": "integer", "minimum": 1},
            },
            "dependentRequired": {
                "ratingValue": ["bestRating", "worstRating"],
                "bestRating": ["ratingValue"],
                "worstRating": ["ratingValue"],
            },
        },
        "citation": {"type": "array", "items": _URL, "minItems": 1},
        "correction": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["@type", "text", "datePublished"],
                "properties": {"@type": {"const": "CorrectionComment"}, "text": _TEXT, "datePublished": _MOMENT},
            },
        },
    },
}


def _reviews(client, address):
    """The reviews of a page. Beside data blocks there are only scripts of our own, and none within the page."""
    scripts = page(client, address).xpath("//script")
    blocks = [s for s in scripts if not s.get("src")]
    assert {s.get("src").rpartition("/")[0] for s in scripts if s.get("src")} <= {"/static/factcheck"}
    assert all(s.get("type") == "application/ld+json" for s in blocks)
    return [found for found in (json.loads(s.text) for s in blocks) if found["@type"] == "ClaimReview"]


def _review(client, claim):
    [review] = _reviews(client, claim_addresses.canonical_address(claim.slug, claim.language))
    jsonschema.validate(review, SCHEMA, cls=jsonschema.Draft202012Validator)
    return review


def test_a_complete_claim_gives_every_claim_review_property(client, people, settings):
    claim = full(people)
    review = _review(client, claim)
    assert review["url"] == f"{settings.SITE_URL}/claims/{claim.slug}/"
    assert review["claimReviewed"] == claim.text
    assert review["author"]["name"] == settings.SITE_NAME
    assert review["author"]["url"] == f"{settings.SITE_URL}/"
    assert review["itemReviewed"]["author"] == {
        "@type": "Person",
        "name": "Ingrid Sundqvist",
        "jobTitle": "Mayor of Lindholm",
        "sameAs": ["https://www.wikidata.org/wiki/Q42"],
    }
    assert review["itemReviewed"]["datePublished"] == "2026-02-23"
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "False",
        "ratingExplanation": "The minutes show it.",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert "correction" not in review
    assert not [url for url in review["citation"] if "secret" in url]


@pytest.mark.parametrize(
    ("kind", "schema_type"),
    [
        ("person", "Person"),
        ("organisation", "Organization"),
        ("outlet", "Organization"),
        ("government", "Organization"),
    ],
)
def test_the_author_of_a_claim_has_the_type_of_its_kind(client, people, kind, schema_type):
    who = claimants.add_claimant(by=people.reporter, at=newsroom.AT, name="Lindholm", kind=kind)
    assert _review(client, newsroom.published(people, claimant=who))["itemReviewed"]["author"]["@type"] == schema_type


def test_an_unattributed_claim_has_no_author(client, people):
    assert "author" not in _review(client, newsroom.published(people))["itemReviewed"]


@pytest.mark.parametrize("rating", ["disputed", "unverifiable", "outdated", "unverified"])
def test_a_rating_that_measures_nothing_has_words_and_no_number(client, people, rating):
    given = _review(client, newsroom.published(people, rating=rating))["reviewRating"]
    assert given["alternateName"].lower() == rating
    assert set(given) == {"@type", "alternateName", "ratingExplanation"}


def test_an_arabic_claim_names_where_it_appeared(client, people, settings):
    claim = arabic(people)
    review = _review(client, claim)
    assert review["inLanguage"] == "ar"
    assert review["itemReviewed"]["appearance"] == [
        {
            "@type": "CreativeWork",
            "url": "https://al-hadaba.example/1",
            "headline": "محطة شمسية جديدة",
            "publisher": {"@type": "Organization", "name": "صحيفة الهضبة"},
        }
    ]
    assert review["url"] == settings.SITE_URL + "/ar" + reverse("readers:claim", args=[claim.slug])
    assert review["url"].isascii()


def test_a_corrected_claims_review_has_the_correction(client, people):
    review = _review(client, correct(full(people), people))
    assert review["reviewRating"]["alternateName"] == "Misleading"
    assert [c["text"] for c in review["correction"]] == ["We had misread the accounts."]
    assert review["dateModified"] > review["datePublished"]


def test_only_the_current_claim_page_has_a_claim_review(client, people):
    claim = correct(full(people), people)
    withdrawn = newsroom.in_stage("retracted", people)
    for address in (
        "/",
        "/claims/",
        "/articles/",
        "/articles/a-bridge-for-lindholm/",
        "/claimants/ingrid-sundqvist/",
        "/sources/final-accounts-2019/",
        "/corrections/",
        f"/claims/{claim.slug}/history/",
        f"/claims/{claim.slug}/r1/",
        f"/claims/{claim.slug}/r2/",
        f"/claims/{withdrawn.slug}/",
        f"/claims/{withdrawn.slug}/r1/",
    ):
        assert _reviews(client, address) == [], address


def test_a_statement_cannot_break_out_of_the_script(client, people):
    claim = newsroom.published(people, text="</script><script>alert(1)</script><!-- \u2028 & more")
    assert _review(client, claim)["claimReviewed"] == claim.text


def test_characters_that_end_a_script_element_are_escaped():
    written = script({"a": "</script><!--\u2028\u2029&"})
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == {"a": "</script><!--\u2028\u2029&"}
