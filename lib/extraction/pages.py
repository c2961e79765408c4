"""HTML and Markdown to plain paragraphs."""

import re
from datetime import date

import trafilatura
from lxml import etree, html
from markdown_it import MarkdownIt
from trafilatura.settings import Document

from lib import plaintext
from lib.extraction.results import Extracted, first_line

#: A page of more tags than this is read paragraph by paragraph: finding its article among them would take minutes.
MAX_TAGS = 60_000
_BLOCKS = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "blockquote", "pre", "td", "th", "figcaption"]
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.S
)
#: BCP 47 in the shapes an article may have.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_WALLS = re.compile(r"isAccessibleForFree[\"']?\s*:\s*[\"']?false", re.IGNORECASE)


def is_html(source: str) -> bool:
    """Whether a text begins as an HTML page does."""
    return _HTML.match(source[:5000]) is not None


def from_markdown(source: str) -> Extracted:
    """Paragraphs without marks; the first heading is the title."""
    body = _plain(MarkdownIt("commonmark").render(source))
    heading = re.search(r"^#\s+(.+?)\s*#*$", source, re.MULTILINE)
    return Extracted(body=body, title=heading.group(1) if heading else first_line(body))


def from_html(source: str) -> Extracted:
    """The article in a page, without its menus, scripts and comments; every paragraph when no article is found."""
    known, notes = {}, []
    if source.count("<") <= MAX_TAGS:
        found = trafilatura.bare_extraction(
            source,
            with_metadata=True,
            include_comments=False,
            favor_recall=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
        known = found.as_dict() if isinstance(found, Document) else {}
    body = "\n\n".join(line for line in plaintext.clean(known.get("text") or "").splitlines() if line.strip())
    if not body.strip():
        body = _plain(source)
        notes.append("The article could not be told from the rest of the page: take out what is not part of it.")
    if _WALLS.search(source):
        notes.append("The page says that not all of it is free to read: this may be the beginning only.")
    language = re.search(r"<html[^>]*\blang=[\"']?([A-Za-z-]{2,12})", source[:5000], re.IGNORECASE)
    return Extracted(
        body=body,
        title=known.get("title") or first_line(body),
        publisher=known.get("sitename") or "",
        authors=[name.strip() for name in (known.get("author") or "").split(";") if name.strip()],
        published_on=_day(known.get("date")),
        language=_language(language.group(1)) if language else "",
        url=known.get("url") or "",
        notes=tuple(notes),
    )


def _language(tag: str) -> str:
    """A page's language tag in the spelling of BCP 47; empty when it is none that an article may have."""
    first, *rest = tag.split("-")
    spelt = "-".join([first.lower(), *(part.upper() if len(part) < 4 else part.title() for part in rest)])
    return spelt if _LANGUAGE.fullmatch(spelt) else ""


def _plain(source: str) -> str:
    if not source.strip():
        return ""
    try:
        root = html.fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8"))  # type: ignore[no-untyped-call]
    except (etree.LxmlError, ValueError):  # a comment, a declaration, nothing else
        return ""
    for hidden in root.xpath("//script|//style|//template|//noscript"):
        hidden.drop_tree()
    blocks = [
        " ".join(block.text_content().split())
        for block in root.iter(*_BLOCKS)
        if not any(parent.tag in _BLOCKS for parent in block.iterancestors())
    ]
    return "\n\n".join(block for block in blocks if block)


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
