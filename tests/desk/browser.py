"""The desk in a real browser, for its tests: hands that count, the desk opened and signed in, axe's rules."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import User
from articles.models import Article
from tests.desk import pages

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "demo/content/kalbajar.txt"
REAL = ROOT.parent / "shared/articles/kalbajar-deadline.txt"
READING = {"ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowLeft", "x", "s", "p"}


class Hands:
    """A keyboard that counts: keys that choose words, keys that act, characters that are typed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count: Counter[str] = Counter()

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
            self.count["reading" if key in READING else "acts"] += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.count["typed"] += len(words)

    def read_on(self, enough: int = 40) -> None:
        """To the next sentence of some length; what is shorter is a name or a heading."""
        self.press("ArrowDown")
        while len(self.page.text_content("#mark-under") or "") < enough:
            self.press("ArrowDown")


def sign_in(context: BrowserContext, username: str, *, domain: str = "localhost") -> None:
    """Sign a person in, in all pages of this context; the form of signing in has tests of its own."""
    session = pages.signed_in(User.objects.get(username=username)).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "domain": domain, "path": "/"}])


def open_desk(chrome: Browser, site: str, article: Article, complaints: list[str], **context: Any) -> Page:
    page = chrome.new_context(viewport={"width": 1280, "height": 800}, **context).new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page.context, "reporter")
    page.goto(f"{site}{reverse('admin:articles_article_desk', args=[article.pk])}")
    page.wait_for_selector(".mark-scripted #mark-text")
    return page


def real(complaints: list[str]) -> list[str]:
    """Complaints but those about a small picture that the site does not have, and about a line that was cut."""
    return [said for said in complaints if "404" not in said and "ERR_" not in said and "409" not in said]
