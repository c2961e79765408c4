"""Evidence in a real browser: by keyboard alone, with the mouse, with files, by axe's rules in light and dark."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route

from articles.models import Attachment, Claim
from articles.selectors.evidence import source_search
from tests import newsroom
from tests.articles.pictures import PDF, photograph
from tests.axe import violations
from tests.desk.browser import open_desk, real

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]

DROP = """([selector, name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    const card = document.querySelector(selector);
    for (const kind of ["dragover", "drop"]) {
        card.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
}"""


def said(page: Page, words: str) -> None:
    page.wait_for_selector(f"#mark-status:has-text('{words}')")


def titles(claim: Claim) -> list[str]:
    return [row.source.title for row in source_search.evidence_of(Claim.objects.get(pk=claim.pk))]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


def cite_by_keys(page: Page) -> None:
    """Words of a title, the first hit, a stance, a quote, a place; saved."""
    page.keyboard.press("a")
    page.wait_for_selector(".evidence-form [data-find]:focus")
    page.keyboard.type("toll rep")
    page.wait_for_selector(".evidence-form [role=option][aria-selected=true]:has-text('Toll report of 2024')")
    assert violations(page) == []
    for key in ("Enter", "r"):
        page.keyboard.press(key)
    page.keyboard.type("Nobody paid that")
    page.keyboard.press("Tab")
    page.keyboard.type("page 9")
    page.keyboard.press("Control+Enter")
    said(page, "Evidence added")


def test_evidence_is_entered_and_ordered_with_the_keyboard_alone(people, live_server, chrome: Browser) -> None:
    claim = newsroom.complete(people.reporter)
    newsroom.source(people.reporter, title="Toll report of 2024", url="")
    complaints: list[str] = []
    page = open_desk(chrome, live_server.url, newsroom.article(people.reporter), complaints)
    page.keyboard.press("j")
    page.wait_for_selector("#mark-work .evidence-card")
    assert violations(page) == []
    cite_by_keys(page)
    made = claim.evidence.get(quote="Nobody paid that")
    assert (made.stance, made.locator) == ("refutes", "page 9")
    assert focused(page).startswith("3 of 3. Refutes: Toll report")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    said(page, "Order saved")
    page.wait_for_function("document.activeElement.ariaLabel.startsWith('1 of 3')")
    page.keyboard.press("c")
    said(page, "Context")
    page.keyboard.press("Enter")
    page.keyboard.type("!")
    page.keyboard.press("Control+Enter")
    said(page, "Saved")
    made.refresh_from_db()
    assert (made.stance, made.quote.count("!")) == ("context", 1)
    assert titles(claim)[0] == "Toll report of 2024"
    page.keyboard.press("Delete")
    said(page, "Taken off")
    assert len(titles(claim)) == 2
    page.click(".evidence-undo button")
    said(page, "Order saved")
    assert titles(claim)[0] == "Toll report of 2024"
    assert real(complaints) == []


def test_slow_typing_never_has_more_than_one_search_under_way(people, live_server, chrome: Browser) -> None:
    newsroom.complete(people.reporter)
    newsroom.source(people.reporter, title="Toll report of 2024", url="")
    complaints: list[str] = []
    page = open_desk(chrome, live_server.url, newsroom.article(people.reporter), complaints)
    page.keyboard.press("j")
    page.wait_for_selector("#mark-work .evidence-card")
    held: list[Route] = []
    given_up: list[str] = []
    page.route("**/evidence/sources/*", lambda route: held.append(route))
    page.on("requestfailed", lambda request: given_up.append(request.url))
    page.keyboard.press("a")
    page.wait_for_selector(".evidence-form [data-find]:focus")
    for letter in "toll":
        with page.expect_event("requestfailed"), page.expect_request("**/evidence/sources/*"):
            page.keyboard.type(letter)
    page.wait_for_function("true")  # the last search is held by now
    assert [one.request.url.rpartition("=")[2] for one in held] == ["", "t", "to", "tol", "toll"]
    assert given_up == [one.request.url for one in held[:-1]]
    held[-1].continue_()
    page.wait_for_selector(".evidence-form [role=option][aria-selected=true]:has-text('Toll report of 2024')")
    assert real(complaints) == []


def test_files_and_the_mouse_on_the_claims_own_page(people, live_server, chrome: Browser) -> None:
    claim = newsroom.complete(people.reporter)
    before = titles(claim)
    complaints: list[str] = []
    page = open_desk(chrome, live_server.url, newsroom.article(people.reporter), complaints, color_scheme="dark")
    page.goto(f"{live_server.url}{reverse('admin:articles_claim_evidence', args=[claim.pk])}")
    page.wait_for_selector(".evidence-card")
    page.evaluate("document.documentElement.classList.add('dark')")
    assert violations(page) == []

    page.locator(".evidence-grip").first.drag_to(
        page.locator(".evidence-card").nth(1), target_position={"x": 40, "y": 90}
    )
    said(page, "Order saved")
    assert titles(claim) == before[::-1]

    page.evaluate(DROP, [".evidence-card", "minutes.pdf", PDF.decode()])
    said(page, "minutes.pdf is kept")
    with page.expect_download() as saved:
        page.click(".evidence-card a[download]")
    assert saved.value.suggested_filename == "minutes.pdf"
    page.evaluate(DROP, [".evidence-card", "logo.svg", "<svg onload='alert(1)'/>"])
    page.wait_for_selector(".evidence-card .mark-error:has-text('can hold scripts')")

    page.keyboard.press("a")
    page.fill(".evidence-form [data-find]", "A photograph")
    page.click(".evidence-form [role=option]:has-text('New source')")
    photo: Any = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    page.set_input_files(".evidence-form [name=file]", files=[photo])
    page.click(".evidence-form [type=submit]")
    said(page, "Evidence added")
    assert titles(claim)[-1] == "A photograph"
    assert Attachment.objects.count() == 2
    assert [words for words in real(complaints) if "400" not in words] == []
