"""Taking a submitted claim back from review: by who submitted it, and by nobody else."""

from types import SimpleNamespace

import pytest

from articles.models import Change, Claim
from articles.selectors.verification import changes_since, sent_back
from articles.services.errors import GuardsUnmetError, WrongStageError
from tests import newsroom
from tests.desk import pages

pytestmark = pytest.mark.django_db


def test_who_submitted_a_claim_takes_it_back_and_the_history_says_so(people: SimpleNamespace) -> None:
    claim = newsroom.take(newsroom.in_stage("review", people), "recall", people.reporter)
    assert claim.stage == "checking"
    last = Change.objects.filter(claim_id=claim.pk, table="articles_claim").latest("id")
    assert (last.actor, last.before["stage"], last.after["stage"]) == (people.reporter, "review", "checking")


def test_nobody_else_takes_it_back_not_even_its_author(people: SimpleNamespace) -> None:
    claim = newsroom.take(newsroom.complete(people.reporter), "submit", people.colleague)
    for other in (people.reporter, people.checker, people.editor):
        with pytest.raises(GuardsUnmetError, match="Only the person who submitted"):
            newsroom.take(claim, "recall", other)
    assert newsroom.take(claim, "recall", people.colleague).stage == "checking"


def test_the_last_submission_counts(people: SimpleNamespace) -> None:
    claim = newsroom.take(newsroom.in_stage("review", people), "recall", people.reporter)
    claim = newsroom.take(claim, "submit", people.colleague)
    with pytest.raises(GuardsUnmetError):
        newsroom.take(claim, "recall", people.reporter)


def test_what_was_taken_back_was_not_sent_back(people: SimpleNamespace) -> None:
    claim = newsroom.take(newsroom.in_stage("review", people), "recall", people.reporter)
    assert sent_back.sent_back_claims([claim]) == {}
    assert changes_since.moments(claim) == []
    assert "Sent back by" not in pages.text_of(pages.signed_in(people.reporter).get(pages.page_of(claim)))
    claim = newsroom.take(newsroom.take(claim, "submit", people.reporter), "send_back", people.checker, comment="Why?")
    assert set(sent_back.sent_back_claims([claim])) == {claim.pk}
    assert [moment.words for moment in changes_since.moments(claim)] == ["Why?"]


def test_an_approved_claim_is_not_taken_back(people: SimpleNamespace) -> None:
    with pytest.raises(WrongStageError):
        newsroom.take(newsroom.in_stage("approved", people), "recall", people.reporter)


def test_the_button_is_on_the_page_of_who_submitted_it_alone(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("review", people)
    for person, is_there in ((people.reporter, True), (people.checker, False)):
        page = pages.signed_in(person).get(pages.page_of(claim))
        assert (b'value="recall"' in page.content) is is_there
    pages.press(pages.signed_in(people.reporter), claim, "recall")
    assert Claim.objects.get().stage == "checking"
