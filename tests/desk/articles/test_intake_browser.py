"""The import page in a browser: a file that takes long says so."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Route

from tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "readers"]), pytest.mark.browser]


def test_reading_says_that_it_goes_on_and_is_sent_once(
    chrome: Browser, live_server: Any, people: SimpleNamespace
) -> None:
    page = chrome.new_page()
    page.goto(f"{live_server.url}{reverse('admin:articles_article_add')}")
    page.fill("[name=login]", "reporter")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("form.desk-intake")
    held: list[Route] = []
    page.route("**/articles/article/add/", lambda route: held.append(route))
    page.fill("form.desk-intake [name=body]", "The council of Lindholm met on Monday. It spoke about the bridge.")
    page.click("form.desk-intake button[type=submit]", no_wait_after=True)
    page.wait_for_selector("[role=status]:has-text('Reading … 1 s')")
    page.click("form.desk-intake button[type=submit]", no_wait_after=True)
    assert len(held) == 1
    held[0].continue_()
    page.wait_for_selector("form.desk-intake [name=title]")
