"""Lists and forms of the desk by axe's rules, light and dark."""

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests import newsroom
from tests.axe import change_look, violations
from tests.conftest import PASSWORD
from tests.desk.browser import sign_in
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


def test_lists_and_forms_break_none_of_axes_rules(people: SimpleNamespace, live_server: Any, chrome: Browser) -> None:
    newsroom.draft(people.reporter, topics=["Elections"], due_on="2026-12-01")
    newsrooms.key("read")
    page = chrome.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page.context, "administrator")
    page.goto(f"{live_server.url}/admin/")
    page.wait_for_selector("text=Inbox")
    found = {}
    for number, address in enumerate(PAGES):  # light and dark by turns: ``make walk-desk`` goes through both
        page.goto(f"{live_server.url}/admin/{address}", wait_until="networkidle")
        change_look(page, is_dark=bool(number % 2))
        found[address] = violations(page)
    assert {address: broken for address, broken in found.items() if broken} == {}


def test_pages_break_none_of_axes_rules_from_right_to_left(
    people: SimpleNamespace, live_server: Any, chrome: Browser, settings: Any
) -> None:
    settings.DESK_LANGUAGES = ["en", "ar"]
    claims = {stage: newsroom.in_stage(stage, people) for stage in ("checking", "review", "approved")}
    article = claims["checking"].appearances.get().article_version.article
    context = chrome.new_context(viewport={"width": 1280, "height": 900}, locale="ar")
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/")
    found = {"sign-in": violations(page)}
    page.fill("[name=login]", "editor")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("#nav-sidebar", state="attached")
    for address in (
        "inbox/",
        "articles/claim/",
        "articles/rating/",
        f"articles/claim/{claims['checking'].pk}/change/",
        f"articles/claim/{claims['review'].pk}/review/",
        f"articles/claim/{claims['approved'].pk}/publish/",
        f"articles/article/{article.pk}/desk/",
    ):
        page.goto(f"{live_server.url}/admin/{address}", wait_until="networkidle")
        assert page.locator("html").get_attribute("dir") == "rtl"
        is_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[address] = [*violations(page, asked="all but colours"), *(["wider than the window"] if is_wide else [])]
    assert {address: broken for address, broken in found.items() if broken} == {}
