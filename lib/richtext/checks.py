"""What keeps an explanation from being stored, in words for the person who wrote it."""

from collections.abc import Iterator
from typing import Final

from lib.charts import figures
from lib.richtext import markup, structure

#: A larger table belongs into a file that the explanation links to.
MAX_CELLS: Final = 200


def faults(clean: str) -> list[str]:
    """What is wrong with the tables and charts of a clean explanation; none for most."""
    return list(_faults(clean)) if "<table" in clean or "<figure" in clean else []


def pictures(clean: str) -> set[str]:
    """The hashes of the pictures in a clean explanation."""
    return {name for name, _alt, _credit in structure.pictures(markup.tree(clean))} if "<img" in clean else set()


def _faults(clean: str) -> Iterator[str]:
    root = markup.tree(clean)
    for _hash, alt, credit in structure.pictures(root):
        if not alt:
            yield "A picture has no words for people who do not see it: describe what it shows."
        if not credit:
            yield f"The picture “{alt[:40]}” has no credit: say who made it."
    charts = [figure for figure in root.iter("figure") if figure.get(structure.CHART)]
    for figure in charts:
        yield from figures.faults(structure.chart_of(figure))
    tables = [table for table in root.iter("table") if table.getparent().tag != "figure"]
    for number, table in enumerate(tables, 1):
        count = sum(len(row) for row in structure.cells(table))
        if count > MAX_CELLS:
            caption = structure.caption_of(table)
            name = f"The table “{caption}”" if caption else f"Table {number}"
            yield f"{name} has {count} cells; at most {MAX_CELLS} can be read on a phone. Take rows or columns out."
