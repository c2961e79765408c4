"""Unsaved changes in a real browser: a page that is killed, a colleague who saves, a session that ends, comments."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, Route

from articles.models import Claim, Comment, Rating, UnsavedForm
from articles.services.claims import claims
from articles.services.verification import verdicts
from tests import newsroom
from tests.axe import violations
from tests.conftest import PASSWORD
from tests.desk.browser import sign_in
from tests.desk.pages import page_of
from tests.desk.people.test_second_factors import code_of, enrol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
KEPT = "#unsaved-state:has-text('Not saved yet, kept at')"
SAVED = "#unsaved-state:not([data-unsaved]):has-text('Saved')"


def in_checking(people: SimpleNamespace) -> Claim:
    """A claim with a verdict that has an explanation."""
    claim = newsroom.in_stage("checking", people)
    return verdicts.propose_verdict(
        claim=claim,
        rating=Rating.objects.current().get(key="true"),
        summary="Seen.",
        explanation_html="<p>It is <strong>so</strong>.</p>",
        by=people.reporter,
        at=newsroom.AT,
        version=claim.version,
    ).claim


@pytest.fixture
def opened(people: SimpleNamespace, live_server: Any, chrome: Browser) -> Callable[[Claim], Page]:
    """The claim's page, opened by the reporter. Errors of scripts fail the test."""
    context = chrome.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(8_000)

    def open_page(claim: Claim) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        if not context.cookies():
            sign_in(context, "reporter")
        page.goto(live_server.url + page_of(claim))
        page.wait_for_selector(".claim-ready")
        return page

    return open_page


def write(page: Page) -> None:
    """Into the editor of the explanation, which is loaded now."""
    page.click("#explanation-view")
    page.wait_for_selector(".ProseMirror:focus")


def save(page: Page) -> None:
    with page.expect_navigation():
        page.click("button[name=_save]")
    page.wait_for_selector(SAVED)


def sign_out() -> None:
    Session.objects.all().delete()


def sign_in_here(page: Page) -> None:
    page.wait_for_selector("dialog:has-text('Your session has ended')")
    assert violations(page) == []
    page.fill("#signing-in-password", "wrong")
    page.press("#signing-in-password", "Enter")
    page.wait_for_selector("dialog [role=alert]:has-text('wrong')")
    page.fill("#signing-in-password", PASSWORD)
    page.press("#signing-in-password", "Enter")
    page.wait_for_selector("dialog[open]", state="detached")


#: Types for four seconds, as somebody does who does not look up; notes when the window for the password came meanwhile.
TYPE = """() => {
    const field = document.querySelector("[name=summary]");
    const type = () => {
        field.value += "a";
        field.dispatchEvent(new Event("input", { bubbles: true }));
        window.cameEarly ||= document.querySelector("dialog[open]") !== null;
        if (field.value.length < 40) setTimeout(type, 100);
        else window.isTyped = true;
    };
    type();
}"""


def test_the_window_for_the_password_waits_until_nobody_types(
    people: SimpleNamespace, opened: Callable[[Claim], Page]
) -> None:
    page = opened(in_checking(people))
    waiting: list[Route] = []
    page.route(lambda url: "unsaved" in url, lambda route: route.continue_() if waiting else waiting.append(route))
    with page.expect_request(lambda request: "unsaved" in request.url):
        page.fill("[name=summary]", "")
    page.evaluate(TYPE)
    sign_out()
    waiting[0].continue_()
    page.wait_for_function("window.isTyped")
    assert not page.evaluate("window.cameEarly")
    page.wait_for_selector("dialog[open] #signing-in-password")
    assert page.input_value("#signing-in-password") == ""


def test_what_nobody_changed_is_not_kept(people: SimpleNamespace, opened: Callable[[Claim], Page]) -> None:
    page = opened(in_checking(people))
    write(page)
    page.click("[name=text]")
    page.click("#claim-details > summary")
    page.fill("[name=why_chosen]", "Because")
    page.wait_for_selector(KEPT)
    assert UnsavedForm.objects.get().fields == {"why_chosen": ["Because"]}
    page.fill("[name=why_chosen]", "")
    page.wait_for_selector(SAVED)
    assert not UnsavedForm.objects.exists()


def test_a_killed_page_is_restored_beside_what_a_colleague_saved(
    people: SimpleNamespace, opened: Callable[[Claim], Page]
) -> None:
    claim = in_checking(people)
    page = opened(claim)
    page.fill("[name=text]", "My words")
    write(page)
    page.keyboard.press("Control+End")
    page.keyboard.type(" And more")
    page.wait_for_selector(KEPT)
    page.click("#evidence-0 summary")
    page.fill("[name=evidence-0-note]", "typed in the last second")
    page.close()
    theirs = {"text": "Their words", "why_chosen": "Their reason"}
    claims.edit(claim=claim, by=people.colleague, at=newsroom.AT, version=claim.version, **theirs)

    page = opened(claim)
    page.wait_for_selector("#unsaved-notice:has-text('Since then others changed')")
    assert [found for found in violations(page) if "unsaved" in found] == []
    assert page.input_value("[name=text]") == "Their words"
    page.click("#unsaved-restore")
    page.wait_for_selector("text=Restored: unsaved changes")
    page.wait_for_selector(".ProseMirror[contenteditable=true]:has-text('It is so. And more')")
    assert page.input_value("[name=text]") == "My words"
    assert page.input_value("[name=why_chosen]") == "Their reason"
    assert page.input_value("[name=evidence-0-note]") == "typed in the last second"
    assert page.locator(".desk-conflict:has-text('Their words')").count() == 1
    save(page)
    after = Claim.objects.get()
    assert (after.text, after.why_chosen) == ("My words", "Their reason")
    assert "And more" in after.verdicts.get().explanation_html
    assert after.evidence.filter(note="typed in the last second").count() == 1
    assert not UnsavedForm.objects.exists()
    page.reload()
    assert page.locator("#unsaved-notice").is_hidden()


