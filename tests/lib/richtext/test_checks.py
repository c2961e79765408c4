"""Tables and charts that cannot be stored, and the words that say so."""

from html import escape

import pytest

from lib.richtext.checks import faults
from lib.richtext.cleaning import clean


def table(rows, columns):
    return f"<table><caption>Budget</caption>{('<tr>' + '<td>1</td>' * columns + '</tr>') * rows}</table>"


def chart(rows, kind="bar", title="Harvest", unit="t", source="Ministry"):
    cells = "".join(f"<tr><th>{label}</th><td>{figure}</td></tr>" for label, figure in rows)
    return clean(
        f'<figure data-chart="{kind}" data-unit="{escape(unit)}"><table><caption>{title}</caption>{cells}</table>'
        f"<figcaption>{source}</figcaption></figure>"
    )


def test_a_table_of_200_cells_is_taken_and_one_of_500_refused():
    assert faults(clean(table(20, 10))) == []
    assert faults(clean(table(50, 10))) == [
        "The table “Budget” has 500 cells; at most 200 can be read on a phone. Take rows or columns out."
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("2024", "much")], "“much” in row 1 is no figure"),
        ([("2024", "1e309")], "“1e309” in row 1 is no figure"),
        ([("2024", "NaN")], "is no figure"),
        ([("2024", "١٢")], "is no figure"),
        ([("2024", "1,5")], "is no figure"),
        ([("2024", "9" * 16)], "is no figure"),
        ([("2024", "")], "row 1 has no figure"),
        ([("", "5")], "row 1 has no label"),
        ([(str(n), "1") for n in range(60)], "it has 60 rows; at most 30"),
        ([], "it has no figures"),
        ([("x" * 81, "1")], "81 characters"),
    ],
)
def test_a_chart_says_which_figure_is_wrong(rows, said):
    assert said in " ".join(faults(chart(rows)))


def test_an_empty_row_of_a_chart_is_left_out():
    assert faults(chart([("2024", "1"), ("", ""), ("2025", "-2.5")])) == []


def test_a_picture_without_words_or_credit_is_refused():
    image = f'<img src="/pictures/{"a" * 64}/640.jpg">'
    assert [fault.split(":")[0] for fault in faults(clean(f"<figure>{image}</figure>"))] == [
        "A picture has no words for people who do not see it",
        "The picture “” has no credit",
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "pie"}, "choose bars"),
        ({"title": ""}, "give it a title"),
        ({"source": ""}, "name the source"),
        ({"unit": "x" * 21}, "21 characters"),
        ({"kind": "line"}, "at least two"),
        ({"kind": "number", "rows": [("a", "1"), ("b", "2")]}, "one row, and here are 2"),
    ],
)
def test_a_chart_says_what_is_missing(changed, said):
    given = {"rows": [("2024", "1")], **changed}
    assert said in " ".join(faults(chart(given.pop("rows"), **given)))
