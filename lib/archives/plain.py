"""Plain text out of texts that may hold HTML, and the links of a page."""

import re
from html import unescape
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import etree, html

from lib.archives.entries import MAX_LINKS, Link

NOTE: Final = "HTML was turned into plain text."
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_ENTITY: Final = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_HIDDEN: Final = ("script", "style", "template", "noscript")


def plain_text(value: str, notes: list[str]) -> str:
    """``value`` on one line, without tags and entities; a note says when there were some."""
    if _TAG.search(value):
        notes.append(NOTE)
        value = " ".join(_visible(value))
    elif _ENTITY.search(value):
        notes.append(NOTE)
        value = unescape(value)
    return " ".join(value.split())


def links_of(source: str, *, site: str) -> list[Link]:
    """The pages on other sites that a page links to, each once, in its order."""
    found: dict[str, Link] = {}
    for anchor in _root(source).iter("a"):
        url = str(anchor.get("href") or "").strip()
        if is_web_address(url) and host_of(url) != site and len(found) < MAX_LINKS:
            found.setdefault(url, Link(url, " ".join("".join(anchor.itertext()).split())[:300]))
    return list(found.values())


def is_web_address(url: str) -> bool:
    """Whether this is an http(s) address with a host and without a user name, of at most 2,000 characters."""
    if len(url) > 2000 or re.search(r"[\s\\<>\"]", url):
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host and "@" not in parts.netloc


def host_of(url: str) -> str:
    """The host of an address without "www.", empty when it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _visible(source: str) -> list[str]:
    root = _root(source)
    etree.strip_elements(root, *_HIDDEN, etree.Comment, with_tail=False)
    return [str(part) for part in root.itertext()]


def _root(source: str) -> Any:
    parser = html.HTMLParser(encoding="utf-8", recover=True)  # type: ignore[no-untyped-call]
    try:
        data = f"<div>{source}</div>".encode("utf-8", "replace")
        return html.document_fromstring(data, parser=parser)  # type: ignore[no-untyped-call]
    except (etree.ParserError, etree.XMLSyntaxError):
        return etree.Element("div")
