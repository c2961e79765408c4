"""Word documents: the text is what Word shows with all changes accepted, and notes name the rest."""

import pytest

from bench.documents.word import deleted, inserted, paragraph, run, word_file
from lib import extraction
from lib.extraction import ExtractionError

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
)
BOX = "<w:txbxContent>{}</w:txbxContent>"


def listed(text: str, level: int = 0) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')


def cell(text: str) -> str:
    return f"<w:tc>{paragraph(text)}</w:tc>"


SHOWN = {
    "tracked insertion": (
        paragraph("The harbour board did ", inserted("not "), "grant the permit."),
        "The harbour board did not grant the permit.",
    ),
    "deletion and insertion": (paragraph("fell by ", deleted("7%"), inserted("6%")), "fell by 6%"),
    "moved paragraph": (
        f'<w:p><w:moveFrom w:id="3">{run("Moved words.")}</w:moveFrom></w:p>'
        + paragraph("First.")
        + f'<w:p><w:moveTo w:id="3">{run("Moved words.")}</w:moveTo></w:p>',
        "First.\n\nMoved words.",
    ),
    "deleted paragraph mark": (
        f'<w:p><w:pPr><w:rPr><w:del w:id="9"/></w:rPr></w:pPr>{run("One ")}</w:p>' + paragraph("sentence."),
        "One sentence.",
    ),
    "smart tag": (
        paragraph("In ", f'<w:smartTag w:element="place">{run("Ostrava")}</w:smartTag>', " it rained."),
        "In Ostrava it rained.",
    ),
    "content control": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('Held by a control.')}</w:sdtContent></w:sdt>",
        "Held by a control.",
    ),
    "content control in a table cell": (
        f"<w:tbl><w:tr><w:tc><w:sdt><w:sdtContent>{paragraph('Rain')}</w:sdtContent></w:sdt></w:tc>"
        f"{cell('12 mm')}</w:tr></w:tbl>",
        "Rain\t12 mm",
    ),
    "equal cells": (
        f"<w:tbl><w:tr>{cell('Lesotho')}{cell('61')}{cell('61')}{cell('70')}</w:tr></w:tbl>",
        "Lesotho\t61\t61\t70",
    ),
    "text box": (
        paragraph(
            "Before.",
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
            + BOX.format(paragraph("In the box."))
            + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
            + BOX.format(paragraph("In the box."))
            + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        ),
        "Before.\n\nIn the box.",
    ),
    "superscript": (paragraph("31", run("2", '<w:vertAlign w:val="superscript"/>'), " buses"), "31² buses"),
    "subscript": (paragraph("CO", run("2", '<w:vertAlign w:val="subscript"/>')), "CO₂"),
    "struck through": (paragraph("cost ", run("40 ", "<w:strike/>"), "44 million"), "cost 44 million"),
    "not struck through": (paragraph("cost ", run("44", '<w:strike w:val="0"/>'), " million"), "cost 44 million"),
    "hidden": (paragraph("Seen", run(" and unseen", "<w:vanish/>"), "."), "Seen."),
    "drop cap": (
        paragraph("T", properties='<w:framePr w:dropCap="drop"/>') + paragraph("he mayor spoke."),
        "The mayor spoke.",
    ),
    "tab and break": ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a b\nc"),
}


@pytest.mark.parametrize(("body", "shown"), SHOWN.values(), ids=SHOWN)
def test_the_text_is_what_word_shows(body: str, shown: str) -> None:
    assert extraction.read(word_file(body)).body == shown


def test_list_numbers_are_kept_as_word_draws_them() -> None:
    body = listed("Open") + listed("Dry", 1) + listed("Wet", 1) + listed("Close")
    assert extraction.read(word_file(body, numbering=NUMBERING)).body == "3. Open\n\n3.a) Dry\n\n3.b) Wet\n\n4. Close"


def test_footnotes_stand_at_the_end_with_their_marks() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{paragraph("Harbour report, p. 4.")}</w:footnote>'
    found = extraction.read(word_file(paragraph("Rents doubled.", mark), footnotes=notes))
    assert found.body == "Rents doubled. [1]\n\n[1] Harbour report, p. 4."


def test_a_footnote_without_a_body_is_read_past() -> None:
    mark = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    assert extraction.read(word_file(paragraph("Rents doubled.", mark))).body == "Rents doubled."


@pytest.mark.parametrize("how", [{"strict": True}, {"main": "word/document2.xml"}])
def test_other_forms_of_the_standard_are_read(how: dict[str, object]) -> None:
    assert extraction.read(word_file(paragraph("Strictly ", inserted("open"), "."), **how)).body == "Strictly open."


def test_notes_name_what_was_left_out() -> None:
    picture = '<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>'
    comment = '<w:r><w:commentReference w:id="1"/></w:r>'
    body = paragraph(
        "Live ", deleted("dead "), run("struck", "<w:strike/>"), run("hidden", "<w:vanish/>"), comment, picture
    )
    notes = " ".join(extraction.read(word_file(body, header=paragraph("Page 1"))).notes)
    for kind in ("tracked deletion", "struck-through", "hidden", "comment", "picture", "header"):
        assert kind in notes, kind


def test_styles_decide_too_what_is_hidden_and_struck() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Later"><w:name w:val="Later"/><w:basedOn w:val="Gone"/></w:style>'
    )
    body = paragraph("Kept", run(" gone", '<w:rStyle w:val="Later"/>'))
    assert extraction.read(word_file(body, styles=styles)).body == "Kept"


def test_a_spreadsheet_is_refused_with_what_to_do() -> None:
    import io
    import zipfile

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(ExtractionError) as refused:
        extraction.read(held.getvalue())
    assert refused.value.code == "kind"
