"""A web page or Markdown to an article's paragraphs, and what the page says about itself."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from itertools import islice
from typing import Any

from lxml import etree
from markdown_it import MarkdownIt

from lib import plaintext
from lib.extraction import bylines, markup, notes, visibility
from lib.extraction.results import Extracted, first_line
from lib.phrases import marked, phrase

#: A page of more tags than this is read paragraph by paragraph: finding its article among them would take minutes.
MAX_TAGS = 60_000
#: So much of a caption, a fact box or a correction is named in a note.
_NAMED = 80
#: So many captions, fact boxes and notes of a page are looked at.
_MOST_EXTRAS = 200
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.S
)
#: BCP 47 in the shapes an article may have.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_WALLS = re.compile(r"isAccessibleForFree[\"']?\s*:\s*[\"']?false", re.IGNORECASE)
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*")
#: An item of a numbered list: its number says more than the dash before it.
_NUMBERED = re.compile(r"^- (-?\d{1,6}\. )")
#: How corrections begin, in the languages of the product: the one part of a page that must never be lost.
_CORRECTION = re.compile(
    r"correction|corrected|clarification|editor['’]s note|an earlier version"
    r"|this (?:article|story) was (?:amended|updated)"
    r"|düzəliş|düzeltme|исправлен|уточнен|поправка|ուղղում|تصحيح|تصويب|korrektur|berichtigung|hinweis der redaktion"
    r"|rectificati|erratum|correctif|corrección|rectificación|fe de erratas|correzione|errata|rettifica",
    re.IGNORECASE,
)


def is_html(source: str) -> bool:
    """Whether a text begins as an HTML page does."""
    return _HTML.match(source[:5000]) is not None


def from_markdown(source: str) -> Extracted:
    """Paragraphs without marks; the first heading is the title."""
    root = markup.tree_of(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source))
    if root is None:
        return Extracted(body="")
    counts = markup.clean(root)
    body = "\n\n".join(markup.paragraphs(root))
    heading = re.search(r"^#\s+(.+?)\s*#*$", source, re.MULTILINE)
    return Extracted(body=body, title=heading.group(1) if heading else first_line(body), notes=notes.left_out(counts))


def from_html(source: str) -> Extracted:
    """The article in a page, without its menus, scripts and comments; every paragraph when no article is found."""
    root = markup.tree_of(source)
    if root is None:
        return Extracted(body="")
    if source.count("<") > MAX_TAGS:
        return _every_paragraph(source, root)
    language = root.get("lang") or (root.find(".//html").get("lang") if root.find(".//html") is not None else "") or ""
    known = _metadata(source)
    counts = _clean(root)
    body = _article(root)
    if not body:
        return _every_paragraph(source, root, known)
    kept, named = _beside(root, body)
    body = "\n\n".join([body, *kept])
    return Extracted(
        body=body,
        title=known.get("title") or first_line(body),
        publisher=bylines.publisher(known.get("sitename") or ""),
        authors=bylines.authors(known.get("author") or ""),
        published_on=_day(known.get("date")),
        language=_language(language),
        url=known.get("url") or "",
        notes=(*_doubts(source), *named, *notes.left_out(counts)),
    )


def _metadata(source: str) -> dict[str, Any]:
    """Title, publisher, authors, day and address, as the page names them."""
    days = {"original_date": True, "extensive_search": False}
    return _extracted(source, with_metadata=True, date_extraction_params=days)


def _article(root: Any) -> str:
    """The article's paragraphs, told from the rest of the page."""
    text = _extracted(etree.tostring(markup.written_out(root), encoding="unicode", method="html")).get("text") or ""
    return "\n\n".join(filter(None, map(_line, plaintext.clean(text).splitlines())))


def _extracted(source: str, **options: Any) -> dict[str, Any]:
    # Importing it takes half a second: only who reads a page waits for it.
    import trafilatura
    from trafilatura.settings import Document

    found = trafilatura.bare_extraction(source, include_comments=False, favor_recall=True, **options)
    return found.as_dict() if isinstance(found, Document) else {}


def _line(line: str) -> str:
    """A line of the article; a table's row as its cells with tabs between them."""
    line = _NUMBERED.sub(r"\1", line.strip())
    if _RULE.fullmatch(line):
        return ""
    if line.startswith("|") and line.endswith("|") and len(line) > 2:
        return "\t".join(cell.strip() for cell in line[1:-1].split("|") if cell.strip())
    return line


