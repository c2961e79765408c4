"""Articles coming in: bytes to text, text to an article, the same text never twice."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import trafilatura
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from lxml import etree, html
from markdown_it import MarkdownIt
from trafilatura.settings import Document

from accounts.models import User
from articles import rules, text
from articles.choices import CaptureMethod
from articles.models import Article, ArticleVersion
from articles.models.base import language_tag
from articles.services import audit, citations, editing
from articles.services.errors import NotAllowedError, RefusedError

_BLOCKS = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "blockquote", "pre", "td", "th", "figcaption"]
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f]")


class UnreadableError(RefusedError):
    """A file that is no article text. Its ``code`` says why: empty, too_large, encoding, binary, no_text."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was found in a file, for a person to correct."""

    body: str
    title: str = ""
    publisher: str = ""
    authors: list[str] = field(default_factory=list)
    published_on: date | None = None
    language: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The outcome of taking in a text: its article, the version it is, and whether either is new."""

    article: Article
    version: ArticleVersion
    is_new_article: bool
    is_new_text: bool


def read(data: bytes, *, name: str) -> Extracted:
    """The text in a .txt, .md or .html file's bytes. Raises ``UnreadableError`` with what to do about it."""
    if len(data) > text.MAX_ARTICLE_BYTES:
        raise UnreadableError("too_large", "This file is larger than 5 MB. Keep the article's text and leave the rest.")
    decoded = _decode(data)
    match name.rsplit(".", 1)[-1].lower():
        case "html" | "htm" | "xhtml":
            found = _from_html(decoded)
        case "md" | "markdown":
            found = _from_markdown(decoded)
        case _:
            found = Extracted(body=decoded, title=_first_line(decoded))
    if text.is_blank(found.body):
        raise UnreadableError("no_text", "No text was found in this file. Paste the article's text instead.")
    return found


def check_body(body: str) -> str:
    """``body`` as it is stored, or ``UnreadableError`` when it is empty or too long. For pasted text."""
    cleaned = text.clean(body, field="body").strip()
    if text.is_blank(cleaned):
        raise UnreadableError("empty", "The article has no text. Paste it, or choose a file that holds it.")
    if len(cleaned.encode()) > text.MAX_ARTICLE_BYTES:
        raise UnreadableError("too_large", "This text is larger than 5 MB. Keep the article and leave the rest.")
    return cleaned + "\n"


def take_in(
    *, body: str, by: User, at: datetime, how: CaptureMethod, title: str, url: str = "", **fields: Any
) -> TakenIn:
    """Store an article's text.

    A text that is there already is returned, not stored twice. A new text at a known address becomes the next version
    of that article. Everything else is a new article. ``fields``: publisher, authors, published_on, language.
    Raises ``NotAllowedError``, ``UnreadableError``, ``ValidationError``.
    """
    if not rules.may_take_in_articles(by):
        raise NotAllowedError("You may not bring in articles.")
    cleaned = check_body(body)
    sha256 = hashlib.sha256(cleaned.encode()).hexdigest()
    known = _known(sha256)
    if known:
        return TakenIn(known.article, known, False, False)
    try:
        with audit.acting(by=by), transaction.atomic():
            article, is_new = _article(by=by, at=at, title=title, url=url, fields=fields)
            version = ArticleVersion.objects.create(
                article=article,
                number=article.versions.count() + 1,
                body=cleaned,
                sha256=sha256,
                captured_at=at,
                captured_by=by,
                how=how,
            )
    except (IntegrityError, ValidationError):
        twin = _known(sha256)  # somebody took in the same text at the same moment
        if twin is None:
            raise
        return TakenIn(twin.article, twin, False, False)
    return TakenIn(article, version, is_new, True)


def edit_article(*, article: Article, by: User, version: int, **fields: Any) -> Article:
    """Correct what is known about an article, and count up the open claims made in it. Its texts never change."""
    if not rules.may_take_in_articles(by):
        raise NotAllowedError("You may not change articles.")
    with citations.edited(article, by=by, version=version) as locked:
        editing.assign(locked, fields)
    return locked


def _known(sha256: str) -> ArticleVersion | None:
    return ArticleVersion.objects.select_related("article").filter(sha256=sha256).first()


def _article(*, by: User, at: datetime, title: str, url: str, fields: dict[str, Any]) -> tuple[Article, bool]:
    if url:
        known = Article.objects.select_for_update().filter(url=url).first()
        if known:
            return known, False
    article = Article(created_by=by, created_at=at)
    article.slug = editing.unique_slug(Article, title, pk=article.pk)
    editing.assign(article, {"title": title, "url": url, **fields})
    article.save()
    return article, True


def _decode(data: bytes) -> str:
    if not data.strip():
        raise UnreadableError("empty", "This file is empty.")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        decoded = data.decode(encoding)
    except UnicodeDecodeError as error:
        code = "binary" if encoding != "utf-16" and b"\x00" in data[:4096] else "encoding"
        raise UnreadableError(
            code, "This is not a text file in UTF-8. Open it where it came from and save it as UTF-8 text."
        ) from error
    if "\x00" in decoded or len(_CONTROLS.findall(decoded[:10_000])) > 8:
        raise UnreadableError(
            "binary", "This looks like a program's file, not like text. Save the article as text first."
        )
    try:
        return text.clean(_CONTROLS.sub("", decoded))
    except ValidationError as error:
        raise UnreadableError("binary", error.messages[0]) from error


def _first_line(body: str) -> str:
    line = next((line.strip() for line in body.splitlines() if line.strip()), "")
    return line if len(line) <= 120 else line[:120].rsplit(" ", 1)[0] + "…"


def _from_markdown(source: str) -> Extracted:
    body = _plain(MarkdownIt("commonmark").render(source))
    heading = re.search(r"^#\s+(.+?)\s*#*$", source, re.MULTILINE)
    return Extracted(body=body, title=heading.group(1) if heading else _first_line(body))


def _from_html(source: str) -> Extracted:
    found = trafilatura.bare_extraction(source, with_metadata=True, include_comments=False, favor_recall=True)
    known = found.as_dict() if isinstance(found, Document) else {}
    body = "\n\n".join(line for line in text.clean(known.get("text") or "").splitlines() if line.strip())
    language = re.search(r"<html[^>]*\blang=[\"']?([A-Za-z-]{2,12})", source[:5000], re.IGNORECASE)
    if not body.strip():
        body = _plain(source)
    return Extracted(
        body=body,
        title=known.get("title") or _first_line(body),
        publisher=known.get("sitename") or "",
        authors=[name.strip() for name in (known.get("author") or "").split(";") if name.strip()],
        published_on=_day(known.get("date")),
        language=_language(language.group(1)) if language else "",
        url=known.get("url") or "",
    )


def _language(tag: str) -> str:
    """A page's language tag in the spelling of BCP 47; empty when it is none that an article may have."""
    first, *rest = tag.split("-")
    spelt = "-".join([first.lower(), *(part.upper() if len(part) < 4 else part.title() for part in rest)])
    return spelt if re.fullmatch(language_tag.regex, spelt) else ""


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
