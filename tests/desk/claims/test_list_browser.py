"""The list and the palette in a real browser: by keyboard alone, by axe's rules, in sizes that fit a screen."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from articles.models import Claim, SavedView
from tests import newsroom
from tests.axe import change_look, violations, violations_in_each_look
from tests.desk.browser import real, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
LIST = "/admin/articles/claim/"


@pytest.fixture
def rows(people: SimpleNamespace) -> list[Claim]:
    """Thirty claims, some in review, and one in Arabic."""
    made = [newsroom.draft(people.reporter, text=f"Statement number {number} about the bridge") for number in range(27)]
    made += [newsroom.complete(people.reporter, text=f"The minutes say {number}") for number in range(2)]
    return [*made, newsroom.draft(people.reporter, text="الجسر مغلق منذ سنة", language="ar")]


def _open(chrome: Browser, site: str, complaints: list[str], width: int = 1280, height: int = 800) -> Page:
    page = chrome.new_context(viewport={"width": width, "height": height}).new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page.context, "editor")
    page.goto(f"{site}{LIST}")
    page.wait_for_selector(".desk-grid tbody tr")
    page.wait_for_function("document.querySelector('[data-count=all]').textContent !== ''")
    return page


def _press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


SIZES = """() => {
    const region = document.querySelector("#desk-rows").getBoundingClientRect();
    const rows = [...document.querySelectorAll(".desk-grid tbody tr")].map((row) => row.getBoundingClientRect());
    return {
        shown: rows.filter((row) => row.top >= region.top && row.bottom <= region.bottom + 1).length,
        row: rows[0].height, head: document.querySelector(".desk-grid thead").getBoundingClientRect().height,
        wide: document.documentElement.scrollWidth, high: document.documentElement.scrollHeight,
    };
}"""


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (768, 1024), (1920, 1080)])
def test_fifteen_rows_fit_a_screen(rows, live_server, chrome: Browser, width: int, height: int) -> None:
    page = _open(chrome, live_server.url, [], width, height)
    found = page.evaluate(SIZES)
    assert found["shown"] >= 15
    assert (found["row"], found["head"]) == (36, 30)
    assert (found["wide"], found["high"]) == (width, height), "the page itself does not scroll"


def _give_a_due_date_and_undo(page: Page) -> None:
    """First what will change, then the change, then undo: for the two claims of the list."""
    _press(page, "x k x d")
    page.wait_for_selector("#bulk-dialog[open] input[type=date]")
    page.keyboard.type("12242026")
    _press(page, "Enter")
    page.wait_for_selector("#bulk-dialog button:has-text('Change 2')")
    assert Claim.objects.filter(due_on__isnull=False).count() == 0
    _press(page, "Enter")
    page.wait_for_selector("#desk-toast:has-text('2 claims changed.')")
    assert Claim.objects.filter(due_on__isnull=False).count() == 2
    _press(page, "Control+z")
    page.wait_for_selector("#desk-toast:has-text('Undone: 2.')")
    assert Claim.objects.filter(due_on__isnull=False).count() == 0


def test_an_editor_works_through_the_list_with_the_keyboard_alone(rows, people, live_server, chrome: Browser) -> None:
    complaints: list[str] = []
    page = _open(chrome, live_server.url, complaints)

    # Search with a typing error: what matched is marked.
    _press(page, "/")
    page.keyboard.type("minuets")
    _press(page, "Enter")
    page.wait_for_url("**q=minuets**")
    assert page.locator(".desk-grid tbody tr").count() == 2
    assert set(page.locator(".desk-grid mark").all_text_contents()) == {"minutes"}

    # Look at the claims without leaving the list.
    _press(page, "j Space")
    page.wait_for_selector("#desk-look h2")
    first = page.text_content("#desk-look h2")
    _press(page, "j")
    page.wait_for_function("(first) => document.querySelector('#desk-look h2').textContent !== first", arg=first)
    expect(page.locator("#desk-look")).to_contain_text("2 pieces of evidence")
    _press(page, "Escape")
    expect(page.locator("#desk-look")).to_be_hidden()

    _give_a_due_date_and_undo(page)

    # Filter, and open a claim with Enter.
    _press(page, "f")
    page.wait_for_selector("#filter-dialog select[name=stage]:focus")
    page.keyboard.type("Draft")
    _press(page, "Enter")
    page.wait_for_url("**stage=draft**")
    page.wait_for_selector(".desk-none:has-text('No claims match')")
    page.goto(f"{live_server.url}{LIST}?stage=checking")
    page.wait_for_selector(".desk-grid tbody tr")
    _press(page, "j Enter")
    page.wait_for_url("**/change/")
    assert real(complaints) == []


def test_the_palette_leads_anywhere_with_the_keyboard_alone(rows, people, live_server, chrome: Browser) -> None:
    complaints: list[str] = []
    page = _open(chrome, live_server.url, complaints)
    scripts = page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
    assert not [name for name in scripts if "palette/palette" in name], "its script comes when it is opened"
    page.goto(f"{live_server.url}/admin/articles/source/")
    _press(page, "Control+k")
    page.wait_for_selector("#desk-palette[open] [role=option]")
    page.keyboard.type("statment number 7")
    page.wait_for_selector("[role=option][aria-selected=true]:has-text('Statement number 7')")
    assert page.get_attribute("#desk-palette-input", "aria-activedescendant") == "desk-palette-0"
    assert violations(page) == []
    _press(page, "Enter")
    page.wait_for_url(f"**{Claim.objects.get(text__contains='number 7 ').pk}/change/")
    _press(page, "Control+k")
    page.wait_for_selector("#desk-palette[open] [role=option]")
    page.keyboard.type("> import")
    page.wait_for_selector("[role=option]:has-text('Import an article')")
    _press(page, "ArrowDown ArrowUp Escape")
    expect(page.locator("#desk-palette")).to_be_hidden()
    page.goto(f"{live_server.url}/admin/")
    _press(page, "?")
    page.wait_for_selector("#desk-keys[open]")
    assert violations(page) == []
    assert real(complaints) == []


def test_axe_finds_nothing(rows, live_server, chrome: Browser) -> None:
    page = _open(chrome, live_server.url, [])
    page.goto(f"{live_server.url}{LIST}?q=bridge&stage=open&topic=gone")
    page.wait_for_selector(".desk-list-notes")
    _press(page, "j x Space")
    page.wait_for_selector("#desk-look h2")
    found = {"list": violations_in_each_look(page)}
    for direction in ("rtl", "ltr"):
        change_look(page, direction=direction)
        assert page.evaluate("document.documentElement.scrollWidth") == 1280
    for name, key, ready in (
        ("filter", "f", "#filter-form select"),
        ("topics", "t", "#bulk-dialog input[name=add]"),
        ("palette", "Control+k", "[role=option]"),
    ):
        _press(page, key)
        page.wait_for_selector(ready)
        found[name] = violations_in_each_look(page)
        _press(page, "Escape")
        page.wait_for_function("document.querySelector('dialog[open]') === null")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_view_is_saved_and_opened_again(rows, people, live_server, chrome: Browser) -> None:
    page = _open(chrome, live_server.url, [])
    page.goto(f"{live_server.url}{LIST}?stage=checking")
    page.click("text=Save view")
    page.fill("#view-name", "In checking")
    page.press("#view-name", "Enter")
    page.wait_for_selector(".desk-views a[aria-current=page]:has-text('In checking')")
    assert SavedView.objects.get().query == {"stage": "checking"}
    expect(page.locator(f"[data-count='{SavedView.objects.get().pk}']")).to_have_text("2")
    page.click("text=Columns")
    page.uncheck("input[name=column][value=article]")
    page.click("text=Show these columns")
    page.wait_for_selector(".desk-grid thead")
    assert page.locator(".c-article").count() == 0
