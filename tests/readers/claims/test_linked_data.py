"""One claim as JSON-LD, at an address of its own and in the API; the verdict's words in its language."""

from types import SimpleNamespace

import pytest
from django.test import Client

from articles import claim_addresses, rating_words
from tests import newsroom
from tests.readers.conftest import arabic

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
JSONLD = {"Accept": "application/ld+json"}


def test_a_claim_is_given_as_a_claim_review(client: Client, people: SimpleNamespace) -> None:
    claim = newsroom.published(people)
    answer = client.get(f"/claims/{claim.slug}.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    review = answer.json()
    assert (review["@type"], review["claimReviewed"]) == ("ClaimReview", claim.text)
    assert review["reviewRating"]["alternateName"] == "True"
    assert client.get(f"/claims/{claim.slug}.jsonld", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    address = f"/api/v1/claims/{claim.pk}/"
    negotiated = client.get(address, headers=JSONLD)
    assert (negotiated["Content-Type"], negotiated.json()) == ("application/ld+json", review)
    assert "Accept" in negotiated["Vary"].split(", ")
    plain = client.get(address)
    assert plain.content == bytes(newsroom.record_of(claim).body)
    assert "Accept" in plain["Vary"].split(", ")
    assert plain["ETag"] != negotiated["ETag"]
    again = client.get(address, headers=JSONLD | {"If-None-Match": negotiated["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{address}?fields=seq", headers=JSONLD).status_code == 400
    both = {"Accept": "application/ld+json;q=0.5, application/json"}
    assert client.get(address, headers=both)["Content-Type"] == "application/json"


def test_a_retracted_claim_has_no_review_any_more(client: Client, people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("retracted", people)
    said = client.get(f"/claims/{claim.slug}.jsonld").json()
    assert (said["@type"], said["creativeWorkStatus"]) == ("CreativeWork", "Retracted")
    assert said["correction"]["text"] == "We misread the source."


@pytest.mark.parametrize("slug", ["nothing", "%00", "a%2Fb", "x" * 300])
def test_what_is_not_public_has_no_linked_data(slug: str, client: Client, people: SimpleNamespace) -> None:
    newsroom.in_stage("approved", people, text="nothing")
    assert client.get(f"/claims/{slug}.jsonld").status_code == 404


def test_derived_forms_have_the_verdict_in_the_language_of_the_claim(client: Client, people: SimpleNamespace) -> None:
    claim = arabic(people)
    label = newsroom.record_of(claim).document()["verdict"]["rating"]["label"]
    word = rating_words.in_language(label, "ar")
    assert word != label
    assert client.get(f"/claims/{claim.slug}.jsonld").json()["reviewRating"]["alternateName"] == word
    [found] = client.get("/v1alpha1/claims:search?query=40").json()["claims"]
    assert found["claimReview"][0]["textualRating"] == word
    assert found["claimReview"][0]["title"].startswith(f"{word}: ")
    for feed in ("/feeds/claims.json", "/ru/feeds/claims.json"):
        [item] = client.get(feed).json()["items"]
        assert item["title"].startswith(f"{word}: "), feed
        assert item["url"] == found["claimReview"][0]["url"] == claim_addresses.canonical_address(claim.slug, "ar")


def test_ratings_have_their_words_in_every_language(client: Client) -> None:
    ratings = {row["key"]: row for row in client.get("/api/v1/ratings/").json()["results"]}
    assert ratings["true"]["labels"]["en"] == "True"
    assert set(ratings["mostly_true"]["labels"]) == {"en", "ar", "az", "hy", "ru", "tr"}
    assert ratings["mostly_true"]["definitions"]["ru"] != ratings["mostly_true"]["definition"]


@pytest.mark.parametrize("tag", ["", "de", "xx-yy", "../..", "EN-us", "zh-Hant"])
def test_a_language_without_words_keeps_those_of_the_record(tag: str) -> None:
    assert rating_words.in_language("Mostly true", tag) == "Mostly true"


def test_a_label_that_a_newsroom_made_up_is_kept() -> None:
    assert rating_words.in_language("Half right", "ru") == "Half right"
    assert rating_words.in_language("Mostly true", "ru-RU") == "В основном правда"
