"""Word documents for ``make bench-intake``, one for each construct that a document can hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bench.documents.word import deleted, inserted, paragraph, run, word_file

if TYPE_CHECKING:
    from bench.intake.cases import Built, Report

_LIST = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
)
_FOOTNOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
_ENDNOTE = '<w:r><w:endnoteReference w:id="2"/></w:r>'
_PICTURE = '<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>'
_COMMENT = '<w:r><w:commentReference w:id="1"/></w:r>'


def cut(text: str) -> tuple[str, str, str]:
    """A text in three parts, the middle one a word with the blank after it, or some letters where no blanks are."""
    if text.count(" ") < 3:
        return text[:10], text[10:14], text[14:]
    words = text.split(" ")
    at = len(words) // 2
    return " ".join(words[:at]) + " ", words[at] + " ", " ".join(words[at + 1 :])


def shown(*paragraphs: str) -> str:
    """Paragraphs as one text."""
    return "\n\n".join(paragraphs)


def _document(report: Report, middle: str, **parts: str) -> bytes:
    return word_file(paragraph(report.first) + middle + paragraph(report.third), **parts)  # type: ignore[arg-type]


def _around(report: Report, *middle: str) -> str:
    return shown(report.first, *middle, report.third)


def _plain(report: Report) -> Built:
    return _document(report, paragraph(report.second)), _around(report, report.second), ()


def _insertion(report: Report) -> Built:
    head, word, tail = cut(report.second)
    return _document(report, paragraph(head, inserted(word), tail)), _around(report, report.second), ("insertion",)


def _deletion(report: Report) -> Built:
    head, word, tail = cut(report.second)
    return _document(report, paragraph(head, deleted(word), tail)), _around(report, head + tail), ("deletion",)


def _replaced_figure(report: Report) -> Built:
    middle = paragraph(f"{report.place}: ", deleted("9%"), inserted("8%"), ".")
    return _document(report, middle), _around(report, f"{report.place}: 8%."), ("deletion", "insertion")


def _moved(report: Report) -> Built:
    middle = (
        f'<w:p><w:moveFrom w:id="3">{run(report.footnote)}</w:moveFrom></w:p>'
        + paragraph(report.second)
        + f'<w:p><w:moveTo w:id="3">{run(report.footnote)}</w:moveTo></w:p>'
    )
    return _document(report, middle), _around(report, report.second, report.footnote), ()


def _smart_tag(report: Report) -> Built:
    tag = f'<w:smartTag w:element="place">{run(report.place)}</w:smartTag>'
    return _document(report, paragraph("« ", tag, " »")), _around(report, f"« {report.place} »"), ()


def _content_control(report: Report) -> Built:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(report.second)}</w:sdtContent></w:sdt>"
    return _document(report, control), _around(report, report.second), ()


def _cell(inside: str) -> str:
    return f"<w:tc>{inside}</w:tc>"


def _table_with_controls(report: Report) -> Built:
    control = f"<w:sdt><w:sdtContent>{paragraph(report.place)}</w:sdtContent></w:sdt>"
    cells = [_cell(control), *(_cell(paragraph(figure)) for figure in ("84", "84", "91"))]
    table = f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"
    return _document(report, table), _around(report, f"{report.place}\t84\t84\t91"), ()


def _text_box(report: Report) -> Built:
    box = f"<w:txbxContent>{paragraph(report.footnote)}</w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    return _document(report, paragraph(report.second, drawn)), _around(report, report.second, report.footnote), ()


def _footnote(report: Report) -> Built:
    note = f'<w:footnote w:id="2">{paragraph(report.footnote)}</w:footnote>'
    data = _document(report, paragraph(report.second, _FOOTNOTE), footnotes=note)
    return data, shown(_around(report, f"{report.second} [1]"), f"[1] {report.footnote}"), ()


def _endnote(report: Report) -> Built:
    note = f'<w:endnote w:id="2">{paragraph(report.footnote)}</w:endnote>'
    data = _document(report, paragraph(report.second, _ENDNOTE), endnotes=note)
    return data, shown(_around(report, f"{report.second} [1]"), f"[1] {report.footnote}"), ()


def _struck(report: Report) -> Built:
    head, word, tail = cut(report.second)
    middle = paragraph(head, run(word, "<w:strike/>"), tail)
    return _document(report, middle), _around(report, head + tail), ("struck-through",)


def _hidden(report: Report) -> Built:
    head, word, tail = cut(report.second)
    middle = paragraph(head, run(word, "<w:vanish/>"), tail)
    return _document(report, middle), _around(report, head + tail), ("hidden",)


def _raised(report: Report) -> Built:
    middle = paragraph("20", run("1", '<w:vertAlign w:val="superscript"/>'), f" {report.place}")
    return _document(report, middle), _around(report, f"20¹ {report.place}"), ()


def _lowered(report: Report) -> Built:
    middle = paragraph("H", run("2", '<w:vertAlign w:val="subscript"/>'), f"O {report.place}")
    return _document(report, middle), _around(report, f"H₂O {report.place}"), ()


def _drop_cap(report: Report) -> Built:
    letter, rest = report.second[0], report.second[1:]
    middle = paragraph(letter, properties='<w:framePr w:dropCap="drop"/>') + paragraph(rest)
    return _document(report, middle), _around(report, report.second), ()


def _numbered(report: Report) -> Built:
    properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
    middle = "".join(paragraph(text, properties=properties) for text in (report.second, report.place))
    data = _document(report, middle, numbering=_LIST)
    return data, _around(report, f"1. {report.second}", f"2. {report.place}"), ()


def _strict(report: Report) -> Built:
    data = word_file(paragraph(report.first) + paragraph(report.third), strict=True)
    return data, shown(report.first, report.third), ()


def _other_main_part(report: Report) -> Built:
    data = word_file(paragraph(report.first) + paragraph(report.third), main="word/document2.xml")
    return data, shown(report.first, report.third), ()


def _comment(report: Report) -> Built:
    return _document(report, paragraph(report.second, _COMMENT)), _around(report, report.second), ("comment",)


def _picture(report: Report) -> Built:
    return _document(report, paragraph(report.second, _PICTURE)), _around(report, report.second), ("picture",)


def _header(report: Report) -> Built:
    data = _document(report, paragraph(report.second), header=paragraph(report.place))
    return data, _around(report, report.second), ("header",)


def _deleted_paragraph_mark(report: Report) -> Built:
    head, word, tail = cut(report.second)
    middle = f'<w:p><w:pPr><w:rPr><w:del w:id="9"/></w:rPr></w:pPr>{run(head)}</w:p>' + paragraph(word, tail)
    return _document(report, middle), _around(report, report.second), ()


def _hyperlink_and_field(report: Report) -> Built:
    head, word, tail = cut(report.second)
    link = f'<w:hyperlink w:anchor="x">{run(word)}</w:hyperlink>'
    simple = f'<w:fldSimple w:instr="DATE">{run(tail)}</w:fldSimple>'
    return _document(report, paragraph(head, link, simple)), _around(report, report.second), ()


def _ruby(report: Report) -> Built:
    ruby = f"<w:ruby><w:rubyPr/><w:rt>{run('はし')}</w:rt><w:rubyBase>{run('橋')}</w:rubyBase></w:ruby>"
    middle = paragraph(f"{report.place} ", f"<w:r>{ruby}</w:r>", run("。"))
    return _document(report, middle), _around(report, f"{report.place} 橋（はし）。"), ()


def _formula(report: Report) -> Built:
    formula = "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:r><m:t>x</m:t></m:r></m:oMath>"
    return _document(report, paragraph(report.second, formula)), _around(report, report.second), ("formula",)


def many(report: Report) -> Built:
    """A document with a dozen constructs, as a press release that went through several hands has them."""
    head, word, tail = cut(report.second)
    note = f'<w:footnote w:id="2">{paragraph(report.footnote)}</w:footnote>'
    figures = "".join(_cell(paragraph(figure)) for figure in (report.place, "84", "84"))
    body = (
        paragraph(report.title, properties='<w:pStyle w:val="Heading1"/>')
        + paragraph(report.first, _FOOTNOTE, _COMMENT)
        + paragraph(deleted("17 "), inserted("18 "), head, run(word, "<w:strike/>"), tail, _PICTURE)
        + f"<w:tbl><w:tr>{figures}</w:tr></w:tbl>"
        + paragraph(run("31", "<w:b/>"), run("2", '<w:vertAlign w:val="superscript"/>'), " · ", run("x", "<w:vanish/>"))
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(report.third)}</w:sdtContent></w:sdt>"
    )
    text = shown(
        report.title,
        f"{report.first} [1]",
        f"18 {head}{tail}",
        f"{report.place}\t84\t84",
        "31² ·",
        report.third,
        f"[1] {report.footnote}",
    )
    notes = ("deletion", "insertion", "struck-through", "hidden", "comment", "picture")
    return word_file(body, footnotes=note), text, notes


CONSTRUCTS: dict[str, Callable[[Report], Built]] = {
    "plain": _plain,
    "tracked insertion": _insertion,
    "tracked deletion": _deletion,
    "replaced figure": _replaced_figure,
    "moved paragraph": _moved,
    "smart tag": _smart_tag,
    "content control": _content_control,
    "content control in a table, equal cells": _table_with_controls,
    "text box": _text_box,
    "footnote": _footnote,
    "endnote": _endnote,
    "struck through": _struck,
    "hidden": _hidden,
    "superscript": _raised,
    "subscript": _lowered,
    "drop cap": _drop_cap,
    "numbered list": _numbered,
    "strict": _strict,
    "other main part": _other_main_part,
    "comment": _comment,
    "picture": _picture,
    "header": _header,
    "deleted paragraph mark": _deleted_paragraph_mark,
    "hyperlink and field": _hyperlink_and_field,
    "ruby / ja": _ruby,
    "formula": _formula,
}
