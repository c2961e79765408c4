"""What an explanation may hold, and the one form in which it is stored."""

import random

import pytest

from lib.richtext import outline
from lib.richtext.cleaning import clean

CHART = (
    '<figure data-chart="bar" data-unit="%"><table><caption>Harvest</caption><tbody>'
    '<tr><th scope="row">2024</th><td>12.5</td></tr></tbody></table><figcaption>Ministry</figcaption></figure>'
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ('<p onclick="x()">a</p><img src=x onerror=alert(1)>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', '<a rel="nofollow noopener">a</a>'),
        ('<a href="java\nscript:alert(1)">a</a>', '<a rel="nofollow noopener">a</a>'),
        ('<a href="//evil.example">a</a>', '<a rel="nofollow noopener">a</a>'),
        ('<a href="#top">a</a>', '<a rel="nofollow noopener">a</a>'),
        ('<a href="https://a.example" class="cite">a</a>', '<a href="https://a.example" rel="nofollow noopener">a</a>'),
        ('<p data-evidence="1" class="x" style="color:red">a</p>', "<p>a</p>"),
        ('<td data-chart="bar">a</td>', "a"),
        ("<p>H<sub>2</sub>O, m<sup>2</sup></p>", "<p>H<sub>2</sub>O, m<sup>2</sup></p>"),
        ('<svg onload="x()"><style>*{}</style></svg><p>a</p>', "<p>a</p>"),
        ('<iframe src="https://a.example"></iframe><p>a</p>', "<p>a</p>"),
    ],
)
def test_only_what_an_explanation_needs_is_kept(typed, kept):
    assert clean(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        '<p>a <a data-evidence="12" href="https://a.example">[9] <b>x</b></a>, b</p>',
        '<p>a <a class="cite" rel="x" data-evidence="12"></a>, b</p>',
    ],
)
def test_a_citation_keeps_the_row_of_its_evidence_and_no_words(typed):
    assert clean(typed) == '<p>a <a class="cite" data-evidence="12" rel="nofollow noopener"></a>, b</p>'


@pytest.mark.parametrize("row", ["0", "-1", "1e3", "x", "1" * 40, "٣"])
def test_a_citation_of_no_row_is_none(row):
    assert "data-evidence" not in clean(f'<p><a data-evidence="{row}">[1]</a></p>')


def test_a_table_gets_a_head_and_loses_the_paragraphs_of_its_cells():
    typed = (
        "<table><tbody><tr><th><p>Year</p></th><th><p>Tonnes</p></th></tr>"
        "<tr><th><p>2024</p></th><td><p>12</p></td></tr></tbody></table>"
    )
    assert clean(typed) == (
        '<table><thead><tr><th scope="col">Year</th><th scope="col">Tonnes</th></tr></thead>'
        '<tbody><tr><th scope="row">2024</th><td>12</td></tr></tbody></table>'
    )


def test_a_table_in_a_table_becomes_its_words():
    typed = "<table><tr><td>a<table><tr><td>b<td>c</table></table>"
    assert clean(typed) == "<table><tbody><tr><td>a<p>b c</p></td></tr></tbody></table>"


def test_a_chart_in_a_table_becomes_its_words():
    assert clean(f"<table><tr><td>a{CHART}</table>").count("<table>") == 1


def test_a_chart_keeps_its_figures_and_nothing_else():
    typed = CHART.replace("<table>", '<table onclick="x()"><tr><td></td><td></td></tr>').replace("12.5", "<b>12.5</b>")
    assert clean(typed) == CHART


PICTURE = (
    f'<figure><img src="/pictures/{"a" * 64}/640.jpg" alt="A bridge" width="640" height="400">'
    "<figcaption>NN</figcaption></figure>"
)


@pytest.mark.parametrize(
    "typed",
    [
        PICTURE,
        PICTURE.replace("<img ", '<img onerror="x()" style="a" '),
        PICTURE.replace("<figcaption>NN", "<div>x</div><figcaption><b>NN</b>").replace(
            "<figure>", '<figure class="x">'
        ),
    ],
)
def test_a_picture_of_ours_keeps_its_address_words_and_credit(typed):
    assert clean(typed) == PICTURE


