"""The hands of a person who has just signed in: one story for each pair."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.conftest import PASSWORD
from tests.journeys.desk.hands import PATIENCE, Hands, Keyboard, Mouse

#: Opens the desk as somebody: with the name to sign in with, the hands that were asked for.
SignIn = Callable[[str], Hands]


@pytest.fixture(params=[Mouse, Keyboard], ids=["mouse", "keyboard"])
def sign_in(request: Any, people: SimpleNamespace, live_server: Any, chrome: Browser) -> Iterator[SignIn]:
    """With each pair of hands. What a page's scripts complain about fails the test."""
    complaints: list[str] = []
    contexts = []

    def as_somebody(name: str) -> Hands:
        context = chrome.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        contexts.append(context)
        hands: Hands = request.param(context.new_page(), live_server.url, name)
        hands.visit("/admin/")
        hands.write("[name=login]", name)
        hands.write("[name=password]", PASSWORD)
        hands.use("button.desk-button-primary:text-is('Sign in')")
        hands.page.wait_for_selector(".inbox")
        opened.append(hands)
        return hands

    opened: list[Hands] = []
    yield as_somebody
    for hands in opened:
        hands.picture()
    for context in contexts:
        context.close()
    assert complaints == []
