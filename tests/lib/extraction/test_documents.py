"""Word documents: what is read, and the bombs that are not."""

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest

from articles.services.articles import intake
from articles.services.articles.intake import UnreadableError
from lib.extraction import archives


def document(*paragraphs: str, **properties: object) -> bytes:
    made = docx.Document()
    for line in paragraphs:
        made.add_paragraph(line)
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Cost", "12 million"
    for name, value in properties.items():
        setattr(made.core_properties, name, value)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def refilled(data: bytes, name: str, content: bytes, *, extra: int = 0) -> bytes:
    """The document with one of its parts replaced, and so many parts added."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
        for number in range(extra):
            new.writestr(f"word/media/{number}.bin", b"")
    return held.getvalue()


def test_a_word_document_is_read_with_text_tables_and_properties_under_any_name() -> None:
    made = datetime(2026, 2, 3, tzinfo=UTC)
    data = document("Köprü açıldı", "عبر الجسر 👩‍👩‍👧", author="Ada Lindh; Bo Ek", title="A bridge", created=made)
    found = intake.read(data, name="article.txt")
    assert found.body == "Köprü açıldı\n\nعبر الجسر 👩‍👩‍👧\n\nCost\t12 million"
    assert (found.title, found.authors, str(found.published_on)) == ("A bridge", ["Ada Lindh", "Bo Ek"], "2026-02-03")


GOOD = document("A bridge")
XXE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>"""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (refilled(GOOD, "word/document.xml", b"<a>" + b" " * (archives.MAX_XML_BYTES + 1)), "too_large"),
        (refilled(GOOD, "", b"", extra=archives.MAX_MEMBERS), "too_large"),
        (refilled(GOOD, "word/document.xml", XXE), "broken"),
        (refilled(GOOD, "word/document.xml", b"<a><b></a>"), "broken"),
        (GOOD[: len(GOOD) // 2], "broken"),
        (b"PK\x03\x04" + bytes(200), "broken"),
        (b"%PDF-1.7 ...", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200), "kind"),
    ],
    ids=["grows", "many parts", "entities", "bad nesting", "cut", "no zip", "pdf", "doc"],
)
def test_a_broken_or_oversized_word_document_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        intake.read(data, name="a.docx")
    assert refused.value.code == code


def test_another_office_format_is_refused_by_its_name() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("photo.txt", "x")
    with pytest.raises(UnreadableError) as refused:
        intake.read(held.getvalue(), name="a.docx")
    assert refused.value.code == "kind"


def test_html_with_broken_nesting_and_scripts_still_gives_the_article() -> None:
    page = "<html><body><article><h1>A bridge<p>It cost <b>12 <i>million</b></i> crowns, the mayor said on Monday.<p>"
    page += (
        "It was opened in 2019 and carries many cars.</div></article><script>alert('not text')</script>"
        + "<div>" * 3000
    )
    found = intake.read(page.encode(), name="a.html")
    assert "It cost 12 million crowns" in found.body
    assert "alert" not in found.body
