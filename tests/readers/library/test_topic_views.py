"""Most-read topics: what counts as reading, how it is added up, and that nothing about readers is kept."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse

from articles.models import TopicReading
from articles.selectors.readers import topics
from articles.services.library import topic_views
from readers.held_pages import middleware
from tests import newsroom
from tests.readers.conftest import LATER, full, page, words

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
BROWSER = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "User-Agent": "Mozilla/5.0 Firefox/140.0"}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A moment that passes when it is told to."""
    moment = [NOON]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment[0])
    return moment


def minutes() -> dict[str, int]:
    """What was written down, of all days together."""
    found = Counter()
    for row in TopicReading.objects.all():
        found[row.topic] += row.minutes
    return dict(found)


def finish(clock, seconds: int = 61) -> None:
    """Time passes, and some request ends."""
    clock[0] += timedelta(seconds=seconds)
    Client().get("/healthz")


def opened(client, claim, **headers):
    return client.get(reverse("readers:claim", args=[claim.slug]), headers=BROWSER | headers)


def test_a_page_view_counts_once_a_minute_for_each_topic(client, people, clock):
    claim = full(people, topics=["Water", "Budget"])
    other = newsroom.published(people, text="Another claim about water", topics=["Water"])
    for one in (claim, claim, other):
        opened(client, one)
    assert minutes() == {}, "it is gathered first"
    finish(clock)
    assert minutes() == {"Water": 2, "Budget": 1}
    opened(client, claim)
    finish(clock)
    assert minutes() == {"Water": 3, "Budget": 2}
    assert TopicReading.objects.filter(day=DAY).count() == 2


def test_cached_and_304_answers_count_as_topic_views(client, people, clock, settings, monkeypatch):
    settings.PAGE_SECONDS = 3600.0
    monkeypatch.setattr(middleware.time, "monotonic", lambda: 5.0)
    claim = full(people)
    tag = opened(client, claim).headers["ETag"]
    for headers in ({}, {"If-None-Match": tag}, {"If-None-Match": '"another", ' + tag}):
        finish(clock)
        before = minutes().get("Transport", 0)
        opened(client, claim, **headers)
        finish(clock)
        assert minutes()["Transport"] == before + 1, headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Dest": ""},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "WhatsApp link preview"},
    ],
)
def test_bots_errors_and_prefetches_are_no_topic_views(client, people, clock, headers):
    opened(client, full(people), **headers)
    finish(clock)
    assert minutes() == {}


def test_only_claim_pages_count_topic_views(client, people, clock):
    claim = full(people)
    embed = reverse("readers:embed", args=[claim.slug])
    for address in ("/", reverse("readers:topic", args=["Transport"]), "/claims/nope/", embed, "/healthz"):
        client.get(address, headers=BROWSER)
    client.head(reverse("readers:claim", args=[claim.slug]), headers=BROWSER)
    finish(clock)
    assert minutes() == {}


def test_topic_views_store_only_topic_day_and_minutes():
    assert [field.name for field in TopicReading._meta.get_fields()] == ["id", "day", "topic", "minutes"]


def test_counting_topic_views_adds_no_query_to_a_page(client, people, tables_read):
    claim = full(people)
    opened(client, claim)
    with tables_read() as read_by_nobody:
        client.get(reverse("readers:claim", args=[claim.slug]))
    with tables_read() as read_by_somebody:
        opened(client, claim)
    assert read_by_somebody == read_by_nobody == ["publishedclaim"]


def test_topic_views_of_old_days_are_deleted(clock):
    old = TopicReading.objects.create(day=DAY - timedelta(days=31), topic="Water", minutes=9)
    kept = TopicReading.objects.create(day=DAY - timedelta(days=30), topic="Water", minutes=9)
    topic_views.COUNTER.note("page", ["Water"], at=clock[0])
    finish(clock)
    assert not TopicReading.objects.filter(pk=old.pk).exists()
    assert TopicReading.objects.filter(pk=kept.pk).exists()


def test_a_failed_write_of_topic_views_does_not_disturb_readers(client, people, clock, monkeypatch, caplog):
    claim = full(people)
    opened(client, claim)
    clock[0] += timedelta(seconds=61)
    monkeypatch.setattr(topic_views, "_ADD", "INSERT INTO articles_nowhere VALUES (%s, %s, %s)")
    assert opened(client, claim).status_code == 200
    assert "could not be written down" in caplog.text


def test_a_view_before_midnight_counts_for_its_own_day(clock, settings):
    settings.TIME_ZONE = "Asia/Baku"
    clock[0] = datetime(2026, 3, 2, 19, 59, 30, tzinfo=UTC)
    topic_views.COUNTER.note("page", ["Water"], at=clock[0])
    finish(clock)
    assert [(row.day, row.minutes) for row in TopicReading.objects.all()] == [(DAY, 1)]


def read(topic: str, count: int, *, ago: int = 0) -> None:
    TopicReading.objects.create(day=DAY - timedelta(days=ago), topic=topic, minutes=count)


def test_most_read_topics_sum_a_week_and_leave_out_topics_without_claims(people):
    for topic in ("Water", "Bread", "Oil", "Gone"):
        claim = newsroom.published(people, text=f"A claim about {topic}", topics=[topic])
    newsroom.take(claim, "retract", people.editor, at=LATER, comment="We were wrong.")
    read("Water", 2)
    read("Water", 2, ago=6)
    read("Bread", 3)
    read("Oil", 50, ago=7)
    read("Gone", 80)
    read("Renamed since", 90)
    assert topics.most_read(5, today=DAY) == ["Water", "Bread"]
    assert topics.most_read(1, today=DAY) == ["Water"]


def test_the_front_page_shows_most_read_topics_when_there_are_enough(client, people, clock):
    for topic in ("Water", "Bread", "Oil"):
        newsroom.published(people, text=f"A claim about {topic}", topics=[topic])
    read("Water", 2)
    read("Bread", 3)
    document = page(client, "/")
    assert "Most-read topics" not in words(document)
    assert document.xpath("//section[@aria-labelledby='topics']//span[@class='n']"), "recent topics are counted"
    read("Oil", 7)
    newsroom.published(people, text="A new claim")  # a new head of the log: nothing is kept from before
    document = page(client, "/")
    assert [words(item) for item in document.xpath("//section[@aria-labelledby='topics']//ul/li")] == [
        "Oil",
        "Bread",
        "Water",
    ]
    assert document.xpath("//section[@aria-labelledby='topics']//ul//a/@href")[0] == reverse(
        "readers:topic", args=["Oil"]
    )


def test_the_front_pages_etag_changes_with_the_most_read_topics(client, people):
    for topic in ("Water", "Bread", "Oil"):
        newsroom.published(people, text=f"A claim about {topic}", topics=[topic])
        read(topic, 3)
    before = client.get("/").headers["ETag"]
    assert client.get("/").headers["ETag"] == before
    read("Oil", 7, ago=1)
    cache.clear()
    caches["pages"].clear()
    assert client.get("/").headers["ETag"] != before
