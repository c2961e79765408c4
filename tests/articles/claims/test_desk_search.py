"""The desk's search: where words are found, typing errors, words that are in very many claims."""

from types import SimpleNamespace

import pytest

from articles.models import Claim
from articles.selectors.claims import desk_search, excerpts
from articles.services.collaboration import comments
from tests import newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(people: SimpleNamespace) -> Claim:
    """A claim with words in every place, and another one that has none of them."""
    newsroom.draft(people.reporter, text="Ferries are slow")
    claim = newsroom.complete(people.reporter, text="Mesleki eğitim öğrencileri Kəlbəcər yolunda")
    newsroom.propose(claim, people.reporter, summary="Ministerial decree of autumn settles it.")
    comments.write(claim=claim, text="Ask the ombudsman about gravel.", by=people.editor, at=newsroom.AT)
    return Claim.objects.get(pk=claim.pk)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("mesleki", "statement"),
        ("mesles", "statement"),
        ("kelbecer", "statement"),
        ("KƏLBƏCƏR", "statement"),
        ("herald", "article"),
        ("heralt", "article"),
        ("decree", "summary"),
        ("ministrial", "summary"),
        ("figure", "explanation"),
        ("ombudsman", "comment"),
        ("omudsman", "comment"),
        ("12", "passage"),
        ("page 4", "evidence"),
        ("city of lindholm", "source"),
    ],
)
def test_words_are_found_where_they_are(claim: Claim, query: str, place: str) -> None:
    found = desk_search.search(query)
    assert claim.pk in found.ids
    reason = desk_search.reasons(found.words, found.ids)[claim.pk]
    assert reason.key == place
    assert any(is_hit for _words, is_hit in excerpts.excerpt(reason.text, found.words))


def test_words_of_different_places_find_together_and_a_missing_one_finds_nothing(claim: Claim) -> None:
    assert desk_search.search("mesleki ombudsman herald").ids == [claim.pk]
    assert desk_search.search("mesleki zeppelin").ids == []
    assert desk_search.search("").ids == desk_search.search("… — !").ids == []


def test_a_summary_that_was_replaced_is_not_found(claim: Claim, people: SimpleNamespace) -> None:
    newsroom.propose(claim, people.reporter, summary="Something else altogether.")
    assert desk_search.search("decree").ids == []


def test_a_removed_comment_is_not_found(claim: Claim, people: SimpleNamespace) -> None:
    comments.remove(comment=claim.comments.get(), by=people.editor, at=newsroom.AT)
    assert desk_search.search("ombudsman").ids == []


def test_tags_of_an_explanation_are_no_words(claim: Claim) -> None:
    assert "<p>" in claim.verdicts.latest("pk").explanation_html
    assert desk_search.search("blockquote").ids == []


def test_the_exact_word_comes_before_one_like_it(claim: Claim, people: SimpleNamespace) -> None:
    like = newsroom.draft(people.reporter, text="Meslek lisesi")
    assert desk_search.search("meslek").ids[0] == like.pk


def test_words_that_are_everywhere_are_looked_for_in_what_the_others_found(
    claim: Claim, people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_search, "FREQUENT", 2)
    made = [newsroom.draft(people.reporter, text=f"The harbour of town {n}") for n in range(6)]
    rare = newsroom.draft(people.reporter, text="The harbour has a lighthouse")
    assert desk_search.search("harbour lighthouse").ids == [rare.pk]
    everywhere = desk_search.search("harbour town")
    assert everywhere.is_partial
    assert set(everywhere.ids) <= {one.pk for one in made}
    assert everywhere.ids


def test_more_words_than_are_looked_for_are_named() -> None:
    found = desk_search.search("one two three four five six seven eight")
    assert found.unread == ["seven", "eight"]


@pytest.mark.parametrize("query", ["\x00", "'; DROP TABLE x --", "%", "a" * 20_000, "ж " * 5_000, "\\z(", "\U0001f600"])
def test_strange_queries_find_nothing_and_are_no_error(query: str, claim: Claim) -> None:
    assert desk_search.search(query).ids == []