def _every_paragraph(source: str, root: Any, known: dict[str, Any] | None = None) -> Extracted:
    """All that the page says, for a person to take the article out of."""
    counts = markup.clean(root)
    lines = [line for line in markup.paragraphs(root) or _bare(source) if any(char.isalnum() for char in line)]
    body = plaintext.clean("\n\n".join(lines))
    known = known or {}
    return Extracted(
        body=body,
        title=known.get("title") or first_line(body),
        language=_language(root.get("lang") or ""),
        url=known.get("url") or "",
        published_on=_day(known.get("date")),
        notes=(
            phrase("The article could not be told from the rest of the page: take out what is not part of it."),
            *_doubts(source),
            *notes.left_out(counts),
        ),
    )


_LEFT_OUT = {
    "fact box": marked("Left out: a fact box (“%(words)s”)."),
    "closing note": marked("Left out: a closing note (“%(words)s”)."),
    "correction": marked("Left out: a correction (“%(words)s”)."),
}


def _beside(root: Any, body: str) -> tuple[list[str], list[str]]:
    """What belongs to the article and was not found in its text: kept where it corrects, else named in notes."""
    kept: list[str] = []
    named: list[str] = []
    said = _letters(body)
    for kind, text in islice(_extras(root), _MOST_EXTRAS):
        if not text or _letters(text) in said or any(_letters(text) in _letters(line) for line in kept):
            continue
        if kind == "caption" or _CORRECTION.search(text[:200]):
            kept.append(plaintext.clean(text))
        else:
            short = text if len(text) <= _NAMED else text[:_NAMED].rsplit(" ", 1)[0] + "…"
            named.append(phrase(_LEFT_OUT[kind], words=" ".join(short.split())))
    if kept:
        named.insert(0, phrase("Captions and corrections that stand outside the text were added at its end."))
    return kept, named


def _extras(root: Any) -> Iterator[tuple[str, str]]:
    """Captions, fact boxes and closing notes of the article itself, each with what it says."""
    articles = root.xpath("//article|//main|//*[@role='main']") or [root]
    top = articles[0]
    for element in top.iter("figcaption", "aside", "footer"):
        kind = {"figcaption": "caption", "aside": "fact box", "footer": "closing note"}[element.tag]
        text = "\n".join(markup.paragraphs(element))
        if kind == "caption" or len(text) > 20:
            yield kind, text
    for element in root.iter("p", "div", "section"):
        if "correction" in f"{element.get('class', '')} {element.get('id', '')}".lower():
            yield "correction", "\n".join(markup.paragraphs(element))


def _clean(root: Any) -> Counter[str]:
    """Take out what a reader does not see; counts of what the article itself held of it.

    A page's own hidden menus and pictures are not counted. On a page that does not say where its article is, only
    struck-through passages are.
    """
    inside: Counter[str] = Counter()
    for top in root.xpath("//article|//main")[:1]:
        inside = markup.clean(top)
    rest = markup.clean(root)
    return inside + Counter({visibility.STRUCK: rest[visibility.STRUCK]})


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _doubts(source: str) -> list[str]:
    if _WALLS.search(source):
        return [phrase("The page says that not all of it is free to read: this may be the beginning only.")]
    return []


_NO_TEXT = ("script", "style", "title", "noscript", "template")


class _Stripper(HTMLParser):
    """Text between tags, for pages that nest deeper than a tree may be."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._unseen += tag in _NO_TEXT

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _NO_TEXT and self._unseen > 0

    def handle_data(self, data: str) -> None:
        if not self._unseen and any(char.isalnum() for char in data):
            self.lines.append(" ".join(data.split()))


def _bare(source: str) -> list[str]:
    stripper = _Stripper()
    stripper.feed(source)
    return stripper.lines


def _language(tag: str) -> str:
    """A page's language tag in the spelling of BCP 47; empty when it is none that an article may have."""
    first, *rest = tag.strip().replace("_", "-").split("-")
    spelt = "-".join([first.lower(), *(part.upper() if len(part) < 4 else part.title() for part in rest)])
    return spelt if _LANGUAGE.fullmatch(spelt) else ""


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
