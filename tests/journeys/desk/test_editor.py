"""An editor's day: look, publish, schedule, lead the front page, give work to somebody, correct, and retract."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from articles.models import Claim, FrontPin, Record, Schedule
from tests import newsroom
from tests.journeys.desk.conftest import SignIn, lived_with
from tests.journeys.desk.hands import Hands, Keyboard
from tests.sizes import sized

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
BRIDGE, FERRY = "The new bridge cost 12 million crowns", "The old ferry made 20 trips a day"


def publish_after_a_look(hands: Hands) -> None:
    """The preview on a desktop's width, in dark, then out with it."""
    hands.open_row("approved")
    frame = hands.page.frame_locator("iframe[name=preview]")
    frame.locator("h1").wait_for()
    hands.use("[data-width=desktop]")
    hands.use("[data-look=dark]")
    hands.page.wait_for_selector("[data-look=dark][aria-pressed=true]")
    frame.locator("h1").wait_for()
    hands.picture()
    hands.act("Control+Shift+Enter", "#publish_form [data-submit]")
    hands.see("Published as revision 1.")


def schedule(hands: Hands, at: datetime) -> None:
    hands.open_row("approved")
    hands.tick("[name=when][value=schedule]")
    hands.set_date("[name=day]", at.date())
    hands.set_time("[name=time]", at.time())
    hands.picture()
    hands.act("Control+Shift+Enter", "#publish_form [data-submit]")
    hands.see("Scheduled for")


def lead_the_front_page(hands: Hands) -> None:
    hands.open_claim(BRIDGE)
    hands.use("#claim-tab-related")
    hands.use("a:has-text('Pin to the front page…')")
    hands.use("button:text-is('Pin to the front page')")
    hands.see("It leads the front page until")


def assign_and_undo(hands: Hands) -> None:
    """Two drafts go to a reporter, and back."""
    hands.go("Claims")
    hands.page.wait_for_selector(".desk-grid tbody tr")
    for text in ("Somebody said one", "Somebody said two"):
        hands.choose_row(text)
    hands.act("i", "#desk-bulk [data-act=assign]")
    hands.page.wait_for_selector("#bulk-dialog[open] select")
    hands.choose("#bulk-dialog select[name=assignee]", "Colleague Test")
    hands.use("#bulk-dialog button[type=submit]")
    hands.page.wait_for_selector("#bulk-dialog button:has-text('Change 2')")
    hands.picture()
    hands.use("#bulk-dialog button:has-text('Change 2')")
    hands.see("2 claims changed.")
    assert Claim.objects.filter(assignee__username="colleague").count() == 2
    hands.act("Control+z", "#desk-toast button")
    hands.see("Undone: 2.")
    assert not Claim.objects.filter(assignee__username="colleague").exists()


def take_up_again(hands: Hands) -> None:
    hands.open_claim(BRIDGE)
    hands.act("Control+Shift+Enter", "[data-next-step]")
    hands.see("Start a re-check: done")
    hands.act("2", ".claim-rating[data-key='2']")
    hands.write("#id_summary", "It cost 12.3 million crowns.")
    hands.act("Control+Shift+Enter", "[data-next-step][value=submit]")
    hands.see("Submit for review: done")


def publish_correction(hands: Hands) -> None:
    hands.open_row("approved", BRIDGE)
    hands.write("[name=note]", "We rated it “True”. The sum was 12.3 million, so it is “Mostly true”.")
    hands.picture()
    hands.act("Control+Shift+Enter", "#publish_form [data-submit]")
    hands.see("Published as revision 2")


def retract(hands: Hands) -> None:
    hands.open_claim(BRIDGE)
    hands.use(".claim-others summary")
    hands.use(".claim-others button[value=retract], .claim-others a:has-text('Retract')")
    hands.write("[name=comment]", "We mixed up two bridges.")
    hands.picture()
    hands.use("form.desk-card button:text-is('Retract')")
    hands.see("Retract: done")


@sized
@lived_with(Keyboard)
def test_from_the_preview_to_a_retraction(people: SimpleNamespace, sign_in: SignIn) -> None:
    bridge = newsroom.in_stage("approved", people, text=BRIDGE)
    for text in ("Somebody said one", "Somebody said two"):
        newsroom.draft(people.reporter, text=text)
    hands = sign_in("editor")
    publish_after_a_look(hands)
    assert Record.objects.count() == 1

    newsroom.in_stage("approved", people, text=FERRY)
    at = timezone.localtime(timezone.now() + timedelta(days=2)).replace(hour=9, minute=30)
    schedule(hands, at)
    kept = timezone.localtime(Schedule.objects.get().publish_at)
    assert (kept.date(), kept.time()) == (at.date(), time(9, 30))

    lead_the_front_page(hands)
    assert FrontPin.objects.get().claim_id == bridge.pk
    assign_and_undo(hands)

    take_up_again(hands)
    newsroom.take(Claim.objects.get(pk=bridge.pk), "approve", people.checker)
    publish_correction(hands)
    correction = newsroom.record_of(bridge).document()["corrections"][0]
    assert (correction["severity"], correction["note"].startswith("We rated it")) == ("verdict", True)

    retract(hands)
    assert newsroom.record_of(bridge).document()["retraction"]["note"] == "We mixed up two bridges."
    assert Record.objects.count() == 3
