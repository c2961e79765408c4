"""Feeds: the newest record of each claim, newest first; all of them, or those of a topic, an article or a claimant.

An entry belongs to a claim's revision, so a correction or a retraction arrives as a new entry. The old one leaves the
feed with it: a feed never goes on telling what was withdrawn.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, override
from django.utils.translation import gettext as _

from articles import rating_words, text
from articles.choices import RecordKind, Severity
from articles.models import PublishedClaim, Record
from articles.selectors.log import record_content
from articles.selectors.readers import published, sitemaps
from articles.selectors.readers.claim_filters import Filters
from articles.selectors.readers.state import published_state
from caching import keys
from lib import plaintext
from readers.feeds.formats import WRITERS, Entry, Feed
from readers.http import languages, pictures, view_models
from readers.http.holding import UNTIL_PUBLISHED
from readers.http.pictures import Picture
from readers.http.responses import cached, conditional, readers_page

ENTRIES = 50
#: No tag of a language is longer.
_TAG_LENGTH = 35


@dataclass(frozen=True, slots=True)
class _Scope:
    """Which claims a feed is about: its title, the page it belongs to, and how they are chosen."""

    title: str
    home: str
    filters: Filters


@readers_page
def claims(request: HttpRequest, form: str) -> HttpResponse:
    """All claims, or with ``?language=`` those in one language."""
    title = _("%(site)s: fact checks") % {"site": settings.SITE_NAME}
    home = view_models.address("front")
    if language := _language(request):
        scope = _Scope(_titled(text.language_name(language)), home, Filters(language=language))
        return _answer(request, form, keys.FEEDS, lambda: scope)
    return _answer(request, form, keys.FEEDS, lambda: _Scope(title, home, Filters()), is_polled=True)


@readers_page
def topic(request: HttpRequest, topic: str, form: str) -> HttpResponse:
    """The claims of a topic, or with ``?language=`` those in one language.

    A topic that no claim names has no feed, as it has no page.
    """
    language = _language(request)
    return _answer(
        request,
        form,
        keys.topic(topic),
        lambda: _Scope(_titled(topic), view_models.address("topic", topic), Filters(topic=topic, language=language)),
    )


@readers_page
def article(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The claims made in an article."""
    row = published.article(slug)
    home = view_models.address("article", row.slug)
    scope = partial(_Scope, _titled(row.document["title"]), home, Filters(article=str(row.pk)))
    return _answer(request, form, keys.article(row.pk), scope)


