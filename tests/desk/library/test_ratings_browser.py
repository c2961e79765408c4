"""The page of ratings in a real browser: what is typed is shown as readers will see it; axe's rules."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from articles.models import Rating
from tests.axe import violations_in_each_look
from tests.desk.browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]


@pytest.fixture(autouse=True)
def _the_scale_stays_as_it_was() -> Iterator[None]:
    yield
    Rating.objects.filter(key="altered_image").delete()


@pytest.fixture
def page(people: SimpleNamespace, live_server: Any, chrome: Browser) -> Page:
    """The form of a new rating, opened by the editor. Errors of scripts fail the test."""
    page = chrome.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    sign_in(page.context, "editor")
    page.goto(live_server.url + reverse("admin:articles_rating_add"))
    page.wait_for_selector("[data-preview]")
    return page


def test_a_rating_is_added_with_the_keyboard_and_shown_while_it_is_typed(page: Page) -> None:
    page.focus("[name=label]")
    page.keyboard.type("Altered imäge")
    expect(page.locator("[name=key]")).to_have_value("altered_image")
    page.press("[name=label]", "Tab")
    page.press("[name=key]", "Tab")
    page.keyboard.type("The picture was changed.")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    tone = page.locator("[name=tone]:checked").get_attribute("value")
    expect(page.locator("[data-preview] .verdict")).to_have_class(f"verdict tone-{tone} large")
    expect(page.locator("[data-preview] .verdict")).to_contain_text("Altered imäge")
    page.select_option("[name=value]", "2")
    expect(page.locator("[data-number]")).to_have_text("(2 of 5)")
    expect(page.locator("[data-definition]")).to_have_text("The picture was changed.")
    page.press("[name=label]", "Enter")
    expect(page.get_by_text("New verdicts can have it.")).to_be_visible()
    made = Rating.objects.get(key="altered_image")
    assert (made.label, made.tone, made.value) == ("Altered imäge", tone, 2)


def test_axe_finds_nothing_at_any_width_dark_or_right_to_left(page: Page, live_server: Any) -> None:
    for path in (
        reverse("admin:articles_rating_changelist"),
        reverse("admin:articles_rating_panel", args=["disputed"]),
    ):
        page.goto(live_server.url + path)
        for width in (768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
        assert violations_in_each_look(page) == [], path
