"""The lists of the read API, looked up and cut down: ids, slugs, moments, kinds, words, fields, best first."""

import json
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from api.http import public_fields
from api.openapi.components import COMPONENTS
from articles.services.library import claimants
from tests import claim_copies, newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
V1 = "/api/v1/"


def results(reader: Client, address: str) -> list[Any]:
    answer = reader.get(V1 + address)
    assert answer.status_code == 200, answer.content
    found: list[Any] = answer.json()["results"]
    return found


@pytest.fixture
@claim_copies.kept
def two(people: SimpleNamespace) -> list[Any]:
    """A claim about the bridge, later one about the ferry."""
    mayor = claimants.add_claimant(by=people.reporter, at=newsroom.AT, name="Ingrid Sundqvist", kind="person")
    first = newsroom.published(people, text="The bridge cost 12 million, the bridge of Lindholm", claimant=mayor)
    return [first, newsroom.published(people, text="The ferry sank near the bridge", quote="The old ferry")]


def test_claims_are_found_by_ids_slug_and_moment(reader: Client, two: list[Any]) -> None:
    first, second = two

    def ids(query: str) -> list[str]:
        return [row["claim"]["id"] for row in results(reader, f"claims/?{query}")]

    assert ids(f"ids={first.pk}") == [str(first.pk)]
    assert ids(f"ids={first.pk},{second.pk},{uuid4()}") == [str(second.pk), str(first.pk)]
    assert ids(f"slug={second.slug}") == [str(second.pk)]
    assert ids("slug=nothing-here") == []
    assert len(ids("updated_since=2026-03-02T09:30:00Z")) == 2
    assert len(ids("updated_since=2026-03-02")) == 2
    assert ids("updated_since=2026-03-02T09:30:01Z") == []
    assert ids(f"q=bridge&ids={first.pk}&rating=true") == [str(first.pk)]
    answer = reader.get(f"{V1}claims/?ids={first.pk},{second.pk}&page_size=1").json()
    assert [row["claim"]["id"] for row in reader.get(answer["next"]).json()["results"]] == [str(first.pk)]


@pytest.mark.parametrize(
    "query",
    [
        "ids=", "ids=,", "ids=abc", "ids=" + ",".join([str(uuid4())] * 201), "slug=", "slug=/", "updated_since=",
        "updated_since=yesterday", "updated_since=2026-03-02T09:30:00", "updated_since=2026-03-02T09:30:00+01:00",
        "order=worst", "order=best", "order=best&q=", "fields=", "fields=nothing", "fields=claim(",
        "fields=claim/nothing", "ids=%00", "slug=a&slug=b", "updated_since=9999-12-31T23:59:59-23:59x",
        "updated_since=0001-01-01T00:00:00Z0",
    ],
)  # fmt: skip
def test_a_bad_look_up_is_refused(query: str, reader: Client, problem: Any, two: list[Any]) -> None:
    answer = reader.get(f"{V1}claims/?{query}")
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("moment", ["0001-01-01", "0001-01-01T00:00:00Z", "9999-12-31", "9999-12-31T23:59:59-12:00"])
def test_moments_at_the_ends_of_time_are_answered(moment: str, reader: Client, two: list[Any]) -> None:
    for path in ("claims/", "articles/"):
        assert reader.get(f"{V1}{path}?updated_since={moment}").status_code in (200, 400)


def test_best_first_puts_the_claim_that_fits_best_before_a_newer_one(reader: Client, two: list[Any]) -> None:
    first, second = (str(claim.pk) for claim in two)
    newest = [row["claim"]["id"] for row in results(reader, "claims/?q=bridge")]
    best = [row["claim"]["id"] for row in results(reader, "claims/?q=bridge&order=best")]
    assert (newest, best) == ([second, first], [first, second])
    page = reader.get(f"{V1}claims/?q=bridge&order=best&page_size=1").json()
    assert page["previous"] is None
    after = reader.get(page["next"]).json()
    assert [row["claim"]["id"] for row in after["results"]] == [second]
    assert after["next"] is None
    foreign = page["next"].replace("q=bridge", "q=ferry")
    assert reader.get(foreign).json()["code"] == "invalid_cursor"
    assert results(reader, "claims/?q=submarine&order=best") == []


def test_articles_sources_and_claimants_are_filtered(reader: Client, two: list[Any]) -> None:
    [article] = results(reader, "articles/?q=lindholm+bridge")
    assert article["title"] == "A bridge for Lindholm"
    assert results(reader, f"articles/?ids={article['id']}&slug={article['slug']}&language=EN-gb") == [article]
    assert results(reader, "articles/?language=de") == []
    assert results(reader, "articles/?q=submarine") == []
    assert len(results(reader, "sources/?kind=document")) == 4
    assert results(reader, "sources/?kind=interview") == []
    [mayor] = results(reader, "claimants/?q=sundqvist&kind=person")
    assert mayor["name"] == "Ingrid Sundqvist"
    assert results(reader, "claimants/?q=100%25") == []
    assert results(reader, "claimants/?updated_since=2026-03-02T09:30:00Z") == [mayor]
    assert results(reader, "claimants/?updated_since=2026-03-03") == []
    page = reader.get(f"{V1}sources/?kind=document&page_size=3").json()
    assert len(reader.get(page["next"]).json()["results"]) == 1


@pytest.mark.parametrize("query", ["kind=robot", "q=", "language=!", "fields=salt", "rating=true"])
def test_a_bad_filter_of_sources_is_refused(query: str, reader: Client) -> None:
    assert reader.get(f"{V1}sources/?{query}").status_code == 400


def test_fields_leaves_what_was_asked_for(reader: Client, two: list[Any]) -> None:
    first = two[0]
    address = f"{V1}claims/{first.pk}/?fields=claim(id,claimant/name),verdict/rating/key,retraction/note"
    answer = reader.get(address)
    assert answer.json() == {
        "claim": {"id": str(first.pk), "claimant": {"name": "Ingrid Sundqvist"}},
        "retraction": None,
        "verdict": {"rating": {"key": "true"}},
    }
    assert reader.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert answer["ETag"] != reader.get(f"{V1}claims/{first.pk}/")["ETag"]
    assert results(reader, f"claims/?ids={first.pk}&fields=seq") == [{"seq": 1}]
    assert results(reader, "claimants/?fields=name") == [{"name": "Ingrid Sundqvist"}]
    [whole] = results(reader, f"claims/?ids={first.pk}&fields=claim/*,*/note")
    assert whole["claim"] == newsroom.record_of(first).document()["claim"]
    assert whole.keys() == {"claim", "corrections", "retraction", "evidence"}


def test_without_fields_the_bytes_are_those_of_the_log(reader: Client, two: list[Any]) -> None:
    body = bytes(newsroom.record_of(two[0]).body)
    assert body in reader.get(f"{V1}claims/?ids={two[0].pk}").content
    assert json.loads(body).keys() <= public_fields.RECORD.keys()


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Record", public_fields.RECORD),
        ("Article", public_fields.ARTICLE),
        ("Claimant", public_fields.CLAIMANT),
        ("Source", public_fields.SOURCE),
    ],
)
def test_every_field_of_the_document_can_be_asked_for(name: str, known: Any) -> None:
    assert _names({"$ref": f"#/components/schemas/{name}"}) == known


def _names(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return _names(COMPONENTS[schema["$ref"].rsplit("/", 1)[-1]])
    if "items" in schema:
        return _names(schema["items"])
    found: dict[str, Any] = {}
    for one in schema.get("oneOf", ()):
        found |= _names(one)
    return found | {name: _names(one) for name, one in schema.get("properties", {}).items()}
