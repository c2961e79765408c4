"""Claims' pages that the worker makes before a reader asks: which ones, how many, and that readers are given them."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from articles.models import Claim, PublishedClaim
from articles.services import pages_ahead
from readers.held_pages import kept
from tests import newsroom
from tests.readers import conftest
from tests.readers.conftest import correct, full

pytestmark = pytest.mark.django_db
tables_read = conftest.tables_read


@pytest.fixture(autouse=True)
def _disk(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that has just started, beside an empty disk."""
    pages = {"BACKEND": "caching.disk_pages.DiskPages", "LOCATION": tmp_path, "OPTIONS": {"MAX_MB": 64}}
    settings.CACHES = {**settings.CACHES, "pages": pages}
    settings.PAGE_SECONDS, settings.SITE_URL, settings.ALLOWED_HOSTS = 1.0, "http://facts.example", ["facts.example"]
    monkeypatch.setattr(pages_ahead, "_PROGRESS", pages_ahead._Progress())
    kept._fingerprint.cache_clear()
    pages_ahead._site.cache_clear()


def made(seconds: float = 60) -> int:
    said = pages_ahead.make_pages(seconds=seconds)
    assert said.endswith(" pages made or found"), said
    return int(said.split()[0])


def address(claim: Claim | PublishedClaim) -> str:
    return reverse("readers:claim", args=[claim.slug])


def process(other: Claim, **more: Any) -> Client:
    """A web process that has just started, and made the page of the other claim: so it knows where pages are."""
    client = Client(HTTP_HOST="facts.example", **more)
    client.get(address(other))
    return client


def test_a_page_that_was_made_ahead_is_given_as_the_site_would_make_it(
    people: SimpleNamespace, tables_read: Any
) -> None:
    claim, other = full(people), newsroom.published(people, text="Another one")
    assert made() == 2
    client = process(other)
    with tables_read() as tables:
        given = client.get(address(claim))
    assert "publishedclaim" not in tables
    caches["pages"].clear()
    fresh = Client(HTTP_HOST="facts.example").get(address(claim))
    assert given.content == fresh.content
    assert {**given.headers, "X-Request-ID": ""} == {**fresh.headers, "X-Request-ID": ""}


def test_new_claims_and_new_records_come_first_and_each_once(people: SimpleNamespace) -> None:
    for number in range(4):
        newsroom.published(people, text=f"Claim {number}")
    assert made(seconds=1e-9) == 1, "the time is over after the first one"
    assert made(seconds=1e-9) == 1
    correct(full(people), people)
    assert pages_ahead._PROGRESS.newest < PublishedClaim.objects.latest("record_id").record_id
    assert made(seconds=1e-9) == 1
    assert pages_ahead._PROGRESS.newest == PublishedClaim.objects.latest("record_id").record_id
    assert made() == 2
    assert made() == 0
    newsroom.published(people, text="One more")
    assert made() == 1


def test_no_more_is_made_than_there_is_room_for_and_the_newest_have_it(
    people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = [newsroom.published(people, text=f"Claim {number}") for number in range(4)]
    monkeypatch.setattr(pages_ahead, "_PAGE", 64 * 1024 * 1024 * pages_ahead.MOST / 2)
    assert made() == 2
    assert pages_ahead._PROGRESS.oldest == PublishedClaim.objects.get(pk=claims[2].pk).record_id
    newsroom.published(people, text="A new one")
    assert made() == 1, "what is new is asked for soon: it takes the place of what is old"


def test_a_page_behind_a_proxy_is_the_one_that_readers_ask_for(
    people: SimpleNamespace,
    settings: Any,
    tables_read: Any,
) -> None:
    settings.BEHIND_PROXY, settings.SITE_URL = True, "https://facts.example"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    kept._fingerprint.cache_clear()
    claim, other = full(people), newsroom.published(people, text="Another one")
    made()
    client = process(other, HTTP_X_FORWARDED_PROTO="https")
    with tables_read() as tables:
        assert client.get(address(claim)).status_code == 200
    assert "publishedclaim" not in tables


def test_the_log_tells_nothing_of_such_requests(
    people: SimpleNamespace, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    settings.LOG_REQUESTS = True
    full(people)
    caplog.set_level("DEBUG", logger="factcheck.requests")
    assert made() == 1
    assert caplog.records == []
    Client(HTTP_HOST="facts.example").get("/")
    assert len(caplog.records) == 1, "that of a reader"


@pytest.mark.parametrize("what", ["no seconds", "no page seconds", "another cache"])
def test_nothing_is_made_where_it_would_not_be_kept(people: SimpleNamespace, settings: Any, what: str) -> None:
    full(people)
    if what == "no page seconds":
        settings.PAGE_SECONDS = 0.0
    if what == "another cache":
        settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert pages_ahead.make_pages(seconds=0 if what == "no seconds" else 1) == "Pages are not made ahead"


def test_an_answer_that_is_no_page_is_told_and_does_not_stop_the_others(people: SimpleNamespace, settings: Any) -> None:
    full(people)
    newsroom.published(people, text="Another one")
    settings.ALLOWED_HOSTS = ["elsewhere.example"]
    assert pages_ahead.make_pages(seconds=60) == "0 pages made or found, 2 answered otherwise"


def test_while_the_database_is_away_no_page_counts_as_made(
    people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    full(people)
    with monkeypatch.context() as away:
        away.setattr(pages_ahead, "_status", lambda _address: 503)
        assert pages_ahead.make_pages(seconds=60) == "The database is away"
    assert made() == 1
