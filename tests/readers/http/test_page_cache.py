"""Pages of the last second: the same answer without any work, and never for longer than that."""

import pytest
from django.urls import reverse

from readers.http import page_cache
from tests.readers.conftest import correct, full

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch, settings):
    """A second that passes when it is told to."""
    settings.PAGE_SECONDS = 1.0
    now = [1000.0]
    monkeypatch.setattr(page_cache.time, "monotonic", lambda: now[0])
    return now


def own_headers(answer):
    """The headers without the one that names the request."""
    return {name: value for name, value in answer.items() if name != "X-Request-ID"}


def test_a_cached_page_is_served_without_a_query_with_all_headers(client, people, clock, tables_read):
    address = reverse("readers:claim", args=[full(people).slug])
    first = client.get(address)
    with tables_read() as tables:
        second = client.get(address)
    assert tables == []
    assert second.content == first.content
    assert own_headers(second) == own_headers(first)
    assert "Content-Security-Policy" in second.headers


def test_a_correction_is_visible_after_page_seconds(client, people, clock):
    claim = full(people)
    address = reverse("readers:claim", args=[claim.slug])
    client.get(address)
    correct(claim, people)
    assert b"We had misread the accounts." not in client.get(address).content
    clock[0] += 1
    assert b"We had misread the accounts." in client.get(address).content


@pytest.mark.parametrize("address", ["/methodology/", "/claims/nope/", "/admin/login/", "/claims/{slug}/?x=1"])
def test_only_pages_made_from_records_are_cached(client, people, clock, tables_read, address):
    address = address.format(slug=full(people).slug)
    client.get(address)
    with tables_read() as tables:
        response = client.get(address)
    assert tables or response.headers.get("Set-Cookie") or address == "/admin/login/"
    if address == "/admin/login/":
        assert "csrftoken" in response.cookies


def test_a_cached_page_is_not_served_to_a_foreign_host(client, people, clock, settings):
    address = reverse("readers:claim", args=[full(people).slug])
    client.get(address)
    assert client.get(address, headers={"host": "evil.example"}).status_code == 400


def test_the_page_cache_keeps_no_more_pages_than_allowed(client, people, clock, monkeypatch, tables_read):
    monkeypatch.setattr(page_cache, "PAGES", 1)
    claim = full(people)
    first, second = reverse("readers:claim", args=[claim.slug]), reverse("readers:history", args=[claim.slug])
    client.get(first)
    client.get(second)
    with tables_read() as tables:
        client.get(first)
    assert tables == ["publishedclaim"]


def test_a_matching_etag_is_answered_304_from_the_cache_without_a_query(client, people, clock, tables_read):
    address = reverse("readers:claim", args=[full(people).slug])
    etag = client.get(address).headers["ETag"]
    clock[0] += 1
    own = client.get(address, headers={"if-none-match": etag})
    client.get(address)
    with tables_read() as tables:
        again = client.get(address, headers={"if-none-match": etag})
    assert tables == []
    assert (own.status_code, again.status_code) == (304, 304)
    assert again.content == b""
    given = own_headers(own)
    assert own_headers(again) == {name: value for name, value in given.items() if name != "Content-Length"}
    assert client.get(address, headers={"if-none-match": '"another"'}).status_code == 200
