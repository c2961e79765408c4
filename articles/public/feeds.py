"""Feeds: each claim as it stands, newest record first.

An entry belongs to a claim's revision, so a correction or a retraction arrives as a new entry. The old one leaves the
feed with it: a feed never goes on telling what was withdrawn.
"""

import json
import uuid
from io import StringIO
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.choices import RecordKind
from articles.models import PublishedClaim
from articles.public import presentation
from articles.public.answers import answer, readers_page
from articles.selectors import public

ENTRIES = 50


@readers_page
def atom(request: HttpRequest) -> HttpResponse:
    """The claims as Atom (RFC 4287)."""
    return answer(request, request.path, public.head().root, make=_atom)


@readers_page
def json_feed(request: HttpRequest) -> HttpResponse:
    """The claims as JSON Feed 1.1."""
    return answer(request, request.path, public.head().root, make=_json)


class _Feed(Atom1Feed):
    """Atom whose entries say what language they are in."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}


def _atom() -> HttpResponse:
    feed = _Feed(
        title=_title(),
        link=presentation.address("front"),
        description=_about(),
        feed_url=presentation.address("atom"),
        language=get_language(),
        author_name=settings.SITE_NAME,
        feed_guid=presentation.address("atom"),
    )
    for claim in public.claims(size=ENTRIES).rows:
        feed.add_item(
            title=_headline(claim),
            link=presentation.address("claim", claim.slug),
            description=_content(claim),
            unique_id=_entry_id(claim),
            pubdate=claim.published_at,
            updateddate=claim.published_at,
            categories=claim.topics,
            language=claim.language,
        )
    out = StringIO()
    feed.write(out, "utf-8")
    return HttpResponse(out.getvalue(), content_type="application/atom+xml; charset=utf-8")


def _json() -> HttpResponse:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(),
        "description": _about(),
        "home_page_url": presentation.address("front"),
        "feed_url": presentation.address("json_feed"),
        "language": get_language(),
        "authors": [{"name": settings.SITE_NAME, "url": presentation.address("front")}],
        "items": [_item(claim) for claim in public.claims(size=ENTRIES).rows],
    }
    body = json.dumps(feed, ensure_ascii=False, indent=1)
    return HttpResponse(body, content_type="application/feed+json; charset=utf-8")


def _item(claim: PublishedClaim) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": _entry_id(claim),
        "url": presentation.address("claim", claim.slug),
        "title": _headline(claim),
        "content_html": _content(claim),
        "language": claim.language,
        "date_published": claim.published_at.isoformat(),
        "date_modified": claim.published_at.isoformat(),
        "tags": claim.topics,
        "_factcheck": {
            "claim": str(claim.claim_id),
            "revision": claim.revision,
            "kind": claim.record.kind,
            "rating": claim.rating_key or None,
            "record_url": f"{settings.SITE_URL}/api/v1/claims/{claim.claim_id}/",
        },
    }
    if claim.summary:
        item["summary"] = claim.summary
    return item


def _title() -> str:
    return _("%(site)s: checked claims") % {"site": settings.SITE_NAME}


def _about() -> str:
    return _("Claims checked by %(site)s, with corrections and retractions.") % {"site": settings.SITE_NAME}


def _headline(claim: PublishedClaim) -> str:
    """Verdict first, and before it what is new about it."""
    if claim.is_retracted:
        return _("Retracted: %(claim)s") % {"claim": claim.text}
    headline = f"{claim.rating_label}: {claim.text}"
    return _("Corrected: %(headline)s") % {"headline": headline} if _is_corrected(claim) else headline


def _content(claim: PublishedClaim) -> str:
    document = claim.record.document()
    correction = document["corrections"][-1] if _is_corrected(claim) else None
    return render_to_string(
        "public/parts/feed_entry.html", {"claim": claim, "document": document, "correction": correction}
    ).strip()


def _is_corrected(claim: PublishedClaim) -> bool:
    return claim.record.kind == RecordKind.CORRECTED


def _entry_id(claim: PublishedClaim) -> str:
    return uuid.uuid5(claim.claim_id, f"r{claim.revision}").urn
