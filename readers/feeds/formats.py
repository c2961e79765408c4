"""Atom (RFC 4287, with the pages of RFC 5005), RSS 2.0 and JSON Feed 1.1: how a feed is written down."""

import json
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any, Final
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from articles.choices import RecordKind
from readers.http import view_models, xml_writing
from readers.http.pictures import Picture

_JPEG: Final = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in a feed. ``summary`` is plain words and may be empty; ``more`` is for programs that know us."""

    id: str
    url: str
    title: str
    html: str
    summary: str
    language: str
    at: datetime
    topics: list[str]
    kind: RecordKind
    more: dict[str, Any]
    picture: Picture | None = None
    #: How many bytes the plain JPEG of the picture has; 0 where it is not known.
    picture_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, or a page of one: ``home`` is the page it belongs to, ``next`` and ``previous`` are its other pages."""

    title: str
    about: str
    home: str
    address: str
    entries: list[Entry]
    next: str = ""
    previous: str = ""


def atom(feed: Feed) -> HttpResponse:
    """The feed as Atom. What a record did is a category of its own, so that readers can pick out corrections."""
    written = _Atom(
        title=feed.title,
        link=feed.home,
        description=feed.about,
        feed_url=feed.address,
        language=get_language(),
        author_name=settings.SITE_NAME,
        feed_guid=feed.address.partition("?")[0],
        pages={"next": feed.next, "previous": feed.previous},
    )
    for entry in feed.entries:
        written.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.html,
            unique_id=entry.id,
            pubdate=entry.at,
            updateddate=entry.at,
            categories=entry.topics,
            language=entry.language,
            kind=entry.kind,
            picture=entry.picture,
            picture_bytes=entry.picture_bytes,
        )
    out = StringIO()
    written.write(out, "utf-8")
    return HttpResponse(out.getvalue(), content_type="application/atom+xml; charset=utf-8")


def rss(feed: Feed) -> HttpResponse:
    """The feed as RSS 2.0, for programs that read nothing else."""
    written = _Rss(
        title=feed.title,
        link=feed.home,
        description=feed.about,
        feed_url=feed.address,
        language=get_language(),
        pages={"next": feed.next, "previous": feed.previous},
    )
    for entry in feed.entries:
        written.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.html,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            pubdate=entry.at,
            categories=entry.topics,
            language=entry.language,
            kind=entry.kind,
            picture=entry.picture,
            picture_bytes=entry.picture_bytes,
        )
    out = StringIO()
    written.write(out, "utf-8")
    return HttpResponse(out.getvalue(), content_type="application/rss+xml; charset=utf-8")


def json_feed(feed: Feed) -> HttpResponse:
    """The feed as JSON Feed 1.1."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.about,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": get_language(),
        "authors": [{"name": settings.SITE_NAME, "url": view_models.address("front")}],
        "items": [_item(entry) for entry in feed.entries],
    }
    if feed.next:
        document["next_url"] = feed.next
    body = json.dumps(document, ensure_ascii=False, indent=1)
    return HttpResponse(body, content_type="application/feed+json; charset=utf-8")


class _Atom(xml_writing.Atom):
    """Atom whose entries say what happened, and which says where it goes on."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for rel, address in self.feed["pages"].items():
            if address:
                handler.addQuickElement("link", "", {"rel": rel, "href": address})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        kind = item["kind"]
        told = {"term": kind.value, "scheme": _kinds(), "label": _(str(kind.label))}
        handler.addQuickElement("category", "", told)
        if item["picture"]:
            enclosed = {"rel": "enclosure", "type": _JPEG, "href": item["picture"].url, "title": item["picture"].alt}
            known = {"length": str(item["picture_bytes"])} if item["picture_bytes"] else {}
            handler.addQuickElement("link", "", {**enclosed, **known})


class _Rss(xml_writing.Rss):
    """The same in RSS. Pictures as an enclosure, which has to say how many bytes it has, and as Media RSS."""

    def rss_attributes(self) -> dict[str, str]:
        """Of the element ``rss``."""
        return {**super().rss_attributes(), "xmlns:media": "http://search.yahoo.com/mrss/"}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for rel, address in self.feed["pages"].items():
            if address:
                handler.addQuickElement("atom:link", None, {"rel": rel, "href": address})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("category", item["kind"].value, {"domain": _kinds()})
        if item["picture"] and item["picture_bytes"]:
            enclosed = {"url": item["picture"].url, "length": str(item["picture_bytes"]), "type": _JPEG}
            handler.addQuickElement("enclosure", "", enclosed)
        if item["picture"]:
            _add_media(handler, item["picture"])


def _add_media(handler: SimplerXMLGenerator, picture: Picture) -> None:
    size = {"width": str(picture.width), "height": str(picture.height)}
    content = {"url": picture.url, "type": _JPEG, "medium": "image", **size}
    handler.startElement("media:content", AttributesImpl(content))
    handler.addQuickElement("media:description", picture.alt, {"type": "plain"})
    handler.addQuickElement("media:credit", picture.credit)
    handler.addQuickElement("media:copyright", picture.licence)
    handler.endElement("media:content")


def _kinds() -> str:
    """Where it stands what records do: the scheme of their category."""
    return view_models.address("methodology") + "#corrections"


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "language": entry.language,
        "date_published": entry.at.isoformat(),
        "date_modified": entry.at.isoformat(),
        "tags": entry.topics,
        "_factcheck": {"kind": entry.kind.value, **entry.more},
    }
    if entry.picture:
        item["image"] = entry.picture.url
    if entry.summary:
        item["summary"] = entry.summary
    return item


#: What the last part of a feed's address says.
WRITERS = {"atom": atom, "rss": rss, "json": json_feed}
