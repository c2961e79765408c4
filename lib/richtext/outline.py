"""An explanation as paragraphs and tables without markup, for documents on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lib.richtext import markup, structure

_BREAK: Final = "\u2028"
_TEXTS: Final = frozenset(["p", "li", "h3", "h4", "blockquote"])


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``kind`` is its element, such as ``p`` or ``li``."""

    text: str
    kind: str = "p"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``rows`` all have as many cells as the widest; the first is the head if ``has_head``."""

    caption: str
    rows: list[list[str]]
    has_head: bool
    note: str = ""


def outline(clean: str) -> list[Text | Grid]:
    """The parts of a clean explanation in its order."""
    root = markup.tree(clean)
    for one in root.iter("br"):
        one.tail = _BREAK + (one.tail or "")
    return list(_parts(root))


def _parts(element: Any) -> Iterator[Text | Grid]:
    yield from _loose(element.text)
    for child in element:
        if child.tag == "figure":
            yield from _figure(child)
        elif child.tag == "table":
            yield _grid(child)
        elif any(one.tag in ("table", "figure", *_TEXTS) for one in child.iterdescendants()):
            yield from _parts(child)
        elif child.tag == "br":
            pass
        elif words := _lines(child):
            yield from (Text(line, str(child.tag)) for line in words)
        yield from _loose(child.tail)


def _loose(text: str | None) -> Iterator[Text]:
    if words := " ".join((text or "").split()):
        yield Text(words)


def _lines(element: Any) -> list[str]:
    """The words of an element; a line break begins another line."""
    lines = element.text_content().split(_BREAK)
    return [line for line in (" ".join(one.split()) for one in lines) if line]


def _figure(figure: Any) -> Iterator[Text | Grid]:
    if shown := structure.pictures(figure):
        yield from (Text(f"[{alt}] {credit}", "figure") for _hash, alt, credit in shown)
        return
    chart = structure.chart_of(figure)
    unit = f" ({chart.unit})" if chart.unit else ""
    yield Grid(chart.title + unit, [list(row) for row in chart.rows], has_head=False, note=chart.source)


def _grid(table: Any) -> Grid:
    rows = [[markup.words(cell) for cell in row] for row in structure.cells(table)]
    width = max((len(row) for row in rows), default=0)
    has_head = bool(table.xpath("./thead"))
    return Grid(structure.caption_of(table), [row + [""] * (width - len(row)) for row in rows], has_head)
