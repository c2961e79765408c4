"""The share row in a real browser: copied, shared with the phone's own sheet, and there without scripts."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browsers import chromium
from tests.readers.conftest import arabic, full

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
#: Pixels: the least side of what is meant for a finger.
TARGET = 44
#: Stands in for the phone's share sheet, which no headless browser has.
SHEET = "Object.defineProperty(Navigator.prototype, 'share', {value: async (given) => { window.given = given; }});"


def test_link_and_answer_are_copied_and_the_phones_own_sheet_gets_claim_and_link(people: Any, live_server: Any) -> None:
    claim = full(people)
    with chromium() as browser:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], has_touch=True, is_mobile=True)
        context.add_init_script(SHEET)
        page = context.new_page()
        page.goto(live_server.url + reverse("readers:claim", args=[claim.slug]))
        page.get_by_role("button", name="Copy link").click()
        expect(page.locator("#link-copied")).to_have_text("Copied.")
        link = page.locator(".share-row .panel p a").get_attribute("href")
        assert page.evaluate("navigator.clipboard.readText()") == link
        page.get_by_role("button", name="Copy the answer").click()
        expect(page.locator("#answer-copied")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("Ready answer").input_value()
        page.get_by_role("button", name="Share", exact=True).click()
        given = page.evaluate("window.given")
        assert (given["url"], given["text"]) == (link, f"False: {claim.text}")


def test_buttons_that_a_browser_cannot_serve_are_out_of_sight_and_nothing_is_asked_of_other_sites(
    people: Any, live_server: Any
) -> None:
    address = live_server.url + reverse("readers:claim", args=[full(people).slug])
    with chromium() as browser:
        without = browser.new_context()
        without.add_init_script("delete Navigator.prototype.share;")
        page = without.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address, wait_until="networkidle")
        assert not page.locator("[data-shares]").is_visible()
        assert [url for url in asked if not url.startswith(live_server.url)] == []
        plain = browser.new_context(java_script_enabled=False).new_page()
        plain.goto(address)
        assert [button.is_visible() for button in plain.locator(".share-row button").all()] == [False] * 3
        assert plain.locator("nav.share-row").get_by_role("link", name="WhatsApp").is_visible()
        assert plain.get_by_label("Ready answer").is_visible()


@pytest.mark.parametrize(("width", "make"), [(320, full), (1280, full), (360, arabic)])
def test_targets_are_large_enough_and_paper_shows_none(people: Any, live_server: Any, width: int, make: Any) -> None:
    claim = make(people)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(live_server.url + reverse("readers:claim", args=[claim.slug]))
        targets = page.locator(".share-row :is(li > a, button, summary), .fold > summary")
        page.evaluate("document.querySelectorAll('.share-row details').forEach(one => { one.open = true; })")
        for target in [one for one in targets.all() if one.is_visible()]:
            box = target.bounding_box()
            assert box is None or min(box["width"], box["height"]) >= TARGET, target.inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.emulate_media(media="print")
        assert [target for target in targets.all() if target.is_visible()] == []
