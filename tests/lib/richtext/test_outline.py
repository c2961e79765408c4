"""An explanation for paper."""

from lib.richtext.cleaning import clean
from lib.richtext.outline import Grid, Text, outline


def test_paragraphs_lists_tables_and_charts_come_in_their_order():
    html = clean(
        "loose<p>One<br>two <strong>bold</strong></p><ul><li>item</li></ul><h3>Head</h3>"
        "<table><caption>Sums</caption><tr><th>a<th>b<tr><td>1</table>"
        '<figure data-chart="bar" data-unit="t"><table><caption>Harvest</caption><tr><th>2024<td>5</table>'
        "<figcaption>Ministry</figcaption></figure><blockquote><p>said</p></blockquote>"
    )
    assert outline(html) == [
        Text("loose"),
        Text("One"),
        Text("two bold"),
        Text("item", "li"),
        Text("Head", "h3"),
        Grid("Sums", [["a", "b"], ["1", ""]], has_head=True),
        Grid("Harvest (t)", [["2024", "5"]], has_head=False, note="Ministry"),
        Text("said"),
    ]
