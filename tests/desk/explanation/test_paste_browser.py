"""What is pasted into the editor of explanations, in a real browser: Word, Google Docs, spreadsheets, too much."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.desk.explanation.conftest import paste, value

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
PASTED = Path(__file__).parent / "pasted"
Opened = Callable[..., Page]


def pasted(page: Page, name: str) -> str:
    paste(page, html=(PASTED / f"{name}.html").read_text())
    return value(page)


def test_a_report_from_word_keeps_headings_lists_notes_and_links(writing: Opened) -> None:
    page = writing()
    found = pasted(page, "word_report")
    assert "mso" not in found.lower()
    assert found.startswith("<h3>What the register says</h3>")
    assert "<strong>412 farms</strong>, not <em>600</em>.<sup>1</sup>" in found
    lists = "<ul><li><p>Wheat</p><ul><li><p>winter wheat</p></li></ul></li><li><p>Barley</p></li></ul>"
    assert lists in found
    assert "<li><p>the ministry counted</p></li><li><p>the court confirmed</p></li></ol>" in found
    assert '<a href="https://register.example/farms">the register</a> and H<sub>2</sub>O.' in found
    assert "<p><sup>1</sup> Register of farms, page 3.</p>" in found
    assert "<p></p>" not in found


def test_tracked_changes_come_as_accepted_and_comments_not_at_all(writing: Opened) -> None:
    page = writing()
    found = pasted(page, "word_tracked_changes")
    assert "<p>The budget grew by <strong>12</strong> per cent in 2025.</p>" in found
    assert "<strong>Bold by style</strong>, <em>slanted by style</em>, 5 m<sup>2</sup>." in found
    assert not any(word in found for word in ("doubled", "Secret", "AE1", "img", "file:"))
    page.wait_for_selector("#mark-status:has-text('without its pictures')")


def test_a_table_from_word_has_a_head_and_its_merged_cells(writing: Opened) -> None:
    found = pasted(writing(), "word_table")
    assert '<th colspan="1" rowspan="1"><p>Year</p></th>' in found or "<th><p>Year</p></th>" in found
    assert "<strong>" not in found
    assert 'colspan="2"' in found
    assert "1\xa0250" in found or "1&nbsp;250" in found


def test_a_text_from_google_docs_loses_its_wrapping_and_its_detours(writing: Opened) -> None:
    found = pasted(writing(), "google_docs")
    assert found.startswith("<h3>What changed</h3>")
    link = '<a href="https://minutes.example/5">minutes</a>'
    assert f"<p><strong>Twelve</strong> of the {link}<em> agree</em><sup>1</sup>.</p>" in found
    assert "<ul><li><p>First</p></li><li><p>Second</p></li></ul>" in found
    assert found.count("<th") == 2


def test_cells_of_a_spreadsheet_become_a_table(writing: Opened) -> None:
    page = writing()
    found = pasted(page, "spreadsheet")
    assert found.count("<th") == 3
    assert found.count("<td") == 3


def test_cells_without_html_become_a_table_as_well(writing: Opened) -> None:
    page = writing()
    paste(page, text="Year\tTonnes\n2024\t12\n2025\t15\n")
    assert (value(page).count("<th"), value(page).count("<td")) == (2, 4)


def test_a_table_of_500_cells_is_refused_and_nothing_is_lost(writing: Opened) -> None:
    page = writing()
    page.keyboard.type("Before.")
    paste(page, html=f"<table>{('<tr>' + '<td>1</td>' * 10 + '</tr>') * 50}</table>")
    page.wait_for_selector("#mark-status:has-text('500 cells')")
    assert value(page) == "<p>Before.</p>"


def test_20_000_characters_are_kept_and_counted(writing: Opened) -> None:
    page = writing()
    paste(page, text="word " * 4000)
    assert value(page).count("word") == 4000
    page.wait_for_selector(".explanation-count:has-text('20,000')")


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<script>alert(1)</script></p>",
        '<p>a</p><img src=x onerror="alert(1)">',
        '<p onclick="alert(1)"><a href="javascript:alert(1)">a</a></p>',
        '<p data-evidence="9" data-x="y" style="position:fixed">a</p>',
    ],
)
def test_nothing_that_runs_is_pasted(writing: Opened, html: str) -> None:
    page = writing()
    paste(page, html=html)
    assert value(page) == "<p>a</p>"


def test_a_citation_of_another_claims_evidence_is_pasted_as_words(writing: Opened) -> None:
    page = writing()
    paste(page, html='<p>So <a class="cite" data-evidence="999999">[3]</a>.</p>')
    assert value(page) == "<p>So [3].</p>"
    row: Any = page.get_attribute("[data-rows=evidence] .claim-piece", "data-evidence")
    paste(page, html=f'<p> And <a class="cite" data-evidence="{row}">[1]</a>.</p>')
    assert f'data-evidence="{row}"' in value(page)


def test_a_table_in_a_table_is_pasted_as_words(writing: Opened) -> None:
    page = writing()
    paste(page, html="<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>")
    assert value(page).count("<table") == 1
    assert "b" in value(page)
