"""The hands of a person who has just signed in."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.conftest import PASSWORD
from tests.journeys.desk.hands import PATIENCE, Hands, Keyboard, Mouse
from tests.sizes import size

#: Opens the desk as somebody: with the name to sign in with, the hands that were asked for.
SignIn = Callable[[str], Hands]


def lived_with(usual: type[Hands]) -> pytest.MarkDecorator:
    """With these hands in ``make test``, in which each pair has some of the stories; with both as a whole."""
    pairs = sorted((Mouse, Keyboard), key=lambda pair: pair is not usual)[: size(1, whole=2)]
    return pytest.mark.parametrize("sign_in", pairs, ids=lambda pair: pair.__name__.lower(), indirect=True)


@pytest.fixture
def sign_in(request: Any, people: SimpleNamespace, live_server: Any, chrome: Browser) -> Iterator[SignIn]:
    """With a pair of hands. What a page's scripts complain about fails the test."""
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
