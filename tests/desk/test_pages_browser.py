"""Lists and forms of the desk by axe's rules, light and dark."""

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests import newsroom
from tests.conftest import PASSWORD
from tests.desk.browser import violations
from tests.partners import newsrooms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
PAGES = (
    "articles/claim/add/",
    "articles/topic/",
    "articles/claimtemplate/",
    "articles/claimtemplate/add/",
    "articles/rating/",
    "accounts/user/",
    "partners/partner/",
    "jobs/",
    "calendar/",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lists_and_forms_break_none_of_axes_rules(
    scheme: Any, people: SimpleNamespace, live_server: Any, chrome: Browser
) -> None:
    newsroom.draft(people.reporter, topics=["Elections"], due_on="2026-12-01")
    newsrooms.key("read")
    page = chrome.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme).new_page()
    page.goto(f"{live_server.url}/admin/")
    page.fill("[name=login]", "administrator")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("text=Inbox")
    found = {}
    for address in PAGES:
        page.goto(f"{live_server.url}/admin/{address}", wait_until="networkidle")
        found[address] = violations(page)
    assert {address: broken for address, broken in found.items() if broken} == {}
