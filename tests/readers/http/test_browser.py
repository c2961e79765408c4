"""The pages in a real browser: accessible by axe's rules, no wider than a phone, nothing refused by the policy."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from articles.services import reports
from articles.services.library import topic_views
from articles.services.newsroom import pages
from followers import links
from followers.services import following
from tests import axe, newsroom
from tests.browsers import chromium
from tests.followers.reading import follow
from tests.readers.conftest import arabic, correct, full

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
#: In which a page is shown.
SCHEMES: tuple[Any, ...] = ("light", "dark")


@pytest.fixture
def addresses(people: Any, live_server: Any) -> list[str]:
    """One page of each kind, all with content."""
    claim = correct(full(people), people)
    gone = newsroom.in_stage("retracted", people, text="The mayor came by helicopter")
    long = newsroom.published(people, text=f"A statement of five hundred characters, {'verylongword' * 30}")
    paths = [
        "/",
        "/claims/",
        "/claims/?q=bridge&rating=misleading&claimant=ingrid-sundqvist",
        "/claims/?q=nonexistent",
        *(reverse("readers:claim", args=[c.slug]) for c in (claim, gone, long, arabic(people))),
        reverse("readers:revision", args=[claim.slug, 1]),
        reverse("readers:history", args=[claim.slug]),
        reverse("readers:article", args=["a-bridge-for-lindholm"]),
        reverse("readers:claimant", args=["ingrid-sundqvist"]),
        reverse("readers:source", args=["final-accounts-2019"]),
        "/articles/",
        "/sources/",
        "/corrections/",
        "/methodology/",
        "/corrections/?kind=verdict",
        *_about_us(people),
        reverse("readers:report", args=[claim.slug]),
        "/suggest/",
        "/figures/",
        "/topics/",
        reverse("readers:topic", args=["Transport"]),
        "/claims/nope/",
        *_following(),
    ]
    return [live_server.url + path for path in paths]


def _about_us(people: Any) -> list[str]:
    """A page about the newsroom with its history, what it is held to, and a report's state."""
    words = {"key": "about", "language": "en", "title": "Who we are"}
    page = pages.write(body_html="<h2>People</h2><p>Two of us.</p>", by=people.checker, at=newsroom.AT, **words)
    pages.publish(page=page, by=people.editor, at=newsroom.AT, version=1, note="First published.")
    edit = {"version": 2, "body_html": "<h2>People</h2><p>Three of us.</p>"}
    pages.edit(page=page, by=people.checker, at=newsroom.AT, **edit)
    pages.publish(page=page, by=people.editor, at=newsroom.AT, version=3, note="Karin joined.")
    report = reports.receive(form="1", page="/", what="The date is wrong", at=newsroom.AT)
    reports.dismiss(report=report, by=people.checker, at=newsroom.AT, answer="It is right: see the minutes.")
    return ["/about/", "/about/history/", "/trust/", reverse("readers:reported", args=[report.reference])]


def _following() -> list[str]:
    """The form, what comes after it, and the two pages behind links of e-mails."""
    row = follow("reader@mail.example")
    given: dict[str, Any] = {"rhythm": "weekly", "language": "en", "at": timezone.now()}
    following.ask(email="reader@mail.example", kind="topic", target="Transport", **given)
    own, stop = links.own_page(row.follower_id, "en"), links.stop(row.follower_id, [row.pk], "en")
    return ["/follow/?topic=Transport", "/follow/asked/", *(urlsplit(link).path for link in (own, stop))]


class Visitor:
    """A reader with one page that goes from address to address: a new page for each costs more than all else there."""

    def __init__(self, browser: Browser, **look: Any) -> None:
        self.page = browser.new_page(**look)
        self.requested: set[str] = set()
        self._heard: list[str] = []
        self.page.on("request", lambda request: self.requested.add(request.url))
        self.page.on("console", lambda message: self._heard.append(message.text))
        self.page.on("pageerror", lambda error: self._heard.append(str(error)))

    def go(self, address: str, scheme: Any) -> list[str]:
        """What the browser complains about: the policy, a missing file, an error. A 404 page is a 404."""
        self.page.goto("about:blank")  # what the page before still had to say belongs to it
        self._heard.clear()
        self.page.emulate_media(color_scheme=scheme)
        self.page.goto(address)
        return [f"{address}: {c}" for c in self._heard if not (address.endswith("/nope/") and "404" in c)]

    def width(self) -> int:
        """How wide what is on the page is, in pixels."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def violations(self) -> list[str]:
        """What breaks axe's rules."""
        return axe.violations(self.page)


def test_pages_are_accessible_in_light_and_dark_and_fit_a_phone(addresses: list[str]) -> None:
    found: list[str] = []
    with chromium() as browser:
        visitor = Visitor(browser, viewport={"width": 360, "height": 740})
        for number, address in enumerate(addresses):  # each in one of them: ``make walk`` goes through both
            scheme = SCHEMES[number % 2]
            found += visitor.go(address, scheme)
            if (width := visitor.width()) > 360:
                found.append(f"{address}: {width} pixels wide")
            found += [f"{address}, {scheme}: {violation}" for violation in visitor.violations()]
    assert found == []
    hosts = {url.split("/")[2] for url in visitor.requested if url != "about:blank"}
    assert hosts == {addresses[0].split("/")[2]}, "nothing comes from elsewhere"


def test_the_verdict_is_visible_without_scrolling_on_a_phone(addresses: list[str]) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto(addresses[4])
        assert page.locator(".ruling .verdict").is_visible()
        box = page.locator(".standfirst").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 740


def test_the_first_tab_stop_skips_to_the_content(addresses: list[str]) -> None:
    with chromium() as browser:
        page = browser.new_page()
        page.goto(addresses[4])
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        assert skip.inner_text() == "Skip to the content"
        box = skip.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def test_pages_load_without_layout_shift_and_work_without_scripts(addresses: list[str]) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        for address in (addresses[4], addresses[2]):
            page.goto(address, wait_until="networkidle")
            assert page.evaluate(SHIFTS) == 0, address
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(addresses[4])
        assert page.locator(".standfirst").is_visible()
        page.locator("details.fold > summary").click()
        assert not page.get_by_role("button", name="Verify").is_visible(), "it would do nothing"
        page.goto(addresses[1])
        page.locator("main").get_by_label("Search, or paste a link or a message").fill("bridge")
        page.locator("main").get_by_role("button", name="Search").click()
        assert page.locator(".results b").count() > 0


#: How far things have moved since the page began to load, by the browser's own measure.
SHIFTS = """
() => new Promise(done => {
    let moved = 0;
    new PerformanceObserver(list => list.getEntries().forEach(one => { moved += one.value; }))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(moved), 200);
})
"""


def test_a_real_browsers_visit_counts_as_a_topic_view(people: Any, live_server: Any) -> None:
    claim = full(people, topics=["Transport"])
    paths = "/topics/", reverse("readers:claim", args=[claim.slug]), reverse("readers:embed", args=[claim.slug])
    with chromium() as browser:
        page = browser.new_page()
        for path in paths:
            assert page.goto(live_server.url + path).ok
    written = topic_views.COUNTER.due(at=timezone.now() + timedelta(minutes=2))
    assert dict(written) == {(timezone.localdate(), "Transport"): 1}
