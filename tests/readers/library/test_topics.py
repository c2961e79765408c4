"""Topics: the list, a topic's own page, and what the front page says checks are about of late."""

from urllib.parse import urljoin

import pytest
from django.db.models import F
from django.urls import reverse

from articles.models import Claim
from articles.selectors.readers import topics
from tests import newsroom
from tests.readers.conftest import LATER, full, page, publish, words

pytestmark = pytest.mark.django_db


def test_the_topics_page_lists_every_topic_with_its_number_of_claims(client, people):
    full(people, topics=["Water", "élan"])
    newsroom.published(people, text="A second claim", topics=["Water"])
    document = page(client, reverse("readers:topics"))
    assert [words(link) for link in document.xpath("//ul[@class='chips']//a")] == ["Water 2", "élan 1"]


@pytest.mark.parametrize(
    "topic",
    [
        *("Transport", "Oil/Gas & more?", "الطاقة الشمسية", "100%"),
        *(".", "..", "~..", "...", "Roads/../Rail/.", "../..", "%2e"),
    ],
)
def test_a_topic_with_any_name_has_a_page(client, people, topic):
    claim = full(people, topics=[topic])
    listed = page(client, reverse("readers:topics")).xpath("//ul[@class='chips']//a/@href")
    assert urljoin("https://facts.example/", listed[0]) == f"https://facts.example{listed[0]}", "as browsers ask for it"
    document = page(client, listed[0])
    assert words(document.xpath("//h1")[0]) == topic
    for feed in document.xpath("//link[@type='application/atom+xml']/@href"):
        assert claim.text in client.get(urljoin("https://facts.example/", feed)).content.decode()
    assert claim.text in words(document)
    assert words(document.xpath("//table[@class='balance']//tbody")[0]) == "False 1"


@pytest.mark.parametrize("typed", ["Oil\nand gas", "Oil\u2028and gas", "Oil\x0band gas"])
def test_line_breaks_in_a_topic_become_blanks(people, typed):
    assert newsroom.draft(people.reporter, topics=[typed]).topics == ["Oil and gas"]


def test_a_topic_of_two_lines_in_an_earlier_releases_record_breaks_no_page(client, people):
    claim = newsroom.complete(people.reporter)
    Claim.objects.filter(pk=claim.pk).update(topics=["Oil\nand gas"], version=F("version") + 1)
    claim = publish(Claim.objects.get(pk=claim.pk), people)
    for address in ("/", "/sitemaps/topics.xml", reverse("readers:claim", args=[claim.slug])):
        assert client.get(address).status_code == 200, address
    listed = page(client, reverse("readers:topics")).xpath("//ul[@class='chips']//a/@href")
    assert claim.text in words(page(client, listed[0]))


def test_a_topic_that_no_claim_has_is_not_found(client, people):
    full(people)
    page(client, reverse("readers:topic", args=["Nothing"]), status=404)
    page(client, reverse("readers:topic", args=["transport"]), status=404)


def test_a_claim_page_links_to_its_topics(client, people):
    document = page(client, reverse("readers:claim", args=[full(people).slug]))
    assert reverse("readers:topic", args=["Transport"]) in document.xpath("//main//a/@href")


def test_recent_topics_count_the_newest_claims_that_are_not_retracted(people, monkeypatch):
    newsroom.published(people, text="An old claim", topics=["Old"])
    for n in range(2):
        newsroom.published(people, text=f"A claim about water {n}", topics=["Water"])
    gone = newsroom.published(people, text="A claim about bread", topics=["Bread"])
    newsroom.take(gone, "retract", people.editor, at=LATER, comment="We were wrong.")
    assert [(t.name, t.count) for t in topics.lately(5)] == [("Water", 2), ("Old", 1)]
    monkeypatch.setattr(topics, "LATELY", 2)
    assert [(t.name, t.count) for t in topics.lately(5)] == [("Water", 2)]
