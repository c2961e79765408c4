"""Sanitised HTML with its citations, tables and charts in the one form in which they are stored."""

from typing import Any, Final

from lib.charts.figures import Chart
from lib.richtext import markup

CHART: Final = "data-chart"
_UNIT: Final = "data-unit"
_IMAGE: Final = ("src", "alt", "width", "height")
_ROWS: Final = "./tr|./thead/tr|./tbody/tr"


def mend(cleaned: str) -> str:
    """``cleaned`` with each citation, table and chart as it is stored."""
    root = markup.tree(cleaned)
    for link in list(root.iter("a")):
        _mend_citation(link)
    for inner in [*root.iter("figure"), *root.iter("table")]:
        if any(one.tag == "table" for one in inner.iterancestors()):
            markup.replace(inner, markup.made("p", markup.words(inner)))
    for image in list(root.iter("img")):
        if not image.get("src") or any(one.tag == "table" for one in image.iterancestors()):
            markup.replace(image)
        elif not any(one.tag == "figure" for one in image.iterancestors()):
            figure = markup.made("figure")
            markup.replace(image, figure)
            figure.append(image)
    for figure in list(root.iter("figure")):
        _mend_figure(figure)
    for table in list(root.iter("table")):
        if not _in_chart(table):
            _mend_table(table)
    return markup.written(root)


def chart_of(figure: Any) -> Chart:
    """The chart that a ``<figure>`` holds."""
    table = next(figure.iter("table"), None)
    rows = [] if table is None else table.xpath(_ROWS)
    caption = None if table is None else next(iter(table.xpath("./caption")), None)
    source = next(iter(figure.xpath("./figcaption")), None)
    return Chart(
        kind=figure.get(CHART, ""),
        title="" if caption is None else markup.words(caption),
        unit=" ".join(figure.get(_UNIT, "").split()),
        source="" if source is None else markup.words(source),
        rows=tuple(pair for row in rows if any(pair := _pair(row))),
    )


def pictures(root: Any) -> list[tuple[str, str, str]]:
    """The pictures of an explanation: hash, text for those who do not see it, credit."""
    return [
        (
            image.get("src", "").split("/")[2],
            image.get("alt", "").strip(),
            " ".join(map(markup.words, figure.iter("figcaption"))),
        )
        for figure in root.iter("figure")
        for image in figure.iter("img")
    ]


def cells(table: Any) -> list[list[Any]]:
    """The cells of a table, row by row."""
    return [list(row.xpath("./th|./td")) for row in table.xpath(_ROWS)]


def caption_of(table: Any) -> str:
    """What a table is called."""
    return " ".join(filter(None, (markup.words(one) for one in table.xpath("./caption"))))


def _pair(row: Any) -> tuple[str, str]:
    texts = [markup.words(cell) for cell in row.xpath("./th|./td")]
    return (texts[0] if texts else ""), " ".join(texts[1:])


def _in_chart(element: Any) -> bool:
    return any(one.tag == "figure" for one in element.iterancestors())


def _mend_citation(link: Any) -> None:
    """A citation holds the row of its evidence and nothing else: its number is written where it is shown."""
    if link.get("data-evidence"):
        tail = link.tail
        row = link.get("data-evidence")
        link.clear()
        link.set("class", "cite")
        link.set("data-evidence", row)
        link.tail = tail
    elif not (link.get("href") or "").startswith("#"):
        link.attrib.pop("class", None)


def _mend_figure(figure: Any) -> None:
    """A chart as data: title, rows, source. A picture with its credit. Others give way to what is in them."""
    if not figure.get(CHART) and (image := next(figure.iter("img"), None)) is not None:
        _mend_picture(figure, image)
        return
    if not figure.get(CHART):
        inner = [one for one in figure if one.tag != "figcaption"]
        captions = [markup.made("p", markup.words(one)) for one in figure if one.tag == "figcaption"]
        text = [markup.made("p", figure.text.strip())] if (figure.text or "").strip() else []
        markup.replace(figure, *text, *inner, *captions)
        return
    chart = chart_of(figure)
    table = markup.made("table")
    if chart.title:
        table.append(markup.made("caption", chart.title))
    body = markup.made("tbody")
    for label, value in chart.rows:
        row = markup.made("tr")
        row.append(markup.made("th", label, scope="row"))
        row.append(markup.made("td", value))
        body.append(row)
    table.append(body)
    named = {CHART: chart.kind} | ({_UNIT: chart.unit} if chart.unit else {})
    drawn = markup.made("figure", **named)
    drawn.append(table)
    if chart.source:
        drawn.append(markup.made("figcaption", chart.source))
    markup.replace(figure, drawn)


def _mend_picture(figure: Any, image: Any) -> None:
    drawn = markup.made("figure")
    drawn.append(markup.made("img", **{name: image.get(name) for name in _IMAGE if image.get(name)}))
    if words := " ".join(filter(None, (markup.words(one) for one in figure.iter("figcaption")))):
        drawn.append(markup.made("figcaption", words))
    markup.replace(figure, drawn)


def _mend_table(table: Any) -> None:
    rows = table.xpath(_ROWS)
    rows = [row for row in rows if row.xpath("./th|./td")]
    if not rows:
        markup.replace(table)
        return
    caption = caption_of(table)
    head: list[Any] = []
    while len(head) < len(rows) and all(cell.tag == "th" for cell in rows[len(head)].xpath("./th|./td")):
        head.append(rows[len(head)])
    if len(head) == len(rows):
        head = head[:1]
    for row in rows:
        for cell in row.xpath("./th|./td"):
            _mend_cell(cell, is_head=row in head)
    table[:] = []
    table.text = None
    if caption:
        table.append(markup.made("caption", caption))
    for tag, part in (("thead", head), ("tbody", rows[len(head) :])):
        if part:
            group = markup.made(tag)
            for row in part:
                row.tail = None
                group.append(row)
            table.append(group)


def _mend_cell(cell: Any, *, is_head: bool) -> None:
    """A head says what it is the head of; a paragraph alone in a cell is taken off."""
    cell.tail = None
    if cell.tag == "th":
        cell.set("scope", "col" if is_head else "row")
    only = cell[0] if len(cell) == 1 and not (cell.text or "").strip() else None
    if only is not None and only.tag == "p" and not (only.tail or "").strip():
        cell.text = only.text
        inner = list(only)
        cell[:] = inner
