"""Word documents (.docx; ECMA-376, both its transitional and its strict form): the text with all changes accepted.

``mammoth`` knows Word's vocabulary; ``word_changes`` first takes out what Word would not show, so that it is counted.
"""

import io
import re
import zipfile
from datetime import date
from typing import Any, Final

from lxml import etree

from lib.extraction import archives, markup, notes, word_changes
from lib.extraction.results import Extracted, ExtractionError, first_line
from lib.phrases import phrase

_NO_AUTHORS: Final = frozenset({"", "python-docx", "microsoft office user", "user", "author", "admin"})
#: What the library raises at a document that is none: it trusts what it is given.
_DAMAGE = (etree.LxmlError, LookupError, ValueError, TypeError, AttributeError, OSError, RecursionError)
_STYLES = "strike => s\nu => u"
_CORE = "docProps/core.xml"


def is_word(names: set[str]) -> bool:
    """Whether the files of an archive are those of a Word document, wherever its main part lies."""
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def from_docx(data: bytes) -> Extracted:
    """Paragraphs, tables, notes and text boxes in their order; title, authors and day from the document's properties.

    Raises ``ExtractionError``: "too_large" for a bomb, "kind" for a locked document, "broken" for a damaged one.
    """
    archives.check(data)
    try:
        shown, counts = word_changes.accepted(data)
        root = markup.tree_of(f"<div>{_html(shown)}</div>")
        about = _properties(data)
    except (*_DAMAGE, zipfile.BadZipFile):
        raise ExtractionError("broken", archives.BROKEN) from None
    lines: list[str] = []
    if root is not None:
        _name_notes(root)
        counts = counts + markup.clean(root)
        lines = markup.paragraphs(root)
    body = "\n\n".join(lines)
    made = _day(about.get("created", ""))
    day_note = (phrase("The date is the day the document was made: correct it if the article came out on another."),)
    return Extracted(
        body=body,
        title=about.get("title", "").strip() or first_line(body),
        authors=_authors(about.get("creator", "")),
        published_on=made,
        language=about.get("language", ""),
        notes=(*(day_note if made else ()), *notes.left_out(counts)),
    )


def _html(data: bytes) -> str:
    import mammoth  # only who reads a document waits for it

    return str(mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES).value)  # type: ignore[no-untyped-call]


def _name_notes(root: Any) -> None:
    """Footnotes and endnotes as Word shows them: "[1] …" at the end, without the arrow that leads back."""
    for item in root.xpath("//li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]"):
        for arrow in item.xpath(".//a[starts-with(@href, '#footnote-ref') or starts-with(@href, '#endnote-ref')]"):
            arrow.drop_tree()
    for number, item in enumerate(root.xpath("//li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]"), 1):
        first = next(iter(item), item)
        first.text = f"[{number}] {(first.text or '').lstrip()}"
        item.tag = "div"


def _properties(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if _CORE not in archive.namelist():
            return {}
        root = etree.fromstring(archive.read(_CORE))
    return {etree.QName(child).localname: child.text or "" for child in root if isinstance(child.tag, str)}


def _authors(said: str) -> list[str]:
    names = [name.strip() for name in re.split(r"[;,]", said)]
    return [name for name in names if name.casefold() not in _NO_AUTHORS]


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said[:10]) if said else None
    except ValueError:
        return None
