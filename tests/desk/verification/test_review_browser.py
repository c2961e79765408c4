"""A review with the keyboard alone, in a real browser, by axe's rules."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from articles.models import Change, Claim, Comment, Tick
from articles.selectors.verification import statements
from tests import newsroom
from tests.articles.verification.test_review import EXPLANATION, explain, in_review
from tests.axe import change_look, violations
from tests.desk.browser import real, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]


def open_review(chrome: Browser, site: str, claim: Claim, complaints: list[str], who: str = "checker") -> Page:
    page = chrome.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page.context, who)
    page.goto(f"{site}{reverse('admin:articles_claim_review', args=[claim.pk])}")
    page.wait_for_selector(".review")
    return page


def changed(people: Any) -> Claim:
    """A claim that was sent back, changed, and submitted again."""
    claim = newsroom.take(in_review(people), "send_back", people.checker, comment="Which city?")
    explain(claim, people.reporter, EXPLANATION.replace("The city says", "The mayor of Lindholm says"))
    return newsroom.take(Claim.objects.get(pk=claim.pk), "submit", people.reporter)


def test_a_review_with_the_keyboard_alone(people: Any, live_server: Any, chrome: Browser) -> None:
    claim, complaints = changed(people), []  # type: ignore[var-annotated]
    total = len(statements.of_claim(claim))
    page = open_review(chrome, live_server.url, claim, complaints)
    page.keyboard.press("n")
    expect(page.locator("ins.is-current, ins[data-change].is-current").first).to_be_visible()
    page.keyboard.press("Control+Shift+Enter")  # nothing is ticked: the reason is asked for
    expect(page.locator("#approve_comment")).to_be_focused()
    page.keyboard.press("Tab")
    for number in range(1, total + 1):
        page.keyboard.press("t")
        page.keyboard.press(" ")
        expect(page.locator("#review-ticked")).to_have_text(str(number))
    expect(page.locator("#review-reason")).to_be_hidden()
    expect(page.locator("#review-status")).to_have_text("Every figure and quotation is ticked.")
    assert Tick.objects.filter(created_by=people.checker).count() == total
    page.keyboard.press("?")
    for key in ("n", "t", "Space", "b", "Ctrl ⇧ ⏎"):
        expect(page.locator("#review-help-keys kbd", has_text=key).first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Shift+Enter")
    page.wait_for_selector("text=Approve: done.")
    assert Claim.objects.get().stage == "approved"
    assert real(complaints) == []


def test_send_back_by_a_key_of_another_alphabet(people: Any, live_server: Any, chrome: Browser) -> None:
    claim, complaints = in_review(people), []  # type: ignore[var-annotated]
    page = open_review(chrome, live_server.url, claim, complaints)
    key = "{key: 'и', code: 'KeyB', bubbles: true, cancelable: true}"
    page.evaluate(f"document.dispatchEvent(new KeyboardEvent('keydown', {key}))")
    expect(page.locator("#send_back_comment")).to_be_focused()
    page.keyboard.type("Which bridge, n or t?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Send back: done.")
    assert Claim.objects.get().stage == "checking"
    assert Change.objects.filter(reason="Which bridge, n or t?").exists()
    assert real(complaints) == []


def test_choosing_words_opens_a_comment_that_quotes_them(people: Any, live_server: Any, chrome: Browser) -> None:
    claim, complaints = changed(people), []  # type: ignore[var-annotated]
    page = open_review(chrome, live_server.url, claim, complaints)
    page.locator("[data-part=explanation] p").first.select_text()
    page.keyboard.press("w")
    expect(page.locator("#review-comment-quote")).to_contain_text("The mayor of Lindholm says")
    page.keyboard.type("@reporter since when? (n, t, b)")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#review-comments >> text=since when?")
    assert "city" not in Comment.objects.get().passage.exact  # what was removed is not among the words
    assert real(complaints) == []


def test_a_tick_that_does_not_get_through_is_taken_back_and_said(
    people: Any, live_server: Any, chrome: Browser
) -> None:
    page = open_review(chrome, live_server.url, in_review(people), [])
    page.context.set_offline(True)
    page.keyboard.press("t")
    page.keyboard.press(" ")
    expect(page.locator("#review-status")).to_contain_text("was not saved")
    expect(page.locator("#review-ticked")).to_have_text("0")
    assert page.locator("[aria-checked=true]").count() == 0
    page.context.set_offline(False)


def test_the_page_by_axes_rules_in_light_dark_and_right_to_left(people: Any, live_server: Any, chrome: Browser) -> None:
    claim = changed(people)
    page = open_review(chrome, live_server.url, claim, [])
    page.keyboard.press("t")
    page.keyboard.press(" ")
    expect(page.locator("#review-ticked")).to_have_text("1")
    for width in (1280, 768, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert page.locator("#review-approve [type=submit]").is_visible()
        assert violations(page, asked="all" if width == 1280 else "all but colours") == [], width
    change_look(page, is_dark=True)
    assert violations(page, asked="colours") == []
    change_look(page, is_dark=True, direction="rtl")
    assert violations(page, asked="all but colours") == []
    for dialog in ("b", "?"):
        page.keyboard.press(dialog)
        assert violations(page) == [], dialog
        page.keyboard.press("Escape")


def test_the_page_of_a_second_verdict_by_axes_rules(people: Any, live_server: Any, chrome: Browser) -> None:
    claim = in_review(people)
    page = open_review(chrome, live_server.url, claim, [])
    page.click("text=Ask for an independent verdict")
    page.select_option("[name=person]", str(people.second_checker.pk))
    page.click("button:text-is('Ask for it')")
    page.wait_for_selector("text=is asked for a verdict")
    other = open_review(chrome, live_server.url, claim, [], who="second_checker")
    assert violations(other) == []
    change_look(other, is_dark=True)
    assert violations(other, asked="colours") == []
    change_look(other)
    other.check("text=Mostly true")
    other.fill("[name=reason]", "The minutes.")
    other.click("text=Give this verdict")
    other.wait_for_selector("text=Your verdict is kept.")
