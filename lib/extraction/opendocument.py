"""OpenDocument texts (.odt; ISO/IEC 26300): the text with all changes accepted, notes and lists included."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

from lxml import etree

from lib.extraction import archives, markup, notes, visibility
from lib.extraction.results import Extracted, ExtractionError, first_line
from lib.phrases import phrase

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
#: Elements that hold no text of the document.
_UNSEEN = frozenset({"tracked-changes", "annotation", "sequence-decls", "forms", "annotation-end", "hidden-text"})
_DAMAGE = (etree.LxmlError, KeyError, ValueError, TypeError, AttributeError, RecursionError, zipfile.BadZipFile)


def is_opendocument(names: set[str], data: bytes) -> bool:
    """Whether the files of an archive are those of an OpenDocument text."""
    return "content.xml" in names and b"application/vnd.oasis.opendocument.text" in data[:200]


def from_odt(data: bytes) -> Extracted:
    """Paragraphs, lists, tables and notes in their order. Raises ``ExtractionError`` as for Word documents."""
    archives.check(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = etree.fromstring(archive.read("content.xml"))
            names = archive.namelist()
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise ExtractionError("kind", archives.LOCKED)
            meta = etree.fromstring(archive.read("meta.xml")) if "meta.xml" in names else None
        writer = _Writer(content)
        root = markup.tree_of(f"<div>{writer.html()}</div>")
    except _DAMAGE:
        raise ExtractionError("broken", archives.BROKEN) from None
    counts = writer.counts
    if root is not None:
        counts = counts + markup.clean(root)
    body = "\n\n".join(markup.paragraphs(root)) if root is not None else ""
    about = {_local(one): one.text or "" for one in meta.iter(etree.Element)} if meta is not None else {}
    made = _day(about.get("creation-date", "") or about.get("date", ""))
    day_note = (phrase("The date is the day the document was made: correct it if the article came out on another."),)
    author = about.get("initial-creator") or about.get("creator") or ""
    return Extracted(
        body=body,
        title=about.get("title", "").strip() or first_line(body),
        authors=[author.strip()] if author.strip() else [],
        published_on=made,
        notes=(*(day_note if made else ()), *notes.left_out(counts)),
    )


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


class _Writer:
    """The document as HTML, which ``markup`` then makes paragraphs of."""

    def __init__(self, content: Any) -> None:
        self.content = content
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []
        self.looks = {style.get(f"{_STYLE}name"): _look(style) for style in content.iter(f"{_STYLE}style")}
        self.counts["deletions"] = sum(1 for one in content.iter(f"{_TEXT}deletion"))
        self.counts["insertions"] = sum(1 for one in content.iter(f"{_TEXT}insertion"))
        self.counts["comments"] = sum(1 for one in content.iter() if _local(one) == "annotation")
        self.counts[markup.PICTURES] = sum(1 for one in content.iter() if _local(one) == "image")

    def html(self) -> str:
        """The body, then the footnotes."""
        body = next(one for one in self.content.iter() if _local(one) == "body")
        return "".join(self._inside(body)) + "".join(self.notes)

    def _inside(self, element: Any) -> Iterator[str]:
        yield escape(element.text or "")
        for one in element:
            yield from self._one(one)
            yield escape(one.tail or "")

    def _one(self, element: Any) -> Iterator[str]:
        name = _local(element)
        if not name or name in _UNSEEN:
            return
        if name == "note":
            yield self._note(element)
        elif name in _EMPTY:
            count = element.get(f"{_TEXT}c") or "1"
            yield _EMPTY[name] * (min(int(count), 100) if name == "s" and count.isdecimal() else 1)
        else:
            look = self.looks.get(element.get(f"{_TEXT}style-name") or "", ())
            tags = [tag for tag in (_TAGS.get(name, ""), *look) if tag]
            if element.get(f"{_TEXT}display") == "none" or element.get(f"{_TEXT}is-hidden") == "true":
                tags.append("template")
                self.counts[visibility.HIDDEN] += 1
            yield "".join(f"<{tag}>" for tag in tags)
            yield from self._inside(element)
            yield "".join(f"</{tag}>" for tag in reversed(tags))

    def _note(self, element: Any) -> str:
        citation = "".join(t for one in element if _local(one) == "note-citation" for t in one.itertext())
        body = next((one for one in element if _local(one) == "note-body"), None)
        words = "".join(self._inside(body)) if body is not None else ""
        self.notes.append(f"<div>[{escape(citation)}] {words.replace('<p>', '', 1).replace('</p>', '', 1)}</div>")
        return f" [{escape(citation)}]"


_TAGS = {
    "p": "p",
    "h": "p",
    "list": "ul",
    "list-item": "li",
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
}
_EMPTY = {"s": " ", "tab": " ", "line-break": "<br>", "soft-page-break": ""}


def _look(style: Any) -> tuple[str, ...]:
    """The HTML elements that a style's formatting amounts to."""
    tags: list[str] = []
    for properties in style.iter(f"{_STYLE}text-properties"):
        if properties.get(f"{_STYLE}text-line-through-style", "none") not in ("none", ""):
            tags.append("s")
        position = properties.get(f"{_STYLE}text-position", "")
        if position.startswith("super") or position[:1].isdigit():
            tags.append("sup")
        elif position.startswith("sub") or position.startswith("-"):
            tags.append("sub")
        if properties.get(f"{_TEXT}display") == "none":
            tags.append("template")
    return tuple(tags)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said[:10]) if said else None
    except ValueError:
        return None
