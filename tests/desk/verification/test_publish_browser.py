"""Preview, confirmation and the public page in a real browser."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Frame, Page

from articles.models import Claim, Record, Schedule
from tests import newsroom
from tests.axe import violations
from tests.desk.browser import real, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]


def _opened(chrome: Browser, site: str, claim: Claim, complaints: list[str], **context: Any) -> Page:
    """The claim's page, signed in as the editor, with its Publish button pressed."""
    page = chrome.new_context(viewport={"width": 1280, "height": 800}, **context).new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page.context, "editor")
    page.goto(f"{site}{reverse('admin:articles_claim_publish', args=[claim.pk])}")
    page.wait_for_selector("[data-submit]:has-text('Publish now')")
    return page


def _frame(page: Page) -> Frame:
    """The readers' page in the preview, when it is there."""
    frame = page.locator("iframe[name=preview]").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_selector("h1")
    return frame


def _background(frame: Frame) -> str:
    return str(frame.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_from_the_preview_to_the_public_page(people: SimpleNamespace, live_server: Any, chrome: Browser) -> None:
    claim, complaints = newsroom.in_stage("approved", people), []
    page = _opened(chrome, live_server.url, claim, complaints)
    frame = _frame(page)
    assert frame.inner_text("h1") == claim.text
    assert frame.evaluate("innerWidth") == 390
    light = _background(frame)
    with page.expect_response(lambda answer: "look=dark" in answer.url):
        page.click("[data-look=dark]")
    frame.wait_for_url("**look=dark**")
    assert _background(_frame(page)) != light
    page.click("[data-width=desktop]")
    page.wait_for_function("document.querySelector('iframe[name=preview]').clientWidth === 1200")
    page.wait_for_function("document.querySelector('.publish-card img').naturalWidth === 1200")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    page.fill("[name=slug]", "bridge-cost")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+Shift+Enter")
    page.wait_for_selector("text=Published as revision 1.")
    page.goto(f"{live_server.url}/claims/bridge-cost/")
    assert page.inner_text("h1") == claim.text
    assert Record.objects.count() == 1
    assert real(complaints) == []


def test_a_time_is_set_and_stands_on_the_claims_page(
    people: SimpleNamespace, live_server: Any, chrome: Browser
) -> None:
    claim, complaints = newsroom.in_stage("approved", people), []
    page = _opened(chrome, live_server.url, claim, complaints, color_scheme="dark")
    assert not page.is_visible("[name=day]")
    page.check("[name=when][value=embargo]")
    local = timezone.localtime(timezone.now() + timedelta(days=2))
    page.fill("[name=day]", f"{local:%Y-%m-%d}")
    page.fill("[name=time]", "09:30")
    assert page.inner_text("[data-submit]") == f"Set the embargo: {local:%Y-%m-%d}, 09:30"
    assert violations(page) == []
    page.click("[data-submit]")
    page.wait_for_selector("text=Scheduled for")
    assert page.is_visible("text=Under embargo until")
    assert Schedule.objects.get().is_embargo
    assert page.is_disabled("button[name=_open][value=publish]")
    page.click("text=Look at it or change it")
    page.click("text=Cancel the schedule")
    page.wait_for_selector("text=The schedule is cancelled.")
    assert not page.is_disabled("button[name=_open][value=publish]")
    assert real(complaints) == []
