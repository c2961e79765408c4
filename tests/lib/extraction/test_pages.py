"""Pages: markup that changes the meaning is kept or named, what a reader does not see stays out."""

import time

import pytest

from lib import extraction
from lib.extraction import markup

FILLER = "<p>The town council of Lindholm met on Monday to speak about its bridges, and many people came to listen.</p>"


def read(inside: str, *, around: str = "{}") -> extraction.Extracted:
    article = around.format(
        f"<article><h1>Bridges of Lindholm</h1>{FILLER}{inside}{FILLER.replace('Monday', 'Friday')}</article>"
    )
    return extraction.read(f"<!doctype html><html lang=en><body>{article}</body></html>".encode(), name="page.html")


INLINE = {
    "footnote": ("<p>The tram made 31<sup>2</sup> journeys that day in the rain.</p>", "31² journeys"),
    "linked footnote": (
        '<p>The tram made 31<sup><a href="#fn2">[2]</a></sup> journeys that day.</p>',
        "31 [2] journeys",
    ),
    "exponent": ("<p>It holds 10<sup>7</sup> litres of water, says the board.</p>", "10⁷ litres"),
    "cubic metres": ("<p>It holds 40 m<sup>3</sup> of water, says the board.</p>", "40 m³ of"),
    "negative exponent": ("<p>Measured was 3 × 10<sup>-4</sup> of the whole amount.</p>", "10⁻⁴ of"),
    "subscript": ("<p>The plant gave off CO<sub>2</sub> for many years, they said.</p>", "CO₂ for"),
    "ordinal": ("<p>It was the 1<sup>st</sup> bridge over the river in town.</p>", "1st bridge"),
    "correction in line": ("<p>It cost <del>18</del> <ins>21</ins> euros a head in that year.</p>", "cost 21 euros"),
    "struck by style": (
        '<p>It cost <span style="text-decoration:line-through">18</span> 21 euros a head.</p>',
        "cost 21 euros",
    ),
}


@pytest.mark.parametrize(("inside", "kept"), INLINE.values(), ids=INLINE)
def test_inline_markup_keeps_its_meaning(inside: str, kept: str) -> None:
    assert kept in " ".join(read(inside).body.split())


def test_struck_through_text_is_named_in_a_note() -> None:
    assert "One struck-through passage was left out." in read("<p>It cost <del>18</del> 21 euros a head.</p>").notes


@pytest.mark.parametrize(
    "unseen",
    [
        "<p hidden>Nobody reads this sentence about the bridge.</p>",
        '<p style="display: none">Nobody reads this sentence about the bridge.</p>',
        '<p class="visually-hidden">Nobody reads this sentence about the bridge.</p>',
        '<div class="ad"><p>Nobody reads this sentence about the bridge.</p></div>',
        '<div id="ad-slot-3"><p>Nobody reads this sentence about the bridge.</p></div>',
    ],
)
def test_what_is_not_seen_or_sold_stays_out(unseen: str) -> None:
    assert "Nobody reads" not in read(unseen).body


def test_a_correction_note_is_never_lost() -> None:
    note = "<footer><p>Correction: an earlier version said that the bridge cost 18 million euros.</p></footer>"
    assert "Correction: an earlier version said" in read(note).body


def test_captions_are_kept_once() -> None:
    figure = (
        '<figure><img src="a.jpg" alt=""><figcaption>The old bridge in 1931, before the fire.</figcaption></figure>'
    )
    found = read(figure)
    assert found.body.count("The old bridge in 1931") == 1
    assert "One picture was left out." in found.notes


def test_a_fact_box_is_kept_or_named() -> None:
    found = read("<aside><h3>In figures</h3><p>The bridge is 412 metres long and 18 metres wide.</p></aside>")
    assert "412 metres" in found.body + " ".join(found.notes)


def test_a_table_becomes_rows_without_bars() -> None:
    table = (
        "<table><tr><th>Year<th>Cars<th>Trams</tr><tr><td>1990<td>310<td>310</tr><tr><td>2000<td>420<td>12</tr></table>"
    )
    body = read(table).body
    assert "1990\t310\t310" in body
    assert "|" not in body


def test_the_declared_character_set_is_kept_around_a_broken_byte() -> None:
    start = "<!doctype html><html><head><meta charset=utf-8></head><body><article>"
    page = f"{start}{FILLER * 5}<p>Șoseaua è là, çok güzel".encode()
    found = extraction.read(page + b" caf\xe9 </p></article></body></html>", name="page.html")
    assert "Șoseaua è là, çok güzel caf\ufffd" in found.body
    assert "One letter could not be read and became “\ufffd”. Correct what you can." in found.notes


def test_one_broken_byte_in_a_hundred_thousand_changes_nothing_else() -> None:
    text = ("Ärgerlich ist die Brücke über den Fluß. " * 3000).encode()
    found = extraction.read(text[:50_000] + b"\xff" + text[50_000:], name="a.txt")
    assert found.body.count("\ufffd") in (1, 2)
    assert found.body.count("Brücke über den Fluß") >= 2998


def test_a_nul_byte_in_a_page_is_dropped() -> None:
    page = f"<!doctype html><html><body><article>{FILLER * 4}<p>Be\x00fore and after.</p></article></body></html>"
    found = extraction.read(page.encode(), name="page.html")
    assert "Before and after." in found.body
    assert any("NUL" in note for note in found.notes)


def test_a_page_that_nests_deeper_than_a_tree_may_be_is_still_read() -> None:
    found = extraction.read(("<html><body>" + "<div>" * 5000 + "Deep words." + "</div>" * 5000).encode(), name="a.html")
    assert "Deep words." in found.body
    assert any("could not be told" in note for note in found.notes)


def test_two_million_nested_tags_are_read_in_bounded_time() -> None:
    page = b"<html><body><p>Before the flood.</p>" + b"<b>" * 1_000_000 + b"Inside." + b"</b>" * 200_000
    assert "Before the flood." in extraction.read(page, name="a.html").body


@pytest.mark.parametrize("wrapper", ["<div class='ads-enabled'>{}</div>", "<div id='promo'>{}</div>"])
def test_a_wrapper_that_only_sounds_like_an_advertisement_keeps_the_article(wrapper: str) -> None:
    assert "town council of Lindholm met" in read("<p>More.</p>", around=wrapper).body


def test_a_page_that_shows_itself_late_is_read() -> None:
    page = f"<html><body style='display:none'><article><h1>Bridges</h1>{FILLER * 4}</article></body></html>"
    found = extraction.read(page.encode(), name="a.html")
    assert "town council of Lindholm met" in found.body
    assert not any("could not be told" in note for note in found.notes)


def test_items_of_a_long_list_are_numbered_at_the_cost_of_one_look_each() -> None:
    def cost(items: int) -> float:
        times = []
        for _ in range(3):
            root = markup.tree_of("<ol>" + "<li>Item" * items + "</ol>")
            began = time.process_time()
            lines = markup.paragraphs(root)
            times.append(time.process_time() - began)
            assert lines[-1] == f"{items}. Item"
        return min(times)

    assert cost(40_000) < 14 * cost(8_000)


def test_numbers_of_a_list_follow_its_start_and_its_items() -> None:
    root = markup.tree_of("<ol start=4><li>a<li value=9>b<li>c</ol>")
    assert markup.paragraphs(root) == ["4. a", "9. b", "10. c"]
