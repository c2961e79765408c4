"""Readers paste what they were sent: a message, a claim in other words, an address."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from articles.models import Submission
from tests import newsroom
from tests.readers.test_reports import form_of, text_of

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
TEXT = "Turkish soldiers will serve at the monitoring centre beside Russian ones"


@pytest.fixture
def check(people: SimpleNamespace) -> Any:
    newsroom.article(people.reporter, url="https://herald.example/news/bridge-opens-2019")
    claim = newsroom.published(people, text=TEXT)
    newsroom.published(people, text="The old ferry made twenty trips a day until it was sold")
    return claim


def search(**query: str) -> str:
    answer = Client().get("/claims/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_pasted_message_leads_to_the_check(check: Any) -> None:
    message = (
        "FORWARDED MANY TIMES!! Turkish soldiers will serve beside the Russians at the monitoring centre, they say. "
    )
    for typed in (message, message + "Share before it is deleted. " * 150):
        page = search(q=typed[:5000])
        assert "Says the same" in page
        assert f"/claims/{check.slug}/" in page
        assert "You pasted:" in page
        assert "We searched for the first" not in page
    assert "We searched for the first 20,000 characters" in search(q="word " * 4200)


@pytest.mark.parametrize("typed", [f'"{TEXT} indeed"', f"{TEXT} -bridge", "zeppelin", "-ferry"])
def test_a_search_that_is_meant_to_the_letter_has_no_closest_matches(check: Any, typed: str) -> None:
    assert "Closest matches" not in search(q=typed)


def test_closest_matches_are_not_shown_beside_other_filters(check: Any) -> None:
    assert "Closest matches" not in search(q=f"{TEXT} at last", rating="false")


def test_a_claim_is_listed_once(check: Any) -> None:
    page = search(q="Turkish soldiers monitoring centre")
    assert page.count(f'href="/claims/{check.slug}/"') == 1


@pytest.mark.parametrize("extra", ["", "?utm_source=fb", "#top"])
def test_a_pasted_address_finds_the_checks_of_the_article(check: Any, extra: str) -> None:
    page = search(q=f"https://www.herald.example/news/bridge-opens-2019/{extra}")
    assert "We have checked this article" in page
    assert f"/claims/{check.slug}/" in page


def test_a_pasted_address_finds_the_checks_of_a_source_and_our_own_page(check: Any, settings: Any) -> None:
    source = newsroom.record_of(check).document()["evidence"][0]["source"]["url"]
    assert "Fact checks that cite this address" in search(q=source)
    assert f"/claims/{check.slug}/" in search(q=source)
    assert f'href="/claims/{check.slug}/"' in search(q=f"{settings.SITE_URL}/claims/{check.slug}/?from=app")
    assert "No fact checks match" in search(q="https://nowhere.example/x")


def test_a_suggestion_that_is_checked_already_is_answered_at_once(check: Any, settings: Any) -> None:
    settings.REPORT_MIN_SECONDS = 0
    client = Client()
    data = form_of(client.get("/suggest/")) | {
        "text": f"They say: {TEXT}!",
        "claimant_name": "Ada Berg",
        "reason": "My aunt sent it",
    }
    answered = client.post("/suggest/", data)
    assert answered.status_code == 200
    assert "We have checked this:" in text_of(answered)
    assert f"/claims/{check.slug}/" in answered.content.decode()
    assert "My aunt sent it" in answered.content.decode()
    assert not Submission.objects.exists()
    again = form_of(answered)
    assert again["sent_anyway"] == "1"
    assert client.post("/suggest/", data | again).status_code == 303
    assert Submission.objects.count() == 1
