"""A month, a very old year and an origin, from each door of the desk to the readers' pages."""

import json
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from articles import text
from articles.models import Claim, PublishedClaim
from lib.parsing.inexact_dates import InexactDate
from tests import newsroom
from tests.desk import pages
from tests.readers.conftest import full, page, words

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def test_readers_see_a_month_as_a_month(client: Client, people: SimpleNamespace) -> None:
    claim = full(people, claimed_on="2019-11")
    assert newsroom.record_of(claim).document()["claim"]["claimed_on"] == "2019-11"
    shown = page(client, reverse("readers:claim", args=[claim.slug]))
    assert "November 2019" in words(shown.xpath("//p[@class='byline']")[0])
    assert shown.xpath("//p[@class='byline']/time/@datetime") == ["2019-11"]
    [review] = shown.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(review)["itemReviewed"]["datePublished"] == "2019-11"
    assert PublishedClaim.objects.get(pk=claim.pk).claimed_on == InexactDate("2019-11")


@pytest.mark.parametrize(
    ("language", "month", "year"),
    [
        ("en", "November 2019", "2019"),
        ("ru", "ноябрь 2019", "2019"),
        ("tr", "Kasım 2019", "2019"),
        ("az", "noyabr 2019", "2019"),
        ("hy", "2019 թ. նոյեմբեր", "2019"),
        ("ar", "نوفمبر 2019", "2019"),
    ],
)
def test_a_month_is_written_as_the_language_does(language: str, month: str, year: str) -> None:
    with override(language):
        assert (text.long_date("2019-11"), text.long_date("2019")) == (month, year)


def test_a_month_and_an_origin_are_saved_on_the_claims_page(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    said = {"claimed_on": "2019-11", "origin_kind": "video", "origin_url": "https://video.example/9"}
    answer = pages.save(pages.signed_in(people.reporter), pages.page_of(claim), **said)
    assert answer.status_code == 302
    claim = Claim.objects.get(pk=claim.pk)
    assert {name: str(getattr(claim, name)) for name in said} == said


def test_a_very_old_date_is_confirmed_with_a_tick(people: SimpleNamespace) -> None:
    claim, reporter = newsroom.in_stage("checking", people), pages.signed_in(people.reporter)
    asked = pages.save(reporter, pages.page_of(claim), claimed_on="1755-11")
    assert asked.status_code == 200
    assert "is before 1800" in asked.content.decode()
    assert Claim.objects.get(pk=claim.pk).claimed_on is None
    taken = pages.save(reporter, pages.page_of(claim), claimed_on="1755-11", confirm_old_date="on")
    assert taken.status_code == 302
    assert str(Claim.objects.get(pk=claim.pk).claimed_on) == "1755-11"


def test_readers_see_the_origin_and_follow_its_address(client: Client, people: SimpleNamespace) -> None:
    claim = full(people, origin="The evening news", origin_kind="broadcast", origin_url="https://radio.example/7")
    document = newsroom.record_of(claim).document()["claim"]
    assert (document["origin_kind"], document["origin_url"]) == ("broadcast", "https://radio.example/7")
    [origin] = page(client, reverse("readers:claim", args=[claim.slug])).xpath("//p[@class='origin']")
    assert words(origin) == "Broadcast · radio.example"
    assert origin.xpath(".//a/@href") == ["https://radio.example/7"]
