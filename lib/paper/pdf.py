"""A document as PDF: A4, one font for all scripts it has, text in either direction."""

import logging
from functools import singledispatchmethod
from typing import Any, Final

from fpdf import FPDF
from fpdf.enums import TableCellFillMode, XPos, YPos
from fpdf.fonts import FontFace

from lib.paper.blocks import Document, Facts, Heading, Paragraph, Passage, Table, printable, runs_left, shortened
from lib.paper.writing import Fonts

_MARGIN: Final = 20
_LINE: Final = 1.45
_SIZES: Final = {1: 17.0, 2: 13.0, 3: 11.0}
_TEXT: Final = 10.0
_CELL: Final = 8.5
_QUIET: Final = 90
#: Millimetres for one point of type.
_POINT: Final = 25.4 / 72
#: It tells every step of making a font smaller.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def write(document: Document, fonts: Fonts) -> bytes:
    """The file. The same document and fonts give the same bytes."""
    page = _Pages(document, fonts)
    page.add_page()
    page.heading(document.title, size=_SIZES[1] + 3)
    for block in document.blocks:
        page.put(block)
    return bytes(page.output())


class _Pages(FPDF):
    """The pages of one document."""

    def __init__(self, document: Document, fonts: Fonts) -> None:
        super().__init__(format="A4")
        self._footer = document.footer
        self.set_margin(_MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN)
        self.add_font("text", fname=fonts.regular)
        self.add_font("text", style="B", fname=fonts.bold)
        self.set_text_shaping(use_shaping_engine=True)
        self.set_title(printable(document.title))
        self.set_lang(document.language)
        self.set_creation_date(document.made_at)
        self.set_font("text", size=_TEXT)

    def footer(self) -> None:
        """The foot of every page: what it is, and its number."""
        self.set_xy(_MARGIN, -14)
        self.set_font("text", size=7.5)
        self.set_text_color(_QUIET)
        self.cell(self.w - 2 * _MARGIN - 25, 5, printable(self._footer))
        self.cell(25, 5, f"{self.page_no()} / {{nb}}", align="R")
        self.set_text_color(0)

    def heading(self, text: str, *, size: float) -> None:
        """A heading, never the last line of a page."""
        if self.will_page_break(size * _POINT * _LINE + 18):
            self.add_page()
        self.ln(size * 0.25)
        self._write(text, size=size, style="B")
        self.ln(1.5)

    @singledispatchmethod
    def put(self, block: Any) -> None:
        """One block."""
        raise TypeError(block)

    @put.register
    def _(self, block: Heading) -> None:
        self.heading(block.text, size=_SIZES[block.level])

    @put.register
    def _(self, block: Paragraph) -> None:
        self.set_text_color(_QUIET if block.is_quiet else 0)
        self._write(block.text, size=_TEXT)
        self.set_text_color(0)
        self.ln(1.5)

    @put.register
    def _(self, block: Passage) -> None:
        words = f"{block.before}⟦{block.words}⟧{block.after}"
        self.set_left_margin(_MARGIN + 6)
        self._write(words, size=_TEXT)
        self.set_left_margin(_MARGIN)
        self.ln(1.5)

    @put.register
    def _(self, block: Facts) -> None:
        rows = [row for row in block.rows if row[1]]
        if rows:
            self._table(None, rows, (30, 100))

    @put.register
    def _(self, block: Table) -> None:
        if block.rows:
            self._table(block.head or None, block.rows, block.widths)

    def _write(self, text: str, *, size: float, style: str = "") -> None:
        self.set_font("text", style=style, size=size)
        for line in printable(text).split("\n"):
            align = "R" if runs_left(line) else "L"
            self.multi_cell(0, size * _POINT * _LINE, line, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_font("text", size=_TEXT)

    def _table(self, head: Any, rows: Any, widths: Any) -> None:
        self.set_font("text", size=_CELL)
        bold = FontFace(emphasis="BOLD")
        with self.table(
            col_widths=tuple(widths),
            first_row_as_headings=head is not None,
            headings_style=bold,
            line_height=_CELL * _POINT * _LINE,
            padding=1,
            borders_layout="HORIZONTAL_LINES",
            cell_fill_mode=TableCellFillMode.NONE,
        ) as table:
            for cells in [*([head] if head else []), *rows]:
                row = table.row()
                for place, cell in enumerate(cells):
                    shown = shortened(printable(cell))
                    is_label = head is None and place == 0
                    row.cell(shown, align="R" if runs_left(shown) else "L", style=bold if is_label else None)
        self.set_font("text", size=_TEXT)
        self.ln(3)
