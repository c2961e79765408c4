"""Searches with many matches: what a process found is given again until a publication may change it."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from articles.selectors.readers import facets, published, search_results
from articles.selectors.readers.claim_filters import Filters
from articles.selectors.readers.search_results import Found
from tests import newsroom
from tests.readers.conftest import correct, full

pytestmark = pytest.mark.django_db

Search = Callable[..., tuple[Found, bool]]


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch) -> Search:
    """``search(words)``: what is found, and whether it was counted for that. Two matches are many here."""
    monkeypatch.setattr(facets, "MANY", 1)

    def found(words: str, **more: Any) -> tuple[Found, bool]:
        with CaptureQueriesContext(connections["readers"]) as captured:
            page = search_results.find(Filters(q=words), **{"sort": "relevance", "head": published.head()} | more)
        return page, any("GROUPING SETS" in query["sql"] for query in captured)

    return found


def statements(page: Found) -> set[str]:
    return {row.text for row in page.rows}


def test_a_search_is_counted_once_until_a_claim_with_its_words_is_published(
    people: SimpleNamespace, search: Search
) -> None:
    made = [newsroom.published(people, text=f"The {what} tram was late", rating="true") for what in ("red", "blue")]
    first, is_counted = search("tram")
    assert is_counted
    for _ in range(2):
        newsroom.published(people, text="Bread was dear")
        again, is_counted = search("tram")
        assert not is_counted
        assert again.facets == first.facets
        assert [row.text for row in again.rows] == [row.text for row in first.rows]
    newer = newsroom.published(people, text="The old tram was early", rating="true")
    third, is_counted = search("tram")
    assert is_counted
    assert statements(third) == {newer.text, *(claim.text for claim in made)}
    assert third.facets.total == 3
    assert dict(third.facets.rating) == {"true": 3}
    assert not search("tram")[1]


def test_a_claim_that_is_published_again_may_have_had_the_words_before(people: SimpleNamespace, search: Search) -> None:
    for what in ("red", "blue"):
        newsroom.published(people, text=f"The {what} tram was late")
    changed = full(people)
    before, _ = search("tram")
    correct(changed, people)
    after, is_counted = search("tram")
    assert is_counted
    assert statements(after) == statements(before)


def test_a_page_further_on_and_other_filters_are_searches_of_their_own(people: SimpleNamespace, search: Search) -> None:
    for what in ("red", "blue", "green"):
        newsroom.published(people, text=f"The {what} tram was late")
    first, _ = search("tram", size=2)
    second, is_counted = search("tram", size=2, cursor=first.next)
    assert is_counted
    assert len(statements(first) | statements(second)) == 3
    again, is_counted = search("tram", size=2, cursor=first.next)
    assert not is_counted
    assert statements(again) == statements(second)


def test_a_server_that_is_behind_is_asked_itself(people: SimpleNamespace, search: Search) -> None:
    for what in ("red", "blue"):
        newsroom.published(people, text=f"The {what} tram was late")
    search("tram")
    head = published.head()
    assert search("tram", head=replace(head, seq=head.seq - 1))[1]


@pytest.mark.parametrize("change", [{"merges": 7}, {"epoch": UUID(int=7)}])
def test_a_merge_or_a_restored_log_begins_anew(people: SimpleNamespace, search: Search, change: Any) -> None:
    for what in ("red", "blue"):
        newsroom.published(people, text=f"The {what} tram was late")
    search("tram")
    assert search("tram", head=replace(published.head(), **change))[1]


def test_a_search_with_few_matches_is_made_each_time(people: SimpleNamespace, search: Search) -> None:
    newsroom.published(people, text="The tram was late")
    assert search("tram")[1]
    assert search("tram")[1]
