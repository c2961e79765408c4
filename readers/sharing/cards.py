"""Share cards: each revision as a picture, drawn when it is first asked for and kept on disk from then on."""

import logging
import threading
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from articles import rating_tones, text
from articles.models import PublishedClaim, Record
from articles.selectors.readers import published
from caching import keys as cache_keys
from lib import sharecards
from lib.sharecards.lettering import Direction
from readers.claims import share
from readers.http import languages, pictures
from readers.http.pictures import FindVariant
from readers.http.responses import BadAddressError, Name, conditional, etag, readers_page

#: A process draws one card at a time, some 0.15 s each: many requests use one core, not all of them.
_drawing = threading.Lock()
_WAIT_SECONDS = 5.0
logger = logging.getLogger(__name__)


@readers_page
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The claim as its newest record has it."""
    row = published.claim(slug=slug)
    return _card(request, row, row.record)


@readers_page
def revision_card(request: HttpRequest, slug: str, revision: int) -> HttpResponse:
    """One revision; it says so when a newer one corrected or withdrew it."""
    row = published.claim(slug=slug)
    return _card(request, row, published.revision(row.claim_id, revision))


def _card(request: HttpRequest, row: PublishedClaim, record: Record) -> HttpResponse:
    form, language = _wanted(request, row)
    names: tuple[Name, ...] = ("card", form, record.sha256, row.record.sha256, *settings.CARD_FONTS)
    keys = [cache_keys.claim(row.claim_id)]
    with override(language):
        return conditional(
            request, *names, keys=keys, make=lambda: _picture(lambda: draw(row, record, form), etag(*names))
        )


def _wanted(request: HttpRequest, row: PublishedClaim) -> tuple[str, str]:
    """The form that the address asks for, and the language: the claim's own unless it names another one."""
    form = request.GET.get("form", "")
    if form not in sharecards.FORMS:
        raise BadAddressError(_("A card is square or portrait; without a form it is wide."))
    return form, _language(request) or languages.closest(row.language)


def _language(request: HttpRequest) -> str:
    """The language that the address names; empty where it names none."""
    language = request.GET.get("language", "")
    if language and language not in dict(settings.LANGUAGES):
        raise BadAddressError(_("This site has no pages in the language “%(code)s”.") % {"code": language[:20]})
    return language


@readers_page
def site_card(request: HttpRequest) -> HttpResponse:
    """The card of all pages that are not about one claim, in the language that the address names."""
    language = _language(request) or settings.LANGUAGE_CODE
    with override(language):
        names: tuple[Name, ...] = ("site-card", *settings.CARD_FONTS)
        name = etag(*names)
        shown = [cache_keys.NEWSROOM]
        return conditional(request, *names, keys=shown, make=lambda: _picture(_draw_site, name))


def _draw_site() -> bytes:
    about = _("Independent fact checks with all the evidence – and every correction we make.")
    card = sharecards.Card(
        statement=settings.SITE_NAME,
        direction=cast(Direction, text.direction(get_language() or "")),
        said_by="",
        verdict="",
        tone="",
        finding=about,
        notes=(urlsplit(settings.SITE_URL).netloc,),
        outlet="",
        instead=urlsplit(settings.SITE_URL).netloc,
        is_quoted=False,
    )
    return sharecards.draw(card, fonts=settings.CARD_FONTS)


def _picture(make: Callable[[], bytes], name: str) -> HttpResponse:
    kept = _kept(name)
    if kept is None:
        if not _drawing.acquire(timeout=_WAIT_SECONDS):
            return HttpResponse(
                _("Many cards are being drawn. Come back in a moment.") + "\n",
                status=503,
                content_type="text/plain; charset=utf-8",
                headers={"Retry-After": "5"},
            )
        try:
            kept = _kept(name) or make()
        finally:
            _drawing.release()
        _keep(name, kept)
    return HttpResponse(kept, content_type="image/png")


def draw(row: PublishedClaim, record: Record, form: str = "", *, find: FindVariant = pictures.published) -> bytes:
    """The card of a record as PNG, in the language in force. ``find`` gives the bytes of its picture."""
    return sharecards.draw(_words(row, record, find), form=form, fonts=settings.CARD_FONTS)


def _words(row: PublishedClaim, record: Record, find: FindVariant) -> sharecards.Card:
    document = record.document()
    claim = document["claim"]
    shown = share.verdict(row, record, document)
    return sharecards.Card(
        statement=claim["text"]
        if shown.tone == rating_tones.RETRACTED
        else _("“%(statement)s”") % {"statement": claim["text"].rstrip(".։。")},
        direction=cast(Direction, text.direction(claim["language"])),
        said_by="" if row.is_retracted else share.said_by(document),
        verdict=shown.label,
        tone=shown.tone,
        finding=shown.finding,
        is_quoted=shown.tone != rating_tones.RETRACTED,
        notes=shown.notes,
        outlet=settings.SITE_NAME,
        instead=_("A claim in another script (%(language)s). Read it at %(site)s")
        % {"language": text.language_name(claim["language"]), "site": urlsplit(settings.SITE_URL).netloc},
        picture=None if row.is_retracted else _lead(document, find),
    )


def _lead(document: dict[str, Any], find: FindVariant) -> sharecards.CardPicture | None:
    picture = pictures.lead(document)
    content = find(picture.sha256, width=picture.width, ending=pictures.PLAIN) if picture else None
    return sharecards.CardPicture(content, picture.focus, picture.is_stamped) if picture and content else None


def _kept(name: str) -> bytes | None:
    try:
        found: bytes | None = caches["cards"].get(name)
    except OSError as error:
        logger.warning("The share cards kept on disk cannot be read: %s", error)
        return None
    return found


def _keep(name: str, picture: bytes) -> None:
    """A full or read-only disk costs the next reader a drawing, not this one the card."""
    try:
        caches["cards"].set(name, picture)
    except OSError as error:
        logger.warning("A share card cannot be kept on disk: %s", error)
