"""Word documents (.docx, ECMA-376): what they would grow to is counted before any of it is parsed."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from lxml import etree

from lib.extraction.results import Extracted, ExtractionError, first_line

#: Files inside a document, bytes of all of them, bytes of those that are XML and therefore parsed into a tree.
MAX_MEMBERS, MAX_BYTES, MAX_XML_BYTES = 1_000, 64 * 1024 * 1024, 24 * 1024 * 1024
_TOO_LARGE = "This document is larger than what is read. Save the article alone as a document, or paste its text."
_BROKEN = "This document is damaged. Open it where it came from and save it again, or paste its text."
#: What the library raises at a document that is none: it trusts what it is given.
_DAMAGE = (OpcError, etree.LxmlError, zipfile.BadZipFile, LookupError, ValueError, TypeError, AttributeError, OSError)
_PLACEHOLDERS = frozenset({"", "python-docx", "microsoft office user", "user", "author", "admin"})


def from_docx(data: bytes) -> Extracted:
    """Paragraphs and tables in their order; title, authors and day from the document's properties.

    Raises ``ExtractionError``: "kind" for another zip file, "too_large" for a bomb, "broken" for a damaged one.
    """
    _check(data)
    try:
        document = docx.Document(io.BytesIO(data))
        body = "\n\n".join(line for line in _lines(document) if line.strip())
        about = document.core_properties
        title, author, made = about.title or "", about.author or "", about.created
    except _DAMAGE:
        raise ExtractionError("broken", _BROKEN) from None
    names = [name.strip() for name in re.split(r"[;,]", author)]
    return Extracted(
        body=body,
        title=title.strip() or first_line(body),
        authors=[name for name in names if name.casefold() not in _PLACEHOLDERS],
        published_on=made.date() if made else None,
        notes=("The date is the day the document was made: correct it if the article came out on another.",)
        if made
        else (),
    )


def _check(data: bytes) -> None:
    """Refuse what is no document, and what would grow too large. Declared sizes bind: no more than them is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            xml = [m for m in members if m.filename.endswith((".xml", ".rels"))]
            if "word/document.xml" not in names or "[Content_Types].xml" not in names:
                raise ExtractionError("kind", "This is no .docx document. Choose the article as text or as .docx.")
            is_bomb = len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_BYTES
            if is_bomb or sum(m.file_size for m in xml) > MAX_XML_BYTES:
                raise ExtractionError("too_large", _TOO_LARGE)
            if any(member.flag_bits & 0x1 for member in members):
                raise ExtractionError("kind", "This document is locked with a password. Save it without one.")
            # Documents declare no types of their own: whoever does wants entities that grow, or files from elsewhere.
            if any(b"<!DOCTYPE" in archive.read(member) for member in xml):
                raise ExtractionError("broken", _BROKEN)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError):
        raise ExtractionError("broken", _BROKEN) from None


def _lines(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip()))
        else:
            yield block.text.strip()
