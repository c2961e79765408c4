"""A record verified in the reader's browser: it holds, and whatever was changed is found."""

import base64
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route

from lib.transparency import signed_notes
from tests.browsers import chromium
from tests.readers.conftest import correct, full

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]

NO_ED25519 = """
const importKey = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (format, data, algorithm, ...rest) => algorithm.name === "Ed25519"
  ? Promise.reject(new DOMException("no", "NotSupportedError")) : importKey(format, data, algorithm, ...rest);
"""


@pytest.fixture
def address(people: Any, live_server: Any, settings: Any) -> str:
    """A claim that was corrected, in a signed log: its second revision is not the log's first record."""
    settings.LOG_SIGNING_KEY = signed_notes.generate(settings.LOG_ORIGIN).secret_key()
    claim = correct(full(people), people)
    full(people, text="Another claim, so that the tree has more than two leaves")
    return live_server.url + reverse("readers:claim", args=[claim.slug])


@pytest.fixture
def new_page(address: str) -> Iterator[Callable[[], Page]]:
    """A fresh page of one browser each time. It starts when the claim is there: its loop keeps Django from working."""
    with chromium() as browser:
        yield browser.new_page


def _verify(page: Page) -> tuple[str, list[str]]:
    """How it ended, and what each step said."""
    page.locator("details.fold").evaluate("fold => { fold.open = true; }")
    page.locator(".verify button").click()
    result = page.locator(".result[data-state]:not([data-state=Running])")
    result.wait_for(timeout=20_000)
    states = page.locator("[data-step]").evaluate_all("rows => rows.map(row => row.dataset.state || '')")
    return result.get_attribute("data-state") or "", states


def _swap(page: Page, pattern: str, change: Callable[[bytes], bytes]) -> None:
    """Let one address answer something else."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=change(response.body()))

    page.route(pattern, answer)


def _first_hash_changed(proof: bytes) -> bytes:
    lines = proof.split(b"\n")
    lines[3] = base64.b64encode(bytes([base64.b64decode(lines[3])[0] ^ 1]) + base64.b64decode(lines[3])[1:])
    return b"\n".join(lines)


def _signature_changed(proof: bytes) -> bytes:
    head, _, signature = proof.rstrip(b"\n").rpartition(b" ")
    raw = bytearray(base64.b64decode(signature))
    raw[-1] ^= 1
    return head + b" " + base64.b64encode(bytes(raw)) + b"\n"


def _entry_changed(proof: bytes) -> bytes:
    lines = proof.split(b"\n")
    entry = base64.b64decode(lines[1].removeprefix(b"extra ")).replace(b'"revision":2', b'"revision":3')
    lines[1] = b"extra " + base64.b64encode(entry)
    return b"\n".join(lines)


def test_a_record_verifies_in_the_browser_and_offline_afterwards(new_page, address):
    page = new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    assert _verify(page) == ("Holds", ["holds"] * 5)
    page.context.set_offline(True)
    assert _verify(page) == ("Holds", ["holds"] * 5)
    assert "unchanged" in page.locator(".result").inner_text()
    assert complaints == []


CHANGES = {
    "a byte of the record": ("**/revisions/2/", lambda body: body.replace(b"budget", b"bucket", 1), 0),
    "the entry": ("**/*.tlog-proof", _entry_changed, 2),
    "a hash of the way to the root": ("**/*.tlog-proof", _first_hash_changed, 3),
    "the signature": ("**/*.tlog-proof", _signature_changed, 4),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_record_proof_or_key_fails_verification_in_the_browser(new_page, address, what):
    pattern, change, step = CHANGES[what]
    page = new_page()
    _swap(page, pattern, change)
    page.goto(address)
    assert _verify(page) == ("Fails", ["holds"] * step + ["fails"] + [""] * (4 - step))
    assert "does not match" in page.locator(".result").inner_text()


def test_a_page_that_differs_from_its_record_fails_verification(new_page, address):
    page = new_page()
    _swap(page, address, lambda body: body.replace(b"It was the budget, not the cost.</p>", b"It was the cost.</p>"))
    page.goto(address)
    assert _verify(page) == ("Fails", ["holds", "fails", "", "", ""])


def test_a_browser_without_ed25519_says_what_it_did_not_check(new_page, address):
    page = new_page()
    page.add_init_script(NO_ED25519)
    page.goto(address)
    assert _verify(page) == ("Partly", ["holds"] * 4 + ["unchecked"])
    assert "cannot check who signed" in page.locator(".result").inner_text()


def test_a_proof_that_cannot_be_fetched_is_reported_as_unchecked(new_page, address):
    page = new_page()
    page.route("**/*.tlog-proof", lambda route: route.fulfill(status=503, body="no key"))
    page.goto(address)
    assert _verify(page)[0] == "Unreachable"
    page.unroute("**/*.tlog-proof")
    assert _verify(page)[0] == "Holds", "and may be tried again"
