"""A reporter's day: an article is imported, a claim marked, checked, submitted, taken back, and sent back."""

from types import SimpleNamespace
from typing import Any

import pytest

from articles.models import Claim, UnsavedForm
from articles.services.collaboration import comments
from tests import newsroom
from tests.journeys.desk.conftest import SignIn, lived_with
from tests.journeys.desk.hands import Hands, Mouse
from tests.sizes import sized

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
STATEMENT = "the new bridge cost 12 million crowns"


def import_article(hands: Hands) -> None:
    hands.use(".inbox-top a:has-text('Import article')")
    hands.write("[name=body]", newsroom.BODY)
    hands.use(".desk-intake [type=submit]")
    hands.write("[name=publisher]", "Lindholm Herald")
    hands.use("button:has-text('Save the article')")
    hands.page.wait_for_selector(".mark-scripted #mark-text")
    hands.picture()


def mark_claim(hands: Hands) -> None:
    """The first sentence; who said it is typed."""
    hands.page.wait_for_selector("#mark-under:not(:empty)", state="attached")  # its scripts listen
    hands.select_words("#mark-text", STATEMENT)
    hands.act("m", "#mark-button")
    hands.page.wait_for_selector("#mark-form:not([hidden])")
    hands.write("#mark-form [name=text]", "The new bridge of Lindholm cost 12 million crowns")
    hands.write("#mark-form [name=claimant]", "Ida Holm")
    hands.choose("#mark-form [name=claimant_kind]", "Person")
    hands.act("Control+Enter", "#mark-form [type=submit]")
    hands.see("Claim saved, 1 of this article")


def add_source(hands: Hands, title: str, stance: str, quote: str) -> None:
    hands.act("a", "#mark-work [data-add], #mark-work button:has-text('Add a source')")
    hands.page.wait_for_selector(".evidence-form [data-find]:focus")
    hands.page.keyboard.type(title)
    option = hands.page.locator(".evidence-form [role=option][aria-selected=true]", has_text=title)
    option.wait_for()
    hands.act("Enter", option)
    hands.page.wait_for_selector(".evidence-form [name=quote]")
    hands.act(stance[0], f".evidence-form [name=stance][value={stance}]")
    hands.write(".evidence-form [name=quote]", quote)
    hands.act("Control+Enter", ".evidence-form [type=submit]")
    hands.see("Evidence added")


def check_claim(hands: Hands) -> None:
    """Start, two sources, a verdict."""
    hands.page.wait_for_selector("#mark-work #claim_form")  # the saved claim is the open one
    next_step(hands, "Start checking: done")
    add_source(hands, "Minutes of the council", "supports", "The bridge cost 12 million crowns.")
    add_source(hands, "Toll report", "context", "Tolls paid for a third of it.")
    hands.act("1", "#mark-work .claim-rating[data-key='1']")
    hands.write("#id_summary", "The minutes of the council give the same figure.")
    hands.picture()


def next_step(hands: Hands, words: str) -> None:
    hands.act("Control+Shift+Enter", "#mark-work [data-next-step]")
    hands.see(words)


def take_back(hands: Hands) -> None:
    hands.use("#mark-work button[value=recall]")
    hands.see("Take back: done")


def answer(hands: Hands) -> None:
    """From the inbox to the claim's page: the words of the checker are there; they are answered in both places."""
    hands.open_row("sent-back")
    hands.page.wait_for_selector(".claim-ready")
    hands.see("Which council?")
    hands.write("#id_summary", "The minutes of the city council give the same figure.")
    hands.use("#claim-tab-comments")
    hands.write("#say_text", "@checker the city's, it says so now.")
    hands.use("form:has(#say_text) [type=submit]")
    hands.see("the city's, it says so now.")
    hands.act("Control+Shift+Enter", "[data-next-step]")
    hands.see("Submit for review: done")


@sized
@lived_with(Mouse)
def test_from_import_to_the_answer_to_a_send_back(people: SimpleNamespace, sign_in: SignIn) -> None:
    for title in ("Minutes of the council", "Toll report"):
        newsroom.source(people.reporter, title=title, url="")
    hands = sign_in("reporter")
    import_article(hands)
    mark_claim(hands)
    check_claim(hands)
    next_step(hands, "Submit for review: done")
    take_back(hands)
    next_step(hands, "Submit for review: done")
    claim = Claim.objects.get()
    send_back(claim, people)
    answer(hands)
    claim.refresh_from_db()
    assert claim.stage == "review"
    assert claim.verdicts.latest("pk").summary == "The minutes of the city council give the same figure."
    assert claim.evidence.count() == 2
    assert not UnsavedForm.objects.exists()


def send_back(claim: Claim, people: Any) -> None:
    comments.write(claim=claim, text="@reporter see above.", by=people.checker, at=newsroom.AT)
    newsroom.take(claim, "send_back", people.checker, comment="Which council?")
