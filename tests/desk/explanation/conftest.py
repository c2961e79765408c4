"""The editor of explanations, opened in a browser."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from articles.models import Claim, Rating
from articles.services.verification import verdicts
from tests import newsroom
from tests.desk.browser import sign_in
from tests.desk.pages import page_of

_PASTE = """([html, text]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    if (text) data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(".ProseMirror").dispatchEvent(event);
}"""


def explained(people: SimpleNamespace, html: str) -> Claim:
    """A claim that is being checked, with two pieces of evidence and this explanation."""
    claim = newsroom.in_stage("checking", people)
    return verdicts.propose_verdict(
        claim=claim,
        rating=Rating.objects.current().get(key="true"),
        summary="Seen.",
        explanation_html=html,
        by=people.reporter,
        at=newsroom.AT,
        version=claim.version,
    ).claim


def paste(page: Page, *, html: str = "", text: str = "") -> None:
    """Paste into the editor, which has the focus."""
    page.evaluate(_PASTE, [html, text])


def value(page: Page) -> str:
    """What the editor would post, without the empty paragraph that it keeps at the end."""
    return page.input_value("#id_explanation_html").removesuffix("<p></p>")


@pytest.fixture
def writing(people: SimpleNamespace, live_server: Any, chrome: Browser) -> Callable[..., Page]:
    """The claim's page with the editor open. Errors of scripts fail the test."""
    context = chrome.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)

    def open_page(claim: Claim | None = None) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        if not context.cookies():
            sign_in(context, "reporter")
        page.goto(live_server.url + page_of(claim or newsroom.in_stage("checking", people)))
        page.wait_for_selector(".claim-ready")
        page.click("#explanation-open")
        page.wait_for_selector(".ProseMirror:focus")
        if claim is None:
            page.keyboard.press("Control+a")
            page.keyboard.press("Delete")
        return page

    return open_page
