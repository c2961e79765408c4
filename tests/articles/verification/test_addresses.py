"""The public address of a claim: its rules, and the approval that stays."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Claim, Schedule
from articles.selectors.verification import schedules as selected
from articles.services.claims import claims
from articles.services.errors import GuardsUnmetError, WrongStageError
from articles.services.verification import addresses
from lib.refusals import NotAllowedError, NotNowError, StaleError
from tests import newsroom
from tests.articles.verification.test_schedules import scheduled

pytestmark = pytest.mark.django_db


def choose(claim: Claim, slug: str, by: Any, **given: Any) -> Claim:
    """The claim at another address."""
    values = {"at": timezone.now(), "version": claim.version, **given}
    return addresses.choose_address(claim=claim, slug=slug, by=by, **values)


def test_the_claim_is_published_at_the_chosen_address_without_a_new_approval(people: SimpleNamespace) -> None:
    claim = choose(newsroom.in_stage("approved", people), "bridge-cost", people.editor)
    newsroom.take(claim, "publish", people.editor)
    document = newsroom.record_of(claim).document()
    assert (document["claim"]["slug"], document["claim"]["url"][-20:]) == ("bridge-cost", "/claims/bridge-cost/")


def test_letters_of_every_script_are_accepted(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    for slug in ("қымбат-көпір-12", "köprü", "جسر-ليندهولم", "2020"):
        claim = choose(claim, slug, people.editor)
        assert Claim.objects.get().slug == slug


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("", "Write the last part"),
        ("  ", "Write the last part"),
        ("???", "lower-case letters, digits and single hyphens between words."),
        ("Bridge Cost", "For example: bridge-cost"),
        ("bridge_cost", "For example: bridge-cost"),
        ("bridge--cost-", "For example: bridge-cost"),
        ("a/b", "For example: ab"),
        ("..", "single hyphens"),
        ("word-" * 16 + "end", "Use at most 80 characters; these are 83. For example: word-word"),
    ],
)
def test_what_is_no_address_is_refused_with_what_to_change(slug: str, words: str, people: SimpleNamespace) -> None:
    with pytest.raises(ValidationError) as refused:
        choose(newsroom.in_stage("approved", people), slug, people.editor)
    assert words in refused.value.message_dict["slug"][0]


def test_the_address_of_another_claim_is_refused(people: SimpleNamespace) -> None:
    other, claim = newsroom.draft(people.reporter), newsroom.in_stage("approved", people)
    with pytest.raises(ValidationError, match="Another claim has this address"):
        choose(claim, other.slug, people.editor)
    assert choose(claim, claim.slug, people.editor).version == claim.version


def test_who_may_and_until_when(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    with pytest.raises(NotAllowedError, match="choose the address"):
        choose(claim, "bridge-cost", people.checker)
    with pytest.raises(StaleError):
        choose(claim, "bridge-cost", people.editor, version=claim.version - 1)
    with pytest.raises(WrongStageError, match="once the claim is approved"):
        choose(newsroom.in_stage("review", people), "bridge-cost", people.editor)
    again = newsroom.take(newsroom.published(people), "recheck", people.checker)
    again = newsroom.take(newsroom.take(again, "submit", people.reporter), "approve", people.checker)
    with pytest.raises(NotNowError, match="address is fixed"):
        choose(again, "bridge-cost", people.editor)


def test_a_schedule_keeps_its_approval_and_a_stale_approval_stays_stale(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    scheduled(claim, people.editor)
    claim = choose(claim, "bridge-cost", people.editor)
    assert not selected.is_stale(Claim.objects.get(), Schedule.objects.get())
    claim = claims.edit(claim=claim, by=people.reporter, at=newsroom.AT, version=claim.version, topics=["bridges"])
    claim = choose(claim, "bridge", people.editor)
    assert selected.is_stale(Claim.objects.get(), Schedule.objects.get())
    with pytest.raises(GuardsUnmetError, match="needs a new approval"):
        newsroom.take(claim, "publish", people.editor)


def test_who_chose_the_address_has_not_edited_the_content(people: SimpleNamespace) -> None:
    claim = choose(newsroom.in_stage("approved", people), "bridge-cost", people.editor)
    claim = newsroom.take(claim, "send_back", people.checker, comment="One more source.")
    claim = newsroom.take(claim, "submit", people.reporter)
    assert newsroom.take(claim, "approve", people.editor).stage == "approved"
