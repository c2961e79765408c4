"""Looking for changes by others leaves alone the field that somebody is in."""

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from articles.services.claims import claims
from tests import newsroom
from tests.desk.browser import open_desk, real

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]

#: Fields of the open claim: how one gets there, and where it is.
FIELDS = {
    "source": ("a", ".evidence-form [data-find]"),
    "comment": ("w", "#mark-panel-collaboration textarea"),
}


def poll(page: Page) -> None:
    """What the page does every twenty seconds, and when somebody comes back to its window."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    for _ in range(3):  # the answer to a question that is asked later comes later
        page.evaluate("fetch('state/?text=1').then((answer) => answer.text())")


@pytest.mark.parametrize("name", FIELDS)
def test_a_poll_does_not_touch_the_field_somebody_is_in(
    people: SimpleNamespace, live_server: Any, chrome: Browser, name: str
) -> None:
    key, selector = FIELDS[name]
    claim = newsroom.complete(people.reporter)
    complaints: list[str] = []
    page = open_desk(chrome, live_server.url, newsroom.article(people.reporter), complaints)
    page.keyboard.press("j")
    page.wait_for_selector("#mark-work .evidence-card")
    page.wait_for_selector("#mark-panel-collaboration textarea")
    page.keyboard.press(key)
    page.wait_for_selector(f"{selector}:focus")
    page.keyboard.type("typed be")
    page.evaluate(
        "(selector) => { const field = document.querySelector(selector); field.dataset.same = 'yes';"
        " window.left = 0; field.addEventListener('blur', () => { window.left += 1; }); }",
        selector,
    )
    poll(page)
    claims.edit(claim=claim, by=people.colleague, at=newsroom.AT, version=claim.version, text="A colleague's words")
    poll(page)
    page.keyboard.type("fore and after")
    assert page.input_value(f"{selector}[data-same=yes]") == "typed before and after"
    assert page.evaluate("window.left") == 0
    page.focus("#mark-text")
    page.wait_for_selector(".mark-statement:has-text('A colleague')")
    assert real(complaints) == []
