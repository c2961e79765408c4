"""Pages of the last second: the same answer without any work, and never for longer than that."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from articles.models import FrontPin, Rating
from articles.selectors.readers.state import published_state
from caching import keys
from readers.claims import pages
from readers.held_pages import kept, middleware
from readers.http import holding
from readers.newsroom.front import READ_SECONDS
from tests import newsroom
from tests.readers.conftest import correct, full

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch, settings):
    """A second that passes when it is told to."""
    settings.PAGE_SECONDS = 1.0
    now = [1000.0]
    monkeypatch.setattr(middleware.time, "monotonic", lambda: now[0])
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


@pytest.mark.parametrize("address", ["/claims/?q=bridge", "/claims/nope/", "/admin/login/", "/claims/{slug}/?x=1"])
def test_only_pages_made_from_records_are_cached(client, people, clock, tables_read, address):
    address = address.format(slug=full(people).slug)
    client.get(address)
    with tables_read() as tables:
        response = client.get(address)
    assert tables or response.headers.get("Set-Cookie") or address == "/admin/login/"
    if address == "/admin/login/":
        assert "csrftoken" in response.cookies


def test_a_list_is_held_under_the_query_that_the_site_gives_it(client, people, clock, tables_read):
    full(people)
    newsroom.published(people, text="Something else")
    own, other = "/claims/?rating=false", "/claims/?rating=false&x=1"
    first = [client.get(address).content for address in (own, other)]
    with tables_read() as tables:
        assert client.get(own).content == first[0]
    assert tables == []
    with tables_read() as tables:
        client.get(other)
    assert "publishedclaim" in tables
    assert client.get("/claims/").content not in first


def test_a_cached_page_is_not_served_to_a_foreign_host(client, people, clock, settings):
    address = reverse("readers:claim", args=[full(people).slug])
    client.get(address)
    assert client.get(address, headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(("is_behind_proxy", "is_again"), [(False, True), (True, False)])
def test_the_scheme_that_a_proxy_names_counts_behind_a_proxy_alone(
    client, people, clock, settings, tables_read, is_behind_proxy, is_again
):
    settings.BEHIND_PROXY = is_behind_proxy
    address = reverse("readers:claim", args=[full(people).slug])
    client.get(address, headers={"x-forwarded-proto": "http"})
    with tables_read() as tables:
        client.get(address, headers={"x-forwarded-proto": "https", "x-forwarded-host": "a.example"})
    assert (tables == []) is is_again


def test_the_page_cache_keeps_no_more_pages_than_allowed(client, people, clock, settings, tables_read):
    settings.PAGE_MEMORY_MB = 15 / 1024  # one page, packed
    claim = full(people)
    first, second = reverse("readers:claim", args=[claim.slug]), reverse("readers:history", args=[claim.slug])
    client.get(first)
    client.get(second)
    caches["pages"].clear()
    with tables_read() as tables:
        client.get(first)
    assert tables == ["publishedclaim"]


def test_a_page_that_is_not_in_memory_is_given_from_disk_without_asking_for_the_claim(people, clock, tables_read):
    claim = full(people)
    address, other = reverse("readers:claim", args=[claim.slug]), reverse("readers:history", args=[claim.slug])
    first, published = Client().get(address), newsroom.published(people, text="Something else")
    clock[0] += 3600
    process = Client()  # with a memory of its own
    process.get(other)
    with tables_read() as tables:
        again = process.get(address)
    assert tables == ["publishedchange"], "what changed since, once"
    assert again.content == first.content
    assert own_headers(again) == own_headers(first)
    with tables_read() as tables:
        process.get(address)
    assert tables == []
    correct(claim, people)
    clock[0] += 2
    process = Client()
    process.get(reverse("readers:claim", args=[published.slug]))
    assert b"We had misread the accounts." in process.get(address).content


@pytest.mark.parametrize(("name", "value"), [("SHARED_CACHE_SECONDS", 77), ("SITE_NAME", "Another Newsroom")])
def test_a_page_on_disk_is_not_given_under_other_settings(people, clock, settings, name, value):
    claim = full(people)
    address, other = reverse("readers:claim", args=[claim.slug]), reverse("readers:history", args=[claim.slug])
    Client().get(address)
    setattr(settings, name, value)
    kept._fingerprint.cache_clear()
    process = Client()
    answers = [process.get(one) for one in (other, address)]
    kept._fingerprint.cache_clear()
    assert answers[0].headers["Cache-Control"] == answers[1].headers["Cache-Control"]
    assert settings.SITE_NAME.encode() in answers[1].content


def test_the_hash_of_settings_is_the_same_in_each_language_and_works_nothing_out(settings):
    settings.A_TEXT = gettext_lazy("Claims")
    settings.AN_ADDRESS = lazy(lambda: 1 / 0, int)()
    settings.A_SET = {"a": {"b", "c", "d"}, "e": (timedelta(days=1), None)}
    found = set()
    for language in ("en", "ru"):
        kept._fingerprint.cache_clear()
        with translation.override(language):
            found.add(kept._fingerprint())
    settings.A_SET = {"e": (timedelta(days=1), None), "a": {"d", "c", "b"}}
    kept._fingerprint.cache_clear()
    found.add(kept._fingerprint())
    assert len(found) == 1
    settings.LOGGING = {"another": 1}  # the worker may have it, which makes pages, too
    kept._fingerprint.cache_clear()
    assert kept._fingerprint() in found
    settings.A_SET = {"a": {"b", "c"}}
    kept._fingerprint.cache_clear()
    assert kept._fingerprint() not in found
    kept._fingerprint.cache_clear()


@pytest.mark.parametrize("path", ["*", "", "//", "claims"])
def test_a_path_of_any_form_gets_an_answer(client, clock, path):
    assert client.get("/", PATH_INFO=path).status_code in (200, 301, 404)


def test_a_page_that_is_gone_from_disk_is_made_again(people, clock):
    claim = full(people)
    address, other = reverse("readers:claim", args=[claim.slug]), reverse("readers:history", args=[claim.slug])
    first = Client().get(address)
    caches["pages"].clear()
    process = Client()
    process.get(other)
    assert process.get(address).content == first.content


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


def held(client, address, clock):
    """The page after it was asked for a second time: from then on it is held until something is published."""
    client.get(address)
    clock[0] += 2
    return client.get(address)


def test_a_page_of_an_hour_ago_is_served_while_nothing_was_published(client, people, clock, tables_read):
    address = reverse("readers:claim", args=[full(people).slug])
    first = held(client, address, clock)
    clock[0] += 3600
    with tables_read() as tables:
        again, once_more = client.get(address), client.get(address)
    assert len(tables) == 1
    assert "publishedclaim" not in tables
    assert again.content == once_more.content == first.content
    assert own_headers(again) == own_headers(first)


def test_a_page_is_served_on_after_a_publication_elsewhere(client, people, clock, tables_read):
    claim = full(people)
    pages = [reverse("readers:claim", args=[claim.slug]), "/topics/Transport/"]
    first = [held(client, address, clock) for address in pages]
    newsroom.published(people, text="Something else")
    clock[0] += 3600
    with tables_read() as tables:
        again = [client.get(address) for address in pages]
    assert len(tables) == 2, "the state, and what changed since"
    assert [own_headers(one) for one in again] == [own_headers(one) for one in first]
    assert [one.content for one in again] == [one.content for one in first]


def test_a_list_is_looked_up_after_each_publication(client, people, clock):
    full(people)
    assert b"Something else" not in held(client, "/claims/", clock).content
    newsroom.published(people, text="Something else")
    clock[0] += 2
    assert b"Something else" in client.get("/claims/").content


def test_what_changed_is_known_from_the_first_look_on(people):
    full(people)
    first = published_state.look(None)
    early = first.state
    claim = newsroom.published(people)
    second = published_state.look(first)
    late = second.state
    assert not second.is_unchanged(early, [keys.claim(claim.pk)])
    assert second.is_unchanged(early, [keys.claim("another")])
    assert not second.is_unchanged(early, []), "a page without keys shows anything"
    assert second.is_unchanged(late, [keys.claim(claim.pk)])
    fresh = published_state.look(None)
    assert not fresh.is_unchanged(early, [keys.claim("another")]), "who knows what changed before"


def test_what_is_known_of_changes_is_bounded(people, monkeypatch):
    full(people)
    monkeypatch.setattr(published_state, "MOST_KEYS", 3)
    look = published_state.look(None)
    newsroom.published(people, text="Something")
    look = published_state.look(look)
    assert len(look.changed) > 3
    look = published_state.look(look)
    assert not look.changed
    assert look.since == look.state.seq


def test_a_correction_is_visible_after_page_seconds_on_a_page_of_an_hour_ago(client, people, clock):
    claim = full(people)
    address = reverse("readers:claim", args=[claim.slug])
    held(client, address, clock)
    clock[0] += 3600
    client.get(address)
    correct(claim, people)
    clock[0] += 1
    assert b"We had misread the accounts." in client.get(address).content


@pytest.mark.parametrize(
    ("due_in", "later", "is_asked_for"), [(None, 900, False), (9, 8, False), (9, 10, True)], ids=str
)
def test_the_day_on_which_a_review_is_due_changes_the_page(
    client, people, clock, tables_read, due_in, later, is_asked_for
):
    """From that day on it says how old the check is."""
    due = due_in and timezone.localdate() + timedelta(days=due_in)
    address = reverse("readers:claim", args=[full(people, recheck_on=due).slug])
    held(client, address, clock)
    clock[0] += later * 24 * 3600 - 3600
    with tables_read() as tables:
        client.get(address)
    assert ("publishedclaim" in tables) is is_asked_for


def test_a_page_on_disk_is_right_as_long_as_the_process_that_made_it_knew(people, clock, tables_read, monkeypatch):
    due = timezone.localdate() + timedelta(days=9)
    claim = full(people, recheck_on=due)
    address, other = reverse("readers:claim", args=[claim.slug]), reverse("readers:history", args=[claim.slug])
    Client().get(address)
    for days, is_asked_for in ((7, False), (10, True)):
        then = (timezone.now() + timedelta(days=days)).timestamp()
        monkeypatch.setattr(kept, "time", SimpleNamespace(time=lambda then=then: then))
        process = Client()
        process.get(other)
        with tables_read() as tables:
            process.get(address)
        assert ("publishedclaim" in tables) is is_asked_for


def test_a_page_on_disk_that_is_still_right_is_not_made_again(people, clock, tables_read, monkeypatch):
    claim = full(people, recheck_on=timezone.localdate() + timedelta(days=9))
    address, other = reverse("readers:claim", args=[claim.slug]), reverse("readers:history", args=[claim.slug])
    first = Client().get(address)
    monkeypatch.setattr(pages, "record_page", None)  # to make the page is an error
    then = (timezone.now() + timedelta(days=10)).timestamp()
    monkeypatch.setattr(kept, "time", SimpleNamespace(time=lambda: then))
    for is_asked_for in (True, False):  # the site, which says so until the page's next day
        process = Client()
        process.get(other)
        with tables_read() as tables:
            assert process.get(address).content == first.content
        assert ("publishedclaim" in tables) is is_asked_for


def test_the_day_ends_at_midnight_where_the_newsroom_is(settings):
    settings.TIME_ZONE = "Asia/Baku"
    left = holding.until(timezone.localdate() + timedelta(days=1))
    assert 0 < left <= 24 * 3600
    assert timezone.localtime(timezone.now() + timedelta(seconds=left - 1)).date() == timezone.localdate()
    assert timezone.localtime(timezone.now() + timedelta(seconds=left + 1)).date() > timezone.localdate()


def test_the_hour_of_summer_time_is_none_of_a_day(settings, monkeypatch):
    settings.TIME_ZONE = "Europe/Berlin"
    monkeypatch.setattr(holding, "now", lambda: datetime(2026, 3, 28, 23, tzinfo=UTC))  # midnight there
    assert holding.until(date(2026, 3, 30)) == 23 * 3600


def test_a_page_from_another_server_is_looked_up(client, people, clock, tables_read, monkeypatch):
    address = reverse("readers:claim", args=[full(people).slug])
    held(client, address, clock)
    clock[0] += 2
    monkeypatch.setattr(published_state, "server", lambda: ("replica", 5432))
    with tables_read() as tables:
        client.get(address)
    assert "publishedclaim" in tables


def test_the_front_page_is_looked_up_now_and_then_for_what_is_most_read(client, people, clock, tables_read):
    full(people)
    client.get("/")
    clock[0] += READ_SECONDS - 1
    with tables_read() as tables:
        client.get("/")
    assert len(tables) == 1
    clock[0] += 2
    with tables_read() as tables:
        client.get("/")
    assert "pagerevision" in tables


@pytest.mark.parametrize("address", ["/healthz", "/admin/login/", "/static/nothing.css"])
def test_nothing_but_a_page_that_is_asked_for_again_looks_at_what_is_published(client, clock, tables_read, address, db):
    with tables_read() as tables:
        for _ in range(3):
            client.get(address)
            clock[0] += 2
    assert [one for one in tables if "socialapp" not in one] == []  # signing in has its own tables


def _pin(people):
    FrontPin.objects.create(
        language="en",
        claim_id=full(people).pk,
        until=timezone.localdate() + timedelta(days=9),
        pinned_by=people.editor,
        pinned_at=timezone.now(),
    )


def _add_rating(_people):
    Rating.objects.filter(key="true", retired_on=None).update(retired_on=timezone.localdate())


@pytest.mark.parametrize("change", [_pin, _add_rating], ids=["a pinned claim", "a changed scale"])
def test_the_state_of_what_is_published_changes_with(people, change):
    full(people)
    before = published_state.current()
    assert published_state.current() == before
    change(people)
    assert published_state.current() != before