def test_discard_forgets_it(people: SimpleNamespace, opened: Callable[[Claim], Page]) -> None:
    claim = in_checking(people)
    page = opened(claim)
    page.fill("[name=summary]", "Half a summ")
    page.wait_for_selector(KEPT)
    page.close()
    page = opened(claim)
    page.click("#unsaved-discard")
    page.wait_for_selector("#unsaved-notice", state="hidden")
    assert not UnsavedForm.objects.exists()
    assert page.input_value("[name=summary]") == "Seen."


def test_an_ended_session_asks_in_place_and_goes_on(people: SimpleNamespace, opened: Callable[[Claim], Page]) -> None:
    claim = in_checking(people)
    page = opened(claim)
    sign_out()
    page.fill("[name=text]", "Typed after the session ended")
    sign_in_here(page)
    page.wait_for_selector(KEPT)
    sign_out()
    page.context.clear_cookies()
    page.fill("[name=summary]", "And the cookies are gone, too.")
    page.click("button[name=_save]")
    with page.expect_navigation():
        sign_in_here(page)
    page.wait_for_selector(SAVED)
    after = Claim.objects.get()
    assert after.text == "Typed after the session ended"
    assert after.verdicts.get().summary == "And the cookies are gone, too."
    assert not UnsavedForm.objects.exists()


def test_a_second_factor_is_asked_for_in_a_new_tab_and_the_page_goes_on(
    people: SimpleNamespace, opened: Callable[[Claim], Page]
) -> None:
    page = opened(in_checking(people))
    secret = enrol(people.reporter)
    sign_out()
    page.fill("[name=summary]", "Typed before the second step.")
    page.fill("#signing-in-password", PASSWORD)
    page.press("#signing-in-password", "Enter")
    page.wait_for_selector("dialog [role=alert]:has-text('second step')")
    with page.context.expect_page() as other:
        page.click("dialog[open] a:has-text('new tab')")
    tab = other.value
    if tab.locator("[name=login]").count():
        tab.fill("[name=login]", "reporter")
        tab.fill("[name=password]", PASSWORD)
        tab.press("[name=password]", "Enter")
    tab.fill("[name=code]", code_of(secret))
    with tab.expect_navigation():
        tab.press("[name=code]", "Enter")
    tab.wait_for_selector("#main")
    page.click("dialog[open] button:has-text('Continue')")
    page.wait_for_selector(KEPT)
    assert UnsavedForm.objects.get().fields == {"summary": ["Typed before the second step."]}


def test_without_a_line_it_is_kept_in_the_browser(people: SimpleNamespace, opened: Callable[[Claim], Page]) -> None:
    claim = in_checking(people)
    page = opened(claim)
    page.context.set_offline(True)
    page.fill("[name=text]", "Typed on a train")
    page.wait_for_selector("#unsaved-trouble:has-text('No connection')")
    page.click("button[name=_save]")
    page.wait_for_selector("#unsaved-trouble:has-text('Nothing was saved')")
    page.close()
    page.context.set_offline(False)
    page = opened(claim)
    page.wait_for_selector("#unsaved-notice:has-text('You have unsaved changes from')")
    page.click("#unsaved-restore")
    page.wait_for_selector("text=Restored: unsaved changes")
    assert page.input_value("[name=text]") == "Typed on a train"


def test_comments_leave_the_form_alone_and_the_due_date_is_saved_with_it(
    people: SimpleNamespace, opened: Callable[[Claim], Page]
) -> None:
    claim = in_checking(people)
    page = opened(claim)
    page.fill("[name=summary]", "Not saved yet.")
    page.fill("[name=due_on]", "2031-05-06")
    page.click("#claim-tab-comments")
    page.fill("#say_text", "A whole comment")
    page.click("#together form[action$='/say/'] button")
    page.wait_for_selector(".desk-comment-text:has-text('A whole comment')")
    assert page.input_value("#say_text") == ""
    assert page.input_value("[name=summary]") == "Not saved yet."
    save(page)
    after = Claim.objects.get()
    assert str(after.due_on) == "2031-05-06"
    assert after.verdicts.get().summary == "Not saved yet."
    assert Comment.objects.get().text == "A whole comment"


def test_a_claim_that_is_not_entered_is_kept_restored_and_forgotten(
    people: SimpleNamespace, live_server: Any, opened: Callable[[Claim], Page]
) -> None:
    page = opened(newsroom.draft(people.reporter))
    add = f"{live_server.url}/admin/articles/claim/add/"
    page.goto(add)
    page.wait_for_selector(".claim-ready")
    page.fill("[name=text]", "Typed and never entered")
    page.fill("[name=origin]", "TV")
    page.wait_for_selector(KEPT)
    page.goto(add)
    page.click("#unsaved-notice:has-text('not entered') #unsaved-restore")
    page.wait_for_function("document.querySelector('#id_text')?.value === 'Typed and never entered'")
    assert page.locator(".errorlist").count() == 0
    assert page.input_value("[name=origin]") == "TV"
    sign_out()
    page.press("[name=is_unattributed]", "Space")
    page.click("button[name=_continue]")
    with page.expect_navigation():
        sign_in_here(page)
    page.wait_for_selector("#unsaved-settings", state="attached")
    assert Claim.objects.get(text="Typed and never entered").origin == "TV"
    page.goto(add)
    page.wait_for_selector(".claim-ready")
    assert page.locator("#unsaved-notice").is_hidden()
    assert page.input_value("[name=text]") == ""
