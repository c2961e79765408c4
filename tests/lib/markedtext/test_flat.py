"""Marks at positions of the plain text of rich text, and what differs between two texts."""

import pytest

from lib.markedtext import differences
from lib.markedtext.differences import Change
from lib.markedtext.flat import Mark, Removed, flatten, plain

RICH = '<p>The <strong>area was</strong> large &amp; wide.</p>\n<ul>\n<li>One <a href="https://x.example/">link</a></li>\n<li>Two</li>\n</ul>'


def test_the_plain_text_has_a_line_for_each_block() -> None:
    assert flatten(RICH).text == "The area was large & wide.\nOne link\nTwo"


def test_without_marks_the_html_says_the_same() -> None:
    assert flatten(flatten(RICH).render([])).text == flatten(RICH).text
    assert flatten("<p>a &lt;b&gt; c</p>").render([]) == "<p>a &lt;b&gt; c</p>"


def test_a_mark_across_an_element_is_drawn_in_pieces_and_marks_are_nested() -> None:
    flat = flatten("<p>The <strong>area was</strong> large.</p>")
    marked = flat.render([Mark(4, 18, "ins"), Mark(9, 12, "mark", (("data-n", '"1"'),))])
    assert marked == (
        '<p>The <strong><ins>area </ins><ins><mark data-n="&quot;1&quot;">was</mark></ins></strong>'
        "<ins> large</ins>.</p>"
    )


@pytest.mark.parametrize(
    ("html", "removed", "shown"),
    [
        ("<p>a c</p>", Removed(2, "<b>"), "<p>a <del>&lt;b&gt;</del>c</p>"),
        ("<p>a</p><p>b</p>", Removed(2, "x"), "<p>a</p><p><del>x</del>b</p>"),
        ("<p>a</p>", Removed(1, "x"), "<p>a<del>x</del></p>"),
        ("", Removed(0, "x"), "<p><del>x</del></p>"),
    ],
)
def test_what_was_removed_stands_at_its_place(html: str, removed: Removed, shown: str) -> None:
    assert flatten(html).render([], [removed]) == shown


def test_a_plain_text_is_escaped() -> None:
    assert plain("a<b").render([Mark(0, 1, "i")]) == "<i>a</i>&lt;b"


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("a b c", "a b c", []),
        ("The figure is much larger.", "The figure is half as large.", [Change(14, 27, "much larger")]),
        ("one line here\ngone away", "one line here", [Change(13, 13, "gone away")]),
        ("one line here", "one line here\nand another", [Change(14, 25, "")]),
        ("first one\nsecond one", "second one\nfirst one", []),
        ("", "all new", [Change(0, 7, "")]),
        ("all old", "", [Change(0, 0, "all old")]),
    ],
)
def test_differences_are_at_positions_of_the_new_text(old: str, new: str, changes: list[Change]) -> None:
    assert differences.between(old, new) == changes


def test_the_marked_pieces_and_the_rest_are_the_new_text() -> None:
    old, new = "It is a far smaller part\nKept\nMoved up", "Moved up\nIt is quite a small part now\nKept"
    rest = new
    for change in reversed(differences.between(old, new)):
        rest = rest[: change.start] + rest[change.end :]
    assert all(word in old for word in rest.split())