@readers_page
def claimant(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The claims that somebody made."""
    row = published.claimant(slug)
    home = view_models.address("claimant", row.slug)
    scope = partial(_Scope, _titled(row.document["name"]), home, Filters(claimant=str(row.pk)))
    return _answer(request, form, keys.claimant(row.pk), scope)


def _language(request: HttpRequest) -> str:
    """The language tag that an address asks for."""
    return request.GET.get("language", "").strip()[:_TAG_LENGTH]


def _titled(name: str) -> str:
    return _("%(site)s: fact checks, %(what)s") % {"site": settings.SITE_NAME, "what": plaintext.isolated(name)}


def _answer(
    request: HttpRequest, form: str, key: str, scope: Callable[[], _Scope], *, is_polled: bool = False
) -> HttpResponse:
    """The feed; the one that everybody polls is kept ready."""
    cursor = request.GET.get("cursor", "")
    give = partial(cached, right_for=UNTIL_PUBLISHED) if is_polled and not cursor else conditional
    return give(
        request,
        request.path,
        request.GET.get("language", ""),
        cursor,
        published.head().state if key == keys.FEEDS else published_state.changed(key),
        keys=[key],
        make=lambda: WRITERS[form](_page(scope(), request.path, cursor)),
    )


def _page(scope: _Scope, path: str, cursor: str) -> Feed:
    page = published.claims(scope.filters, cursor=cursor, size=ENTRIES)
    if scope.filters.topic and not scope.filters.language and not page.rows and not cursor:
        raise PublishedClaim.DoesNotExist
    address = settings.SITE_URL + quote(path)

    which = {"language": scope.filters.language} if scope.filters.language else {}
    own = f"{address}?{urlencode(which)}" if which else address

    def at(cursor: str) -> str:
        return f"{address}?{urlencode({**which, 'cursor': cursor})}" if cursor else ""

    before = sitemaps.previous_records([row for row in page.rows if _is_corrected(row)])
    leads = [pictures.lead(row.record.document()) for row in page.rows]
    lengths = pictures.lengths([lead for lead in leads if lead])
    return Feed(
        title=scope.title,
        about=_("Fact checks by %(site)s, with corrections and retractions.") % {"site": settings.SITE_NAME},
        home=scope.home,
        address=at(cursor) or own,
        entries=[
            _entry(row, before.get(row.claim_id), lead, lengths) for row, lead in zip(page.rows, leads, strict=True)
        ],
        next=at(page.next),
        previous=at(page.previous),
    )


def _entry(claim: PublishedClaim, before: Record | None, picture: Picture | None, lengths: Mapping[str, int]) -> Entry:
    """One record, in the language of its claim: that of the page it links to."""
    with override(languages.closest(claim.language)):
        return _told(claim, before, picture, lengths.get(picture.sha256, 0) if picture else 0)


def _told(claim: PublishedClaim, before: Record | None, picture: Picture | None, picture_bytes: int) -> Entry:
    return Entry(
        id=uuid.uuid5(claim.claim_id, f"r{claim.revision}").urn,
        url=view_models.address("claim", claim.slug),
        title=_headline(claim),
        html=_content(claim, before, picture),
        summary=claim.summary,
        language=claim.language,
        at=claim.published_at,
        topics=claim.topics,
        kind=RecordKind(claim.record.kind),
        more={
            "claim": str(claim.claim_id),
            "revision": claim.revision,
            "rating": claim.rating_key or None,
            "record_url": f"{settings.SITE_URL}/api/v1/claims/{claim.claim_id}/",
            **record_content.imported(claim.record.document()),
        },
        picture=picture,
        picture_bytes=picture_bytes,
    )


def _headline(claim: PublishedClaim) -> str:
    """The check's headline; without one, verdict and statement. Before it what is new about it."""
    said = _beside(claim.text, claim.language)
    if claim.is_retracted:
        return _("Retracted: %(claim)s") % {"claim": said}
    verdict = rating_words.in_language(claim.rating_label, get_language() or "")
    headline = _beside(claim.headline, claim.language) if claim.headline else f"{text.as_label(verdict)} {said}"
    return _("Corrected: %(headline)s") % {"headline": headline} if _is_corrected(claim) else headline


def _beside(words: str, language: str) -> str:
    """The claim's own words, kept apart only where the words around them run the other way."""
    runs_along = (text.direction(language) == "rtl") == get_language_bidi()
    return words if runs_along else plaintext.isolated(words)


def _content(claim: PublishedClaim, before: Record | None, picture: Picture | None) -> str:
    """The entry's HTML. A correction comes first, with the verdict it replaced and what changed."""
    document = claim.record.document()
    correction = document["corrections"][-1] if _is_corrected(claim) else None
    earlier = before.document()["verdict"] if before and correction else None
    changed = earlier if earlier and correction and correction["severity"] == Severity.VERDICT else None
    changes = reverse("readers:history", args=[claim.slug]) + f"?from={claim.revision - 1}&to={claim.revision}"
    context = {"claim": claim, "document": document, "correction": correction, "changed": changed, "changes": changes}
    context["picture"] = picture
    return render_to_string("readers/feeds/parts/entry.html", context).strip()


def _is_corrected(claim: PublishedClaim) -> bool:
    return claim.record.kind == RecordKind.CORRECTED