@pytest.mark.parametrize(
    "address", ["https://a.example/x.png", "/admin/logout/", "/pictures/../x.jpg", "data:image/png,x"]
)
def test_other_pictures_are_taken_out(address):
    assert "<img" not in clean(f'<p>a</p><figure><img src="{address}"></figure>')


def test_a_figure_that_is_no_chart_gives_way_to_what_is_in_it():
    assert clean("<figure><img src=x><figcaption>A view</figcaption></figure><p>b</p>") == "<p>A view</p><p>b</p>"


@pytest.mark.parametrize(
    "typed",
    [
        "<p>a &amp; b&nbsp;c &lt;d&gt;<br>e</p>",
        "<table><caption>x</caption><tr><th>a<td>b</table>tail",
        CHART,
        '<p><a data-evidence="3">[1]</a><a href="#evidence-2" class="cite">[2]</a></p>',
        "<table></table><table><tr></tr></table><p>a</p>",
        '<figure data-chart="bar" data-unit=">"><table><tr><td>a<td>1</table></figure>',
    ],
)
def test_what_is_clean_stays_as_it_is(typed):
    once = clean(typed)
    assert clean(once) == once


def test_deep_nesting_loses_nothing():
    deep = "<blockquote>" * 400 + "deep<table><tr><td>x</table>" + "</blockquote>" * 400 + "<p>after</p>"
    assert "deep" in clean(deep)
    assert clean(deep).endswith("<p>after</p>")


def test_20_000_characters_are_kept():
    assert clean(f"<p>{'word ' * 4000}</p>").count("word") == 4000


IMAGE = f'<img src="/pictures/{"0" * 64}/320.jpg" alt="A bridge" width="320" height="200">'
TABLE = "<table><tr><td>1</td></tr></table>"


@pytest.mark.parametrize("tag", ["blockquote", "ul><li", "em", "table><tr><td", "figure"])
def test_what_is_nested_without_end_becomes_flat_and_its_words_stay(tag):
    kept = clean(f"<{tag}>" * 3000 + "last words" + TABLE)
    assert "last words" in kept
    assert len(outline.outline(kept)) >= 1
    assert clean(kept) == kept


@pytest.mark.parametrize(
    "odd", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800", "&#0;", "&#1;", "&#x1f;", "&#xfffe;"]
)
@pytest.mark.parametrize(
    "place", ["<p>a%sb</p>", f"<figure data-chart='bar'><table><caption>a%sb</caption></table></figure>{TABLE}"]
)
def test_characters_that_no_document_holds_are_taken_out(odd, place):
    kept = clean(place % odd)
    assert kept.replace("\ufffd", "").startswith(("<p>ab</p>", '<figure data-chart="bar"><table><caption>ab</caption>'))


def test_a_picture_in_a_table_is_taken_out_at_once_and_not_when_it_is_saved_again():
    kept = clean(f"<table><tr><td>a{IMAGE}</td></tr></table>")
    assert kept == "<table><tbody><tr><td>a</td></tr></tbody></table>"


def test_cleaning_twice_changes_nothing_whatever_is_typed():
    tags = [
        "p",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "figure",
        "figcaption",
        "ul",
        "li",
        "blockquote",
        "h3",
        "em",
        "a",
    ]
    parts = [*(f"<{tag}>" for tag in tags), *(f"</{tag}>" for tag in tags), IMAGE, "text", " ", "\u2028", "<br>"]
    parts += ['<figure data-chart="bar">', '<a data-evidence="1">', '<a href="#evidence-2">', "<!--x-->", "1.5"]
    chance = random.Random(11)  # noqa: S311 (the same each time)
    for _ in range(1500):
        typed = "".join(chance.choice(parts) for _ in range(chance.randrange(2, 14)))
        once = clean(typed)
        assert clean(once) == once, typed
