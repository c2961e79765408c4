"""Published claims that belong to a web address: our own page of a claim, where a claim was made, or a source."""

from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import QuerySet

from articles import address_keys
from articles.choices import AddressKind
from articles.models import PublishedArticle, PublishedClaim, PublishedSource, Record
from articles.selectors.readers.connection import ALIAS
from lib import webaddress
from lib.parsing.errors import ParseError
from lib.parsing.integers import parse_integer

#: What the address is of: one of our pages, an article or a post in which claims were made, a source of checks.
Place = Literal["page", "article", "source"]
_PAGES: Final = {"articles": "articles__contains", "sources": "sources__contains"}


@dataclass(frozen=True, slots=True)
class AtAddress:
    """The claims of an address, newest record first. ``place`` is empty when nothing is known of the address."""

    place: Place | Literal[""]
    claims: list[PublishedClaim]


def find_by_address(address: str, *, limit: int) -> AtAddress:
    """The standing claims of ``address`` in any spelling: scheme, ``www.``, tracking parameters do not count.

    An address that is an article and a source is answered as an article.
    """
    if webaddress.site_of(address) == webaddress.site_of(settings.SITE_URL):
        return AtAddress("page", _of_our_page(address, limit))
    places: tuple[tuple[Place, AddressKind], ...] = (("article", AddressKind.MADE), ("source", AddressKind.SOURCE))
    for place, kind in places:
        if found := list(_standing().filter(addresses__contains=[address_keys.key_of(kind, address)])[:limit]):
            return AtAddress(place, found)
    return AtAddress("", [])


def _of_our_page(address: str, limit: int) -> list[PublishedClaim]:
    """The claim of a claim's page, short link, history or embed; the claims of an article's or a source's page."""
    steps = [unquote(step) for step in urlsplit(webaddress.completed(address)).path.split("/") if step]
    if steps and steps[0] in dict(settings.LANGUAGES):
        steps = steps[1:]
    if len(steps) < 2:
        return []
    section, slug = steps[0], steps[1]
    if section in ("claims", "embed"):
        return list(PublishedClaim.objects.using(ALIAS).not_retracted().filter(slug=slug)[:1])
    if section == "c":
        return _of_short_link(slug)
    if section not in _PAGES:
        return []
    model = PublishedArticle if section == "articles" else PublishedSource
    ids = list(model._default_manager.using(ALIAS).filter(slug=slug).values_list("pk", flat=True))
    return list(_standing().filter(**{_PAGES[section]: ids})[:limit]) if ids else []


def _of_short_link(number: str) -> list[PublishedClaim]:
    """The claim of the record with this number, unless it was retracted."""
    try:
        about = Record.objects.using(None).filter(seq=parse_integer(number)).values("claim_id")
    except ParseError:
        return []
    return list(PublishedClaim.objects.using(ALIAS).not_retracted().filter(claim_id__in=about))


def _standing() -> QuerySet[PublishedClaim]:
    return PublishedClaim.objects.using(ALIAS).not_retracted().originals()
