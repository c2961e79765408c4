"""How a record that is not published would look to readers: its page, its share card, its entry in search results.

The desk calls this through the setting ``CLAIM_PREVIEWS``: doors do not import each other. No address leads here.
"""

import copy
from dataclasses import dataclass

import csp.constants
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from articles.models import PublishedClaim, Record
from articles.selectors.readers import translations as readers_translations
from articles.selectors.readers.translations import TranslatedClaim
from readers.claims import pages, share
from readers.http import template_constants, view_models
from readers.http.pictures import FindVariant
from readers.sharing import cards

#: No script runs, and only the desk may show the page in a frame.
_POLICY = {
    "script-src": [csp.constants.NONE],
    "connect-src": [csp.constants.NONE],
    "frame-ancestors": [csp.constants.SELF],
}
LOOKS = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search engine and a shared link say of the page: its title, description and full address."""

    title: str
    about: str
    address: str
    image_alt: str


def page(
    request: HttpRequest,
    row: PublishedClaim,
    record: Record,
    *,
    language: str,
    look: str = "",
    is_alone: bool = False,
    picture_base: str = "",
) -> HttpResponse:
    """The page in one of the site's languages, light or dark as ``look`` says, else as the browser prefers.

    ``is_alone`` is for a page outside of the desk's frame: it says that it is a preview. ``picture_base`` is the desk's
    address of pictures that are not public yet.
    """
    with override(language):
        shadow = copy.copy(request)  # the page's links are those of its public address
        shadow.path = shadow.path_info = template_constants.url("readers:claim", row.slug)
        more = {
            "is_preview": True,
            "picture_base": picture_base,
            "in_frame": not is_alone,
            "look": look if look in LOOKS else "",
        }
        response = pages.record_page(shadow, row, record, _faces(row), is_permalink=False, more=more)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = _POLICY  # type: ignore[attr-defined]
    return response


def card(row: PublishedClaim, record: Record, *, find: FindVariant) -> bytes:
    """The share card as PNG, drawn anew and kept nowhere. ``find`` finds its picture, which may not be public yet."""
    with override(settings.LANGUAGE_CODE):
        return cards.draw(row, record, find=find)


def found(row: PublishedClaim, record: Record) -> Found:
    """The entry in search results, in the newsroom's own language."""
    with override(settings.LANGUAGE_CODE):
        document = record.document()
        shared = share.of(row, record, document)
        return Found(shared.title, shared.about, view_models.address("claim", row.slug), shared.image.alt)


def _faces(row: PublishedClaim) -> list[TranslatedClaim]:
    """The other languages of a claim that is public already."""
    try:
        return readers_translations.claim(row.slug)[1]
    except PublishedClaim.DoesNotExist:
        return []
