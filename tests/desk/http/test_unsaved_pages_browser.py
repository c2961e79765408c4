"""Forms of the admin site keep what is typed, in a real browser: a closed tab, a restored text with formats, a save."""

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from articles.models import ClaimTemplate, UnsavedPage
from tests.axe import violations
from tests.desk.browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
TEMPLATE, ABOUT = "/admin/articles/claimtemplate/add/", "/admin/articles/page/add/"


@pytest.fixture
def signed_in(people: SimpleNamespace, live_server: Any, chrome: Browser) -> BrowserContext:
    """A browser in which the editor is signed in. Errors of scripts fail the test."""
    context = chrome.new_context(viewport={"width": 1280, "height": 900}, base_url=live_server.url)
    context.set_default_timeout(15_000)
    context.on("weberror", lambda error: pytest.fail(str(error.error)))
    page = context.new_page()
    sign_in(page.context, "editor")
    page.goto("/admin/")
    page.wait_for_selector("text=Inbox")
    return context


def leave(page: Page) -> None:
    """Close the tab once the server has what was typed."""
    expect(page.locator("#unsaved-page-state")).to_contain_text("Kept, not saved:")
    page.close()


def test_a_closed_form_is_offered_again_restored_and_gone_after_saving(signed_in: BrowserContext) -> None:
    page = signed_in.new_page()
    page.goto(TEMPLATE)
    page.fill("[name=name]", "Elections")
    page.fill("[name=note]", "Look at the year first.")
    leave(page)
    page = signed_in.new_page()
    page.goto(TEMPLATE)
    expect(page.locator("#unsaved-page-notice")).to_be_visible()
    expect(page.locator("#unsaved-page-time")).not_to_be_empty()
    assert page.input_value("[name=note]") == "", "nothing is put into the form unasked"
    assert violations(page) == []
    page.click("#unsaved-page-restore")
    assert page.input_value("[name=note]") == "Look at the year first."
    page.click("[name=_save]")
    page.wait_for_url("**/change/")
    assert ClaimTemplate.objects.get().note == "Look at the year first."
    assert not UnsavedPage.objects.exists()
    page.goto(TEMPLATE)
    expect(page.locator("#unsaved-page-notice")).to_be_hidden()


def test_a_text_with_formats_comes_back_and_can_be_discarded(signed_in: BrowserContext) -> None:
    page = signed_in.new_page()
    page.goto(ABOUT)
    page.click(".ProseMirror:visible")
    page.keyboard.type("We correct what was wrong.")
    leave(page)
    page = signed_in.new_page()
    page.goto(ABOUT)
    page.click("#unsaved-page-restore")
    expect(page.locator(".ProseMirror:visible")).to_have_text("We correct what was wrong.")
    leave(page)
    page = signed_in.new_page()
    page.goto(ABOUT)
    page.click("#unsaved-page-discard")
    expect(page.locator("#unsaved-page-notice")).to_be_hidden()
    assert not UnsavedPage.objects.exists()


def test_without_a_connection_the_browser_keeps_it_and_sends_it_later(signed_in: BrowserContext) -> None:
    page = signed_in.new_page()
    page.goto(TEMPLATE)
    signed_in.set_offline(True)
    page.fill("[name=name]", "Health")
    expect(page.locator("#unsaved-page-state")).to_have_text("No connection. What you type is kept in this browser.")
    page.close()
    signed_in.set_offline(False)
    page = signed_in.new_page()
    page.goto(TEMPLATE)
    page.click("#unsaved-page-restore")
    assert page.input_value("[name=name]") == "Health"
