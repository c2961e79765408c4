"""A checker's day: from the inbox to a review; figures ticked, words commented on, a send-back, an approval."""

from types import SimpleNamespace

import pytest

from articles.models import Address, Change, Claim, Comment, Tick
from articles.selectors.verification import statements
from tests import newsroom
from tests.articles.verification.test_review import in_review
from tests.journeys.desk.conftest import SignIn, lived_with
from tests.journeys.desk.hands import Hands, Keyboard
from tests.sizes import sized

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
SENTENCE = "It cost 11,800 of 86,600 crowns, or 13.6 percent."


def tick_all_but_one(hands: Hands, total: int) -> None:
    hands.page.wait_for_selector(".review-row.is-current")  # the page's keys work from then on
    hands.act("t", "#review-items .review-row >> nth=0")
    for number in range(1, total):  # a tick leads to the next one
        hands.act("Space", "#review-items .review-row:not(.is-ticked) .review-tick >> nth=0")
        hands.page.wait_for_selector(f"#review-ticked:text-is('{number}')")
    hands.picture()


def comment_on_words(hands: Hands) -> None:
    hands.select_words("[data-part=explanation]", SENTENCE, steps="s s s")
    hands.act("w", "#review-comment-button")
    hands.page.wait_for_selector("#review-comment[open]")
    hands.write("#review-comment-text", "@reporter of which year is the budget?")
    hands.use("#review-comment button[type=submit]")
    hands.see("of which year is the budget?")


def send_back(hands: Hands) -> None:
    hands.act("b", "#review-send-back-button")
    hands.page.wait_for_selector("#review-send-back[open]")
    hands.write("#send_back_comment", "@reporter please name the year of the budget.")
    hands.use("#review-send-back button[type=submit]")
    hands.see("Send back: done")


def approve(hands: Hands) -> None:
    """With a reason, because one figure is not ticked."""
    hands.act("Control+Shift+Enter", "#review-approve [type=submit]")
    hands.page.wait_for_selector("#approve_comment:focus")
    hands.write("#approve_comment", "The last one is the year in the minutes' own name.")
    hands.act("Control+Shift+Enter", "#review-approve [type=submit]")
    hands.see("Approve: done")


@sized
@lived_with(Keyboard)
def test_from_the_inbox_to_a_send_back_and_an_approval(people: SimpleNamespace, sign_in: SignIn) -> None:
    claim = in_review(people)
    total = len(statements.of_claim(claim))
    hands = sign_in("checker")
    hands.open_row("review")
    hands.page.wait_for_selector(".review")
    tick_all_but_one(hands, total)
    comment_on_words(hands)
    send_back(hands)
    claim.refresh_from_db()
    assert claim.stage == "checking"
    assert Comment.objects.get(passage__exact=SENTENCE).text == "@reporter of which year is the budget?"
    assert Address.objects.filter(user=people.reporter, seen_at=None).count() == 2
    assert Change.objects.filter(reason__contains="name the year").exists()

    newsroom.take(claim, "submit", people.reporter)
    hands.open_row("review")
    hands.page.wait_for_selector(f"#review-ticked:text-is('{total - 1}')")  # ticks stay where nothing changed
    approve(hands)
    assert Claim.objects.get().stage == "approved"
    assert Tick.objects.filter(created_by=people.checker).count() == total - 1
