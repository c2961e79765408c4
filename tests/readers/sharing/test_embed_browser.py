"""A check in a frame on another site, in a real browser: seen, heard, fitted, and corrected while it is open."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from readers.sharing.embed import REFRESH_SECONDS
from tests import newsroom
from tests.axe import violations
from tests.browsers import chromium
from tests.readers.conftest import LATER, arabic, correct, full

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]


@pytest.fixture(autouse=True)
def _playwright_runs_a_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright's own event loop runs in this thread while a claim is corrected; nothing here is asynchronous."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


class _OtherSite(BaseHTTPRequestHandler):
    """Another newsroom's page, from another origin."""

    page = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.page.encode())

    def log_message(self, *args: Any) -> None:
        """Nothing: a test's output is the test's."""


@pytest.fixture
def other_site() -> Iterator[Any]:
    """``other_site(html)`` gives the address at which another origin shows that HTML."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _OtherSite)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def show(body: str) -> str:
        _OtherSite.page = f"<!DOCTYPE html><html lang=en><title>Another site</title><body style='margin:0'>{body}"
        return f"http://127.0.0.1:{server.server_port}/"

    yield show
    server.shutdown()
    server.server_close()


def _frame(live_server: Any, claim: Any, more: str = "", query: str = "") -> str:
    address = live_server.url + reverse("readers:embed", args=[claim.slug]) + query
    return f'<iframe src="{address}" title="A check" width="100%" height="120" style="border:0" {more}></iframe>'


def _resizer(live_server: Any) -> str:
    return f'<script src="{live_server.url}/static/factcheck/frame.js" async></script>'


def _heard(page: Any) -> list[str]:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def test_an_embed_fits_its_frame_is_accessible_and_shows_a_correction(
    people: Any, live_server: Any, other_site: Any
) -> None:
    claim = full(people)
    address = other_site(_frame(live_server, claim) + _resizer(live_server))
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 900})
        complaints = _heard(page)
        page.clock.install()
        page.goto(address)
        inside = page.frame_locator("iframe")
        expect(inside.locator(".verdict")).to_have_text("False")
        _fits(page)
        assert page.context.cookies() == []
        corrected = correct(claim, people)
        page.clock.fast_forward(REFRESH_SECONDS * 1000 * 1.2)
        expect(inside.locator(".verdict")).to_have_text("Misleading")
        expect(inside.locator(".corrected")).to_contain_text("We had misread the accounts.")
        _fits(page)
        newsroom.take(corrected, "retract", people.editor, at=LATER, comment="The log was of another flight.")
        page.clock.fast_forward(REFRESH_SECONDS * 1000 * 1.2)
        expect(inside.locator(".verdict")).to_have_text("Retracted")
        expect(inside.locator("main")).not_to_contain_text("It was the budget")
        assert complaints == []


def _fits(page: Any) -> None:
    """The frame is as high as what it shows: nothing is cut off, nothing is empty below."""
    page.wait_for_function(
        "() => { const f = document.querySelector('iframe'); return f.style.height && f.offsetHeight > 150; }"
    )
    inner = page.frames[1].evaluate(
        "[document.documentElement.scrollHeight, innerHeight, document.documentElement.scrollWidth]"
    )
    assert abs(inner[0] - inner[1]) <= 2, inner
    assert inner[2] <= 360


@pytest.mark.parametrize("more", ["", 'sandbox="allow-scripts"'])
def test_an_embed_script_loaded_late_still_sets_the_frames_height(
    people: Any, live_server: Any, other_site: Any, more: str
) -> None:
    listening = "<script>addEventListener('message', ({ data }) => { window.said = data.type; });</script>"
    others = "<iframe src='http://['></iframe>"  # an address that cannot be read is nobody's and stops nothing
    address = other_site(listening + _frame(live_server, full(people), more) + others)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 900})
        complaints = _heard(page)
        page.goto(address)
        page.wait_for_function("() => window.said === 'factcheck:height'")
        assert page.locator("iframe").first.evaluate("(frame) => frame.style.height") == "", "nobody heard it"
        page.add_script_tag(url=f"{live_server.url}/static/factcheck/frame.js")
        _fits(page)
        assert complaints == []


def test_embeds_of_two_newsrooms_on_one_page_both_fit(people: Any, live_server: Any, other_site: Any) -> None:
    frame, script = _frame(live_server, full(people)), _resizer(live_server).replace(" async", "")
    elsewhere = live_server.url.replace("localhost", "127.0.0.1")
    assert elsewhere != live_server.url
    two = [text.replace(live_server.url, site) for text in (script, frame) for site in (live_server.url, elsewhere)]
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 900})
        page.goto(other_site("".join(two)))
        page.wait_for_function(
            "() => [...document.querySelectorAll('iframe')].every((frame) => frame.style.height)", timeout=10_000
        )
        assert page.locator("iframe").count() == 2


def test_embeds_are_accessible_in_every_colour_scheme(people: Any, live_server: Any) -> None:
    claims = [correct(full(people), people), arabic(people), newsroom.in_stage("retracted", people)]
    found: list[str] = []
    with chromium() as browser:
        for claim in claims:
            page = browser.new_page(viewport={"width": 320, "height": 700})
            found += _heard(page)
            page.goto(live_server.url + reverse("readers:embed", args=[claim.slug]))
            found += violations(page)
            page.emulate_media(color_scheme="dark")
            found += [f"dark {fault}" for fault in violations(page, asked="colours")]
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                found.append(f"{claim.slug} is wider than its frame")
            page.close()
    assert found == []


def test_a_sandboxed_or_scriptless_embed_still_shows_the_verdict(
    people: Any, live_server: Any, other_site: Any
) -> None:
    claim = full(people)
    boxed = other_site(_frame(live_server, claim, 'sandbox="allow-scripts allow-popups"') + _resizer(live_server))
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 900})
        complaints = _heard(page)
        page.clock.install()
        page.goto(boxed)
        inside = page.frame_locator("iframe")
        expect(inside.locator(".verdict")).to_have_css("font-weight", "700")
        correct(claim, people)
        page.clock.fast_forward(REFRESH_SECONDS * 1000 * 1.2)
        expect(inside.locator(".verdict")).to_have_text("Misleading")
        assert complaints == []
        _without_scripts(browser, live_server, claim)


def _without_scripts(browser: Browser, live_server: Any, claim: Any) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + reverse("readers:embed", args=[claim.slug]))
    expect(page.locator(".verdict")).to_be_visible()
    assert page.locator("head noscript").count() == 1 or page.locator("meta[http-equiv=refresh]").count() == 1


def test_the_embed_code_is_copied_by_button_and_can_be_selected(people: Any, live_server: Any) -> None:
    address = live_server.url + reverse("readers:claim", args=[full(people).slug])
    with chromium() as browser:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(address)
        page.get_by_text("For publishers").click()
        page.get_by_role("button", name="Copy the code").click()
        expect(page.locator("#embed-copied")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("#embed-code").input_value()
        plain = browser.new_context(java_script_enabled=False).new_page()
        plain.goto(address)
        plain.get_by_text("For publishers").click()
        assert not plain.get_by_role("button", name="Copy the code").is_visible()
        assert plain.get_by_label("Embed code").is_visible()
