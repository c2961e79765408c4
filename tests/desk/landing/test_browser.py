"""Inbox, calendar and numbers in a real browser: by keyboard, on every width, by axe's rules."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Page

from articles.models import Address, Claim
from articles.services.claims import claims
from articles.services.collaboration import comments
from tests import newsroom
from tests.axe import violations_in_each_look
from tests.desk.browser import sign_in
from tests.newsroom import AT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]


def opened(chrome: Browser, site: str, name: str, complaints: list[str]) -> Page:
    page = chrome.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page.context, name)
    page.goto(f"{site}/admin/inbox/")
    page.wait_for_selector(".inbox")
    return page


def fill(people) -> None:
    today = localdate()
    newsroom.in_stage("review", people, text="The new bridge cost 12 million crowns", due_on=today + timedelta(days=2))
    late = newsroom.draft(people.reporter, text="The ferry made 20 trips a day", due_on=today - timedelta(days=2))
    claims.edit(claim=late, assignee=people.editor, by=people.editor, at=AT, version=late.version)
    article = newsroom.article(people.reporter)
    given = {"article_version": article.current_version(), "by": people.editor, "at": AT}
    for quote in ("The old ferry made 20 trips", "Critics call it too narrow"):
        claim = newsroom.draft(people.editor, assignee=people.editor)
        claims.mark(claim=claim, exact=quote, version=claim.version, **given)
    for words in ("@editor do we wait for the list?", "@editor and the year?"):
        comments.write(claim=late, text=words, by=people.reporter, at=AT)


def no_sideways_scrolling(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_the_inbox_is_worked_through_by_keyboard(people, live_server, chrome: Browser) -> None:
    fill(people)
    complaints: list[str] = []
    page = opened(chrome, live_server.url, "editor", complaints)
    assert page.locator(".inbox-row").count() >= 5
    page.keyboard.press("j")
    assert "mentions you" in page.inner_text(".inbox-current")
    page.keyboard.press("e")
    page.wait_for_function("document.querySelectorAll('#mentions .inbox-row').length === 1")
    assert page.inner_text("#inbox-status") == "Marked as read."
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert "mentions you" in page.inner_text(".inbox-current")
    page.keyboard.press("j")
    page.keyboard.press("e")
    assert "leaves the inbox when the work is done" in page.inner_text("#inbox-status")
    assert Address.objects.filter(seen_at=None).count() == 1
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_selector(".desk-comment:target")
    assert [said for said in complaints if "404" not in said] == []


def test_a_due_day_is_moved_by_keyboard(people, live_server, chrome: Browser) -> None:
    fill(people)
    complaints: list[str] = []
    page = opened(chrome, live_server.url, "editor", complaints)
    page.goto(f"{live_server.url}/admin/calendar/")
    page.focus(".calendar-item summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    day = localdate() + timedelta(days=4)
    page.evaluate("day => { document.activeElement.value = day; }", day.isoformat())
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#day-{day} .calendar-item >> text=The new bridge")
    assert Claim.objects.filter(due_on=day).exists()
    assert [said for said in complaints if "404" not in said] == []


def test_the_pages_are_accessible_and_fit(people, live_server, chrome: Browser) -> None:
    fill(people)
    page = opened(chrome, live_server.url, "editor", [])
    for name in ("inbox", "calendar", "numbers"):
        page.goto(f"{live_server.url}/admin/{name}/")
        assert violations_in_each_look(page, "main") == [], name
        for width in (360, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert no_sideways_scrolling(page), (name, width)
        page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{live_server.url}/admin/calendar/")
    counts = {}
    for width in (768, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        counts[width] = page.locator(".calendar-day:visible").count()
    assert counts == {768: 7, 1280: 10, 1600: 14}


def test_long_statements_stay_inside_the_column_beside_the_list(people, live_server, chrome: Browser) -> None:
    long = "The council of Lindholm said on Monday that the new bridge cost 12 million crowns, more than planned"
    newsroom.in_stage("review", people, text=long)
    page = opened(chrome, live_server.url, "reporter", [])
    side, line = page.locator(".inbox-side").bounding_box(), page.locator(".inbox-lines a").first.bounding_box()
    assert side
    assert line
    assert line["x"] + line["width"] <= side["x"] + side["width"]
