"""A document as .docx, with real headings and marked languages of direction."""

import io
import zipfile
from functools import singledispatch
from typing import Any, Final

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from lib.paper.blocks import Document, Facts, Heading, Paragraph, Passage, Table, printable, runs_left, shortened
from lib.paper.writing import Fonts

_QUIET: Final = RGBColor(0x5A, 0x5A, 0x5A)
_WIDTH_CM: Final = 17.0
#: The time of every part of the file: the same document gives the same bytes.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def write(document: Document, _fonts: Fonts) -> bytes:
    """The file. The same document gives the same bytes; the fonts are those of the program that opens it."""
    made: Any = docx.Document()
    made.core_properties.title = printable(document.title)
    made.core_properties.author = ""
    made.core_properties.language = document.language
    made.core_properties.created = made.core_properties.modified = document.made_at.replace(tzinfo=None)
    for section in made.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
        _footer(section.footer.paragraphs[0], document.footer)
    made.styles["Normal"].font.size = Pt(10)
    _fill(made.add_heading("", level=0), document.title)
    for block in document.blocks:
        _put(block, made)
    return _without_times(made)


@singledispatch
def _put(block: Any, made: Any) -> None:
    raise TypeError(block)


@_put.register
def _(block: Heading, made: Any) -> None:
    _fill(made.add_heading("", level=block.level), block.text)


@_put.register
def _(block: Paragraph, made: Any) -> None:
    for line in block.text.split("\n"):
        run = _fill(made.add_paragraph(), line)
        if block.is_quiet:
            run.font.color.rgb = _QUIET


@_put.register
def _(block: Passage, made: Any) -> None:
    paragraph = made.add_paragraph(style="Quote")
    for words, is_marked in ((block.before, False), (block.words, True), (block.after, False)):
        run = paragraph.add_run(printable(words))
        run.bold, run.italic = is_marked, False
        _mark_run(run, words)
    _mark_paragraph(paragraph, f"{block.before}{block.words}")


@_put.register
def _(block: Facts, made: Any) -> None:
    rows = [row for row in block.rows if row[1]]
    if rows:
        _table(made, rows, (30, 100), head=None)


@_put.register
def _(block: Table, made: Any) -> None:
    if block.rows:
        _table(made, block.rows, block.widths, head=block.head or None)


def _table(made: Any, rows: Any, widths: Any, *, head: Any) -> None:
    table = made.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for cells in [*([head] if head else []), *rows]:
        is_head = head is not None and not table.rows
        row = table.add_row()
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Cm(_WIDTH_CM * widths[place] / sum(widths))
            run = _fill(cell.paragraphs[0], shortened(text))
            run.font.size = Pt(8.5)
            run.bold = is_head or (head is None and place == 0)
        if is_head:
            _repeat(row)
    made.add_paragraph()


def _fill(paragraph: Any, text: str) -> Any:
    run = paragraph.add_run(printable(text))
    _mark_run(run, text)
    _mark_paragraph(paragraph, text)
    return run


def _mark_run(run: Any, text: str) -> None:
    if runs_left(text):
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))


def _mark_paragraph(paragraph: Any, text: str) -> None:
    if runs_left(text):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT  # the beginning of a line, which is at the right


def _repeat(row: Any) -> None:
    """The row stands again at the top of each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _footer(paragraph: Any, text: str) -> None:
    paragraph.add_run(f"{printable(text)}  ·  ").font.size = Pt(7.5)
    run = paragraph.add_run()
    run.font.size = Pt(7.5)
    for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:instrText" if instruction else "w:fldChar")
        if instruction:
            element.text = instruction
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _without_times(made: Any) -> bytes:
    """The file with its parts in their order and no time of day in it."""
    first, last = io.BytesIO(), io.BytesIO()
    made.save(first)
    with zipfile.ZipFile(first) as parts, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as written:
        for name in parts.namelist():
            written.writestr(zipfile.ZipInfo(name, _NO_TIME), parts.read(name), zipfile.ZIP_DEFLATED)
    return last.getvalue()
