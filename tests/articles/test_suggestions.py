"""Deciding on suggestions: dismissed for good, taken back, made a claim, each once and by whoever may."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from articles.models import Appearance, Article, Change, Claim, Claimant, Dismissal
from articles.selectors import suggestions as listed
from articles.services import suggestions
from articles.services.claims import claims
from articles.services.library import claimants
from lib import checkworthy as pure
from lib.parsing.inexact_dates import InexactDate
from lib.refusals import NotAllowedError
from tests import newsroom
from tests.newsroom import AT, BODY

pytestmark = pytest.mark.django_db
SENTENCE = "It was opened in 2019, she said, and carries 4,000 vehicles a day."


@pytest.fixture
def version(people: SimpleNamespace) -> Any:
    return newsroom.article(people.reporter, url="https://herald.example/bridge").current_version()


def accept(version: Any, people: SimpleNamespace, exact: str = SENTENCE, **words: Any) -> Claim:
    start = version.body.index(exact)
    return suggestions.accept(
        article_version=version, start=start, end=start + len(exact), by=people.reporter, at=AT, **words
    )


def offered(version: Any) -> list[str]:
    return [each.exact for each in listed.of_version(version).offered]


def test_every_sentence_is_listed_once_and_the_best_first(version: Any) -> None:
    listing = listed.of_version(version)
    shown = sorted([*listing.offered, *listing.others], key=lambda each: each.start)
    assert "".join(each.exact for each in shown).replace(" ", "") == BODY.replace("\n", "").replace(" ", "")
    assert [each.score for each in listing.offered] == sorted((each.score for each in listing.offered), reverse=True)
    assert SENTENCE in offered(version)


def test_a_dismissal_is_remembered_in_the_next_text_of_the_article(people: SimpleNamespace, version: Any) -> None:
    row = suggestions.dismiss(article_version=version, exact=SENTENCE, by=people.reporter, at=AT)
    again = suggestions.dismiss(article_version=version, exact=SENTENCE, by=people.checker, at=AT)
    assert again == row
    assert row.created_by == people.reporter
    newer = newsroom.article(people.reporter, body="New lead.\n\n" + BODY, url="https://herald.example/bridge")
    listing = listed.of_version(newer.current_version())
    assert newer.current_version().number == 2
    assert [each.suggestion.exact for each in listing.dismissed] == [SENTENCE]
    assert SENTENCE not in [each.exact for each in listing.offered]


def test_a_dismissal_is_taken_back_and_both_stay_in_the_history(people: SimpleNamespace, version: Any) -> None:
    row = suggestions.dismiss(article_version=version, exact=SENTENCE, by=people.reporter, at=AT)
    suggestions.restore(article=version.article, key=row.key, by=people.checker)
    suggestions.restore(article=version.article, key="\x00" + "x" * 500, by=people.checker)
    assert SENTENCE in offered(version)
    kept = Change.objects.filter(table="articles_dismissal").order_by("id")
    assert [(change.kind, change.actor) for change in kept] == [("insert", people.reporter), ("delete", people.checker)]


def test_a_dismissal_does_not_count_for_another_article(people: SimpleNamespace, version: Any) -> None:
    suggestions.dismiss(article_version=version, exact=SENTENCE, by=people.reporter, at=AT)
    other = newsroom.article(people.reporter, body=f"Elsewhere. {SENTENCE}\n", title="Another")
    assert SENTENCE in offered(other.current_version())


def test_dismissing_a_sentence_that_is_not_in_the_text_is_refused(people: SimpleNamespace, version: Any) -> None:
    with pytest.raises(claims.QuoteNotFoundError):
        suggestions.dismiss(article_version=version, exact="It was never opened.", by=people.reporter, at=AT)
    with pytest.raises(ValidationError):
        suggestions.dismiss(article_version=version, exact="a\x00", by=people.reporter, at=AT)


def test_accepting_a_suggestion_makes_a_draft_with_its_passage(people: SimpleNamespace, version: Any) -> None:
    day = AT.date() - timedelta(days=1)
    words = {"claimant": "Ada Berg", "claimant_role": "Mayor of Lindholm", "claimed_on": day}
    claim = accept(version, people, statement="The bridge carries 4,000 vehicles a day", **words)
    said = ("draft", "The bridge carries 4,000 vehicles a day", InexactDate.from_day(day))
    assert (claim.stage, claim.text, claim.claimed_on) == said
    assert str(claim.claimant) == "Ada Berg, Mayor of Lindholm"
    passage = Appearance.objects.get(claim=claim)
    assert (passage.exact, version.body[passage.start : passage.end]) == (SENTENCE, SENTENCE)
    assert Change.objects.of_claim(claim.pk).values("act").distinct().count() == 1
    listing = listed.of_version(version)
    assert [(each.suggestion.exact, each.appearance.claim) for each in listing.marked] == [(SENTENCE, claim)]
    assert SENTENCE not in [each.exact for each in listing.offered]


def test_accepting_a_suggestion_unchanged_uses_its_words_and_the_known_claimant(
    people: SimpleNamespace, version: Any
) -> None:
    known = claimants.add_claimant(by=people.reporter, at=AT, name="City of Lindholm", kind="organisation")
    claim = accept(version, people, claimant="City of Lindholm", claimant_role="ignored for a known one")
    assert (claim.text, claim.claimant) == (SENTENCE, known)
    assert accept(version, people, "Critics call it too narrow.").claimant is None


def test_accepting_a_suggestion_with_an_ambiguous_name_saves_nothing(version: Any, people: SimpleNamespace) -> None:
    for role in ("mayor", "minister"):
        claimants.add_claimant(by=people.reporter, at=AT, name="Ingrid Sundqvist", role=role)
    with pytest.raises(ValidationError, match="Several claimants") as refused:
        accept(version, people, claimant="ingrid sundqvist")
    assert list(refused.value.message_dict) == ["claimant"]
    assert not Claim.objects.exists()


def test_accepting_a_suggestion_twice_makes_one_claim(people: SimpleNamespace, version: Any) -> None:
    first = accept(version, people)
    with pytest.raises(suggestions.PassageTakenError) as refused:
        accept(version, people)
    assert refused.value.claim == first
    assert Claim.objects.count() == 1


def test_two_sentences_are_merged_into_one_passage(people: SimpleNamespace, version: Any) -> None:
    listing = listed.of_version(version)
    first = listing.find(pure.key(SENTENCE))
    assert first is not None
    following = listing.following(first)
    assert following is not None
    assert following.exact == "Critics call it too narrow."
    assert listing.following(following) is None, "the paragraph ends"
    claim = accept(version, people, version.body[first.start : following.end])
    assert claim.text == f"{SENTENCE} {following.exact}"
    assert {each.suggestion.exact for each in listed.of_version(version).marked} == {SENTENCE, following.exact}


@pytest.mark.parametrize("words", [{"claimant": "x" * 201}, {"statement": "x" * 501}, {"claimant": "a\x00b"}])
def test_a_suggestion_that_cannot_be_stored_leaves_nothing_behind(
    people: SimpleNamespace, version: Any, words: Any
) -> None:
    with pytest.raises(ValidationError):
        accept(version, people, **words)
    assert not Claim.objects.exists()
    assert not Claimant.objects.exists()


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-3, 4), (5, 3), (0, 10_000), (3, 5)])
def test_accepting_a_passage_outside_the_text_is_refused(
    people: SimpleNamespace, version: Any, start: int, end: int
) -> None:
    with pytest.raises(ValidationError):
        suggestions.accept(article_version=version, start=start, end=end, by=people.reporter, at=AT)
    assert not Claim.objects.exists()


def test_deciding_suggestions_without_the_permission_is_refused(people: SimpleNamespace, version: Any) -> None:
    people.colleague.groups.clear()
    outsider = type(people.colleague).objects.get(pk=people.colleague.pk)
    with pytest.raises(NotAllowedError):
        suggestions.dismiss(article_version=version, exact=SENTENCE, by=outsider, at=AT)
    with pytest.raises(NotAllowedError):
        suggestions.restore(article=version.article, key="x", by=outsider)
    with pytest.raises(NotAllowedError):
        suggestions.accept(article_version=version, start=0, end=3, by=outsider, at=AT)
    assert (Dismissal.objects.count(), Claim.objects.count(), Article.objects.count()) == (0, 0, 1)
