"""The corrections log: everything that was corrected or withdrawn, by filters that make a shareable address; feeds."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles import text
from articles.choices import CorrectionKind
from articles.models import PublishedClaimant
from articles.selectors.readers import published
from articles.selectors.readers.newsroom import corrections
from articles.selectors.readers.newsroom.corrections import CorrectionFilters
from caching import keys
from readers.http import view_models, xml_writing
from readers.http.holding import UNTIL_PUBLISHED
from readers.http.periods import period
from readers.http.responses import BadAddressError, conditional, readers_page
from readers.http.view_models import CorrectionEntry

FEED_ENTRIES = 50
_ADDRESS_NAMES = {"since": "from", "until": "to"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of correction as a link: how many there are, and the address that shows them alone."""

    key: str
    label: str
    count: int
    query: str
    is_chosen: bool


@readers_page
def index(request: HttpRequest) -> HttpResponse:
    """The log, newest first."""
    wanted = _read(request.GET)
    return _answer(request, keys.LISTS, lambda: _list(request, wanted))


@readers_page
def atom(request: HttpRequest) -> HttpResponse:
    """The log as Atom (RFC 4287), by the same filters."""
    wanted = _read(request.GET)
    return _answer(request, keys.FEEDS, lambda: _atom(wanted))


@readers_page
def json_feed(request: HttpRequest) -> HttpResponse:
    """The log as JSON Feed 1.1, by the same filters."""
    wanted = _read(request.GET)
    return _answer(request, keys.FEEDS, lambda: _json(wanted))


def _answer(request: HttpRequest, key: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    names = (request.get_full_path(), published.head().state)
    return conditional(request, *names, keys=[key], make=make, right_for=UNTIL_PUBLISHED)


def _list(request: HttpRequest, wanted: CorrectionFilters) -> HttpResponse:
    page = corrections.corrections(wanted, cursor=request.GET.get("cursor", ""))
    counts = corrections.counts(wanted)
    context = {
        "corrections": view_models.correction_entries(row.record for row in page.rows),
        "filters": wanted,
        "is_filtered": wanted != CorrectionFilters(),
        "choices": _choices(wanted, counts),
        "languages": corrections.languages(),
        "claimant": _claimant(wanted.claimant),
        "feeds": _query(wanted),
        "next": _query(wanted, cursor=page.next) if page.next else "",
        "previous": _query(wanted, cursor=page.previous) if page.previous else "",
        "canonical": view_models.address("corrections"),
    }
    return render(request, "readers/newsroom/corrections.html", context)


def _read(params: QueryDict) -> CorrectionFilters:
    """The filters an address asks for. Raises ``BadAddressError``."""
    since, until = period(params)
    kind = params.get("kind", "").strip()
    if kind and kind not in CorrectionKind.values:
        raise BadAddressError(
            _("There is no kind of correction called “%(kind)s”: minor, verdict or retraction.") % {"kind": kind[:40]}
        )
    given = {name: params.get(name, "").strip()[:200] for name in ("topic", "language", "claimant")}
    return CorrectionFilters(kind=kind, since=since, until=until, **given)


def _query(filters: CorrectionFilters, *, cursor: str = "") -> str:
    pairs = [(_ADDRESS_NAMES.get(f.name, f.name), getattr(filters, f.name)) for f in fields(filters)]
    given = [(name, str(value)) for name, value in [*pairs, ("cursor", cursor)] if value]
    return f"?{urlencode(given)}" if given else ""


def _choices(wanted: CorrectionFilters, counts: dict[str, int]) -> list[Choice]:
    labels = [("", _("All"), sum(counts.values()))]
    labels += [(kind.value, _(str(kind.label)), counts[kind]) for kind in CorrectionKind]
    return [
        Choice(key, label, n, _query(replace(wanted, kind=key)) or "?", key == wanted.kind) for key, label, n in labels
    ]


def _claimant(which: str) -> str:
    try:
        return str(published.claimant(which).document["name"]) if which else ""
    except PublishedClaimant.DoesNotExist:
        return which


def _entries(wanted: CorrectionFilters) -> list[CorrectionEntry]:
    return [view_models.correction_entry(row.record) for row in corrections.corrections(wanted, size=FEED_ENTRIES).rows]


def _headline(entry: CorrectionEntry) -> str:
    kind = _(str(CorrectionKind(entry.severity or CorrectionKind.RETRACTION).label))
    return f"{text.as_label(kind)} {entry.claim['text']}"


def _entry_id(entry: CorrectionEntry) -> str:
    """Other than the claim's own entry in the feed of claims: that one tells the finding, this one what was wrong."""
    return uuid.uuid5(entry.record.claim_id, f"correction r{entry.record.revision}").urn


def _content(entry: CorrectionEntry) -> str:
    return render_to_string("readers/feeds/parts/correction.html", {"correction": entry}).strip()


def _title() -> str:
    return _("%(site)s: corrections and retractions") % {"site": settings.SITE_NAME}


def _atom(wanted: CorrectionFilters) -> HttpResponse:
    own = view_models.address("corrections_atom") + _query(wanted)
    feed = xml_writing.Atom(
        title=_title(),
        link=view_models.address("corrections") + _query(wanted),
        description=_about(),
        feed_url=own,
        language=get_language(),
        author_name=settings.SITE_NAME,
        feed_guid=own,
    )
    for entry in _entries(wanted):
        feed.add_item(
            title=_headline(entry),
            link=settings.SITE_URL + entry.changes,
            description=_content(entry),
            unique_id=_entry_id(entry),
            pubdate=entry.record.at,
            updateddate=entry.record.at,
            categories=[str(CorrectionKind(entry.severity or CorrectionKind.RETRACTION))],
            language=entry.claim["language"],
        )
    out = StringIO()
    feed.write(out, "utf-8")
    return HttpResponse(out.getvalue(), content_type="application/atom+xml; charset=utf-8")


def _json(wanted: CorrectionFilters) -> HttpResponse:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(),
        "description": _about(),
        "home_page_url": view_models.address("corrections") + _query(wanted),
        "feed_url": view_models.address("corrections_json") + _query(wanted),
        "language": get_language(),
        "authors": [{"name": settings.SITE_NAME, "url": view_models.address("front")}],
        "items": [_item(entry) for entry in _entries(wanted)],
    }
    body = json.dumps(feed, ensure_ascii=False, indent=1)
    return HttpResponse(body, content_type="application/feed+json; charset=utf-8")


def _item(entry: CorrectionEntry) -> dict[str, Any]:
    return {
        "id": _entry_id(entry),
        "url": settings.SITE_URL + entry.changes,
        "title": _headline(entry),
        "content_html": _content(entry),
        "language": entry.claim["language"],
        "date_published": entry.record.at.isoformat(),
        "_factcheck": {
            "claim": str(entry.record.claim_id),
            "revision": entry.record.revision,
            "kind": entry.severity or CorrectionKind.RETRACTION.value,
            "claim_url": view_models.address("claim", entry.claim["slug"]),
        },
    }


def _about() -> str:
    return _("Every correction and retraction by %(site)s.") % {"site": settings.SITE_NAME}
