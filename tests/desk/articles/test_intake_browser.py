"""The import page in a browser: a file that takes long says so."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from tests.desk.browser import sign_in

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "readers"]), pytest.mark.browser]


def test_reading_says_that_it_goes_on_and_is_sent_once(
    chrome: Browser, live_server: Any, people: SimpleNamespace
) -> None:
    page = chrome.new_page()
    sign_in(page.context, "reporter")
    page.goto(f"{live_server.url}{reverse('admin:articles_article_add')}")
    page.wait_for_selector("form.desk-intake")
    page.wait_for_load_state("load")  # its scripts listen before the counter does
    # The browser stays on the page, as it does while a long file is read; what it would send is counted.
    page.evaluate(
        """() => {
            window.sent = 0;
            document.querySelector("form.desk-intake").addEventListener("submit", (event) => {
                window.sent += event.defaultPrevented ? 0 : 1;
                event.preventDefault();
            });
        }"""
    )
    page.fill("form.desk-intake [name=body]", "The council of Lindholm met on Monday. It spoke about the bridge.")
    for _ in range(2):
        page.click("form.desk-intake button[type=submit]", force=True)  # it says that it is disabled after the first
    page.wait_for_selector("[role=status]:has-text('Reading …')")
    assert page.evaluate("window.sent") == 1
