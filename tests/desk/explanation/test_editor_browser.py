"""The editor of explanations in a browser, by keyboard: citations, links, tables, charts, undo, both directions."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page

from articles.models import Claim
from articles.selectors.log import evidence_numbers
from tests.axe import violations
from tests.desk.explanation.conftest import explained, value

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
Opened = Callable[..., Page]


def chart_by_keyboard(page: Page, rows: list[tuple[str, str]]) -> None:
    """Fill in the form of a chart that is open, from its first field."""
    page.focus(".explanation-chart-form [name=title]")
    page.keyboard.type("Harvest")
    page.keyboard.press("Tab")
    for label, figure in rows:
        page.keyboard.type(label)
        page.keyboard.press("Enter")
        page.keyboard.type(figure)
        page.keyboard.press("Enter")
    page.fill(".explanation-chart-form [name=source]", "Ministry")
    page.press(".explanation-chart-form [name=source]", "Enter")


def test_evidence_is_cited_by_a_number_a_list_and_words(people: SimpleNamespace, writing: Opened) -> None:
    page = writing()
    claim = Claim.objects.get()
    first, second = evidence_numbers.rows(claim)
    page.keyboard.type("One ")
    page.keyboard.press("Control+Shift+Digit2")
    page.keyboard.type(", two [")
    page.wait_for_selector(".explanation-list input:focus")
    assert violations(page) == []
    page.keyboard.type("1")
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.type(", three [")
    page.wait_for_selector(".explanation-list input:focus")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.press("Control+Shift+Digit7")
    page.wait_for_selector("#mark-status:has-text('no evidence with the number 7')")
    link = '<a class="cite" data-evidence="%d">[%d]</a>'
    assert value(page) == f"<p>One {link % (second, 2)}, two {link % (first, 1)}, three {link % (second, 2)}</p>"
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    page.wait_for_selector("#explanation-view a.cite:has-text('[2]')")
    stored = claim.verdicts.latest("pk").explanation_html
    assert f'data-evidence="{second}"' in stored
    assert "[2]" not in stored


def test_escape_leaves_the_list_and_the_text_stays(writing: Opened) -> None:
    page = writing()
    page.keyboard.type("So [")
    page.wait_for_selector(".explanation-list input:focus")
    page.keyboard.press("Escape")
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.type("it is")
    assert value(page) == "<p>So it is</p>"


def test_a_link_is_made_beside_the_words_and_ends_with_them(writing: Opened) -> None:
    page = writing()
    page.keyboard.type("See minutes")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#explanation-box-field:focus")
    assert page.locator("#desk-palette[open]").count() == 0
    box, field = page.locator(".explanation-box").bounding_box(), page.locator(".ProseMirror p").first.bounding_box()
    assert box is not None
    assert field is not None
    assert 0 < box["y"] - field["y"] < 60
    page.keyboard.type("javascript:alert(1)")
    page.keyboard.press("Enter")
    page.wait_for_selector(".explanation-error:has-text('whole web address')")
    page.fill("#explanation-box-field", "city.example/minutes")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.type(" of May.")
    assert value(page) == '<p>See <a href="https://city.example/minutes">minutes</a> of May.</p>'
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert "<a" not in value(page)


def test_a_table_and_a_chart_are_made_by_keyboard_and_shown_as_readers_see_them(writing: Opened) -> None:
    page = writing()
    page.keyboard.press("Alt+F10")
    page.wait_for_selector("[data-tool=bold]:focus")
    page.keyboard.press("End")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.wait_for_selector("[data-tool=table]:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ProseMirror:focus")
    for word in ("Year", "Tonnes", "Note", "2024"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    assert violations(page) == []
    page.keyboard.press("Control+End")
    page.click("[data-tool=chart]")
    page.wait_for_selector(".explanation-chart-form")
    chart_by_keyboard(page, [("2024", "12"), ("2025", "much")])
    page.wait_for_selector(".explanation-error:has-text('Row 2 needs a plain number')")
    assert violations(page) == []
    page.fill(".explanation-figures tbody tr:nth-child(2) input[inputmode=decimal]", "7,5")
    page.press(".explanation-chart-form [name=source]", "Enter")
    page.wait_for_selector(".explanation-chart")
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.type("After.")
    assert "<td>7.5</td>" in value(page)
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    page.wait_for_selector("#explanation-view svg.drawn")
    assert page.locator("#explanation-view svg text").all_text_contents()[:2] == ["2024", "12"]
    assert page.locator("#explanation-view thead th").first.inner_text() == "Year"
    assert violations(page) == []


def test_opening_an_explanation_with_everything_is_no_change(people: SimpleNamespace, writing: Opened) -> None:
    claim = explained(
        people,
        '<p>So <a href="#evidence-1">[1]</a>.</p><table><caption>Sums</caption><tr><th>a<th>b<tr><td>1<td>2</table>'
        '<figure data-chart="bar" data-unit="t"><table><caption>Harvest</caption><tr><th>2024<td>5</table>'
        "<figcaption>Ministry</figcaption></figure>",
    )
    before = claim.verdicts.latest("pk").explanation_html
    page = writing(claim)
    page.keyboard.press("Control+Home")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    page.wait_for_selector(".claim-ready")
    assert claim.verdicts.latest("pk").explanation_html == before


def test_an_arabic_explanation_runs_from_the_right(writing: Opened) -> None:
    page = writing()
    page.keyboard.type("كلفت الجسور")
    assert page.eval_on_selector(".ProseMirror", "one => getComputedStyle(one).direction") == "rtl"
    page.keyboard.type(" [")
    page.wait_for_selector(".explanation-list input:focus")
    frame, box = (page.locator(name).bounding_box() for name in (".prose-editor", ".explanation-list"))
    assert frame is not None
    assert box is not None
    assert box["x"] >= frame["x"]
    assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
    page.keyboard.press("Enter")
    page.wait_for_selector(".ProseMirror:focus")
    assert "[1]" in value(page)


def test_the_library_comes_only_when_somebody_writes(people: SimpleNamespace, writing: Opened) -> None:
    page = writing()
    loaded = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert any("explanation/extensions.js" in one for one in loaded)
    assert not any("material-icons" in one for one in loaded)
    page.reload()
    page.wait_for_selector(".claim-ready")
    loaded = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert not any("editor.js" in one or "explanation/" in one for one in loaded)
