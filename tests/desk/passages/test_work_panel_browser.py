"""The work panel beside an article's text in a browser: a verdict is given and submitted without leaving the desk."""

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser

from articles.models import Claim, Rating, UnsavedForm
from articles.services.claims import claims
from articles.services.verification import verdicts
from tests import newsroom
from tests.axe import violations
from tests.desk.browser import open_desk, real

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]


def two_claims(people: SimpleNamespace) -> tuple[Any, list[Claim]]:
    """An article with two claims that are being checked."""
    article, made = newsroom.article(people.reporter), []
    for quote in ("The mayor of Lindholm", newsroom.QUOTE):
        claim = newsroom.take(newsroom.draft(people.reporter, text=quote), "start", people.reporter)
        given: dict[str, Any] = {"by": people.reporter, "at": newsroom.AT, "version": claim.version}
        claim = claims.mark(claim=claim, article_version=article.current_version(), exact=quote, **given).claim
        made.append(newsroom.sourced(claim, people.reporter))
    return article, made


def test_two_verdicts_are_submitted_with_keys_and_without_leaving_the_page(
    people: SimpleNamespace, live_server: Any, chrome: Browser
) -> None:
    article, made = two_claims(people)
    complaints: list[str] = []
    page = open_desk(chrome, live_server.url, article, complaints)
    page.evaluate("window.isTheSamePage = true")
    for claim in made:
        page.keyboard.press("j")
        page.wait_for_selector(f"#mark-work #claim_form[action*='{claim.pk}']")
        page.wait_for_selector("#mark-work button[value=submit]:disabled")
        page.keyboard.press("4")
        page.wait_for_selector("#id_summary:focus")
        page.keyboard.type("The minutes say otherwise.")
        if claim is made[0]:
            assert violations(page) == []
        page.keyboard.press("Control+Shift+Enter")
        page.wait_for_selector("#mark-work button[value=approve]")
        page.wait_for_selector("#mark-status:has-text('Submit for review: done')")
        page.wait_for_selector("#mark-work:focus")
    assert page.evaluate("window.isTheSamePage")
    stored = {(claim.stage, claim.verdicts.get().rating.key) for claim in Claim.objects.all()}
    assert stored == {("review", "false")}
    assert not UnsavedForm.objects.exists()
    assert real(complaints) == []


def test_what_is_typed_is_kept_when_another_claim_is_opened(
    people: SimpleNamespace, live_server: Any, chrome: Browser
) -> None:
    article, made = two_claims(people)
    page = open_desk(chrome, live_server.url, article, [])
    page.keyboard.press("j")
    page.wait_for_selector(f"#claim_form[action*='{made[0].pk}']")
    page.fill("#id_summary", "Half a summ")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.wait_for_selector(f"#claim_form[action*='{made[1].pk}']")
    assert page.input_value("#id_summary") == ""
    page.keyboard.press("k")
    page.wait_for_selector(f"#claim_form[action*='{made[0].pk}']")
    assert page.input_value("#id_summary") == "Half a summ"


def test_a_colleagues_verdict_is_not_overwritten(people: SimpleNamespace, live_server: Any, chrome: Browser) -> None:
    article, (claim, _other) = two_claims(people)
    page = open_desk(chrome, live_server.url, article, [])
    page.keyboard.press("j")
    page.wait_for_selector(f"#claim_form[action*='{claim.pk}']")
    page.keyboard.press("4")
    page.keyboard.type("Mine.")
    theirs = Rating.objects.current().get(key="true")
    given: dict[str, Any] = {"by": people.colleague, "at": newsroom.AT, "version": claim.version}
    verdicts.propose_verdict(claim=claim, rating=theirs, summary="Theirs.", **given)
    page.keyboard.press("Control+Shift+Enter")
    page.wait_for_selector("#mark-work [role=alert]:has-text('Somebody else changed this claim first')")
    assert page.input_value("#id_summary") == "Mine."
    assert Claim.objects.get(pk=claim.pk).verdicts.get().summary == "Theirs."


def test_escape_leads_out_of_a_field_so_that_the_next_source_takes_one_key(
    people: SimpleNamespace, live_server: Any, chrome: Browser
) -> None:
    article, (claim, _other) = two_claims(people)
    complaints: list[str] = []
    page = open_desk(chrome, live_server.url, article, complaints)
    page.keyboard.press("j")
    page.wait_for_selector(f"#claim_form[action*='{claim.pk}']")
    page.keyboard.press("4")
    page.wait_for_selector("#id_summary:focus")
    page.keyboard.type("The minutes say otherwise.")
    page.keyboard.press("Escape")
    page.wait_for_selector("#mark-work:focus")
    page.keyboard.press("a")
    page.wait_for_selector("#mark-work [data-find]:focus")
    assert page.input_value("#id_summary") == "The minutes say otherwise."
    assert real(complaints) == []


def test_the_menu_leaves_its_width_to_text_claims_and_panel(
    people: SimpleNamespace, live_server: Any, chrome: Browser
) -> None:
    article, _made = two_claims(people)
    page = open_desk(chrome, live_server.url, article, [])
    page.keyboard.press("j")
    page.wait_for_selector("#mark-work #claim_form")
    widths = {name: page.locator(name).bounding_box() for name in (".mark-left", "#mark-side", "#mark-work")}
    assert all(box and box["width"] >= 280 for box in widths.values()), widths


def test_a_key_pressed_while_another_claim_opens_does_nothing_to_the_one_before(
    people: SimpleNamespace, live_server: Any, chrome: Browser
) -> None:
    article, made = two_claims(people)
    page = open_desk(chrome, live_server.url, article, [])
    page.keyboard.press("j")
    page.wait_for_selector(f"#claim_form[action*='{made[0].pk}']")
    page.keyboard.press("4")
    page.keyboard.type("The minutes say otherwise.")
    page.keyboard.press("Escape")
    page.wait_for_selector("#mark-work button[value=submit]:enabled")
    waiting: list[Any] = []
    page.route(f"**/{made[1].pk}/panel/", lambda route: waiting.append(route))
    with page.expect_request(f"**/{made[1].pk}/panel/"):
        page.keyboard.press("j")
    page.wait_for_function("document.querySelector('#mark-panel-work [inert], [inert] #claim_form') !== null")
    page.keyboard.press("2")
    page.keyboard.press("Control+Shift+Enter")
    waiting[0].continue_()
    page.wait_for_selector(f"#claim_form[action*='{made[1].pk}']")
    assert page.input_value("#id_summary") == ""
    assert set(Claim.objects.values_list("stage", flat=True)) == {"checking"}


def test_on_a_phone_the_panel_stands_below_the_text(people: SimpleNamespace, live_server: Any, chrome: Browser) -> None:
    article, _made = two_claims(people)
    page = open_desk(chrome, live_server.url, article, [])
    page.set_viewport_size({"width": 390, "height": 800})
    page.keyboard.press("j")
    page.wait_for_selector("#mark-work #claim_form")
    text, panel = page.locator(".mark-left").bounding_box(), page.locator("#mark-work").bounding_box()
    assert text
    assert panel
    assert min(text["width"], panel["width"]) >= 340
    assert panel["y"] >= text["y"] + text["height"]
