"""Working together in a real browser: the desk's panel by keyboard, the private page on a phone, by axe's rules."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from articles.models import Comment, Dependency, ExpertNote
from articles.services.collaboration import comments, dependencies, experts
from tests import newsroom
from tests.axe import change_look, violations
from tests.desk.browser import open_desk, real

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]


def test_the_panel_by_keyboard_in_light_and_dark(people, live_server, chrome: Browser) -> None:
    claim, at = newsroom.complete(people.reporter), timezone.now()
    comments.write(claim=claim, text="@reporter <img src=x onerror=alert(1)>", by=people.checker, at=at)
    dependencies.begin(claim=claim, kind="document", note="The <b>minutes</b>", by=people.checker, at=at)
    complaints: list[str] = []
    article = claim.appearances.get().article_version.article
    page = open_desk(chrome, live_server.url, article, complaints)
    page.keyboard.press("j")
    page.wait_for_selector("#mark-panel-collaboration >> text=<img src=x onerror=alert(1)>")
    assert page.is_visible("#mark-panel-collaboration >> text=1 for you")
    assert violations(page, "#mark-panel-collaboration") == []
    change_look(page, is_dark=True)
    assert violations(page, "#mark-panel-collaboration", asked="colours") == []
    page.locator("#mark-text").focus()
    page.keyboard.press("w")
    page.keyboard.type("@che")
    page.wait_for_selector("#mention-list [role=option] >> text=Checker Test")
    assert violations(page, "#mention-list") == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.type("<i>seen</i>")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#mark-panel-collaboration >> text=<i>seen</i>")
    assert not page.is_visible("#mark-panel-collaboration >> text=1 for you")
    assert Comment.objects.latest("id").text == "@checker <i>seen</i>"
    day = page.get_by_label("Wait until: The <b>minutes</b>")
    day.fill("2099-01-01")
    day.press("Enter")
    page.wait_for_selector("#mark-panel-collaboration >> text=until 2099-01-01")
    assert Dependency.objects.get().until == date(2099, 1, 1)
    assert real(complaints) == []


def test_an_expert_leaves_a_note_on_a_phone_without_scripts(people, live_server, chrome: Browser) -> None:
    claim, at = newsroom.complete(people.reporter), timezone.now()
    _, secret = experts.invite(claim=claim, invited="Ada", question="?", days=3, by=people.reporter, at=at)
    context = chrome.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(live_server.url + reverse("expert:claim", args=[secret]))
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, asked="colours") == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    for label, words in (("Your name", "Ada"), ("Your expertise", "Bridges"), ("Conflicts of interest", "none")):
        page.get_by_label(label).fill(words)
    page.get_by_label("Your note").fill("It is wide.")
    page.click("text=Send the note")
    page.wait_for_selector("text=Your note has arrived")
    assert violations(page) == []
    assert context.cookies() == []
    assert ExpertNote.objects.get().text == "It is wide."
