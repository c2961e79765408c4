"""oEmbed (oembed.com, 1.0): a claim's address in, what another site needs to show the check out."""

import json
from io import StringIO
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.models import PublishedClaim
from articles.selectors.readers import published
from caching import keys
from lib.parsing.errors import ParseError
from lib.parsing.integers import parse_integer
from readers.claims import share
from readers.http import languages, view_models, xml_writing
from readers.http.responses import conditional, readers_page

#: The narrowest frame whose height is worth working out.
MIN_WIDTH = 200
#: How long a site that shows the check may cache this response: the frame itself is always up to date.
CACHE_AGE = 3600
_VIEWS = frozenset({"readers:claim", "readers:revision", "readers:history", "readers:embed", "readers:short"})
_NO_LIMIT = 100_000


class _RefusedError(Exception):
    """An answer that oEmbed has a status for; its text says what to do."""

    def __init__(self, status: int, advice: str) -> None:
        self.status = status
        super().__init__(advice)


@readers_page
def oembed(request: HttpRequest) -> HttpResponse:
    """The check behind ``url`` as a frame no larger than ``maxwidth`` and ``maxheight``, as JSON or XML.

    It is in the language of that address, or of the claim where the address names none. 404 for an address that is no
    published claim of ours, 501 for another format. There is nothing behind 401: what is not published is not there.
    """
    try:
        response = _answer(request)
    except _RefusedError as refusal:
        response = HttpResponse(f"{refusal}\n", status=refusal.status, content_type="text/plain; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("format", "json")
    if kind not in _WRITERS:
        raise _RefusedError(501, _("The formats are json and xml."))
    width, height = _limit(request, "maxwidth"), _limit(request, "maxheight")
    url = request.GET.get("url", "")
    prefix = _prefix(url)
    with override(prefix or settings.LANGUAGE_CODE):
        row = _claim(url)
    with override(prefix or languages.closest(row.language)):
        names = ("oembed", kind, f"{width}x{height}", row.record.sha256)
        shown = [keys.claim(row.claim_id)]
        return conditional(request, *names, keys=shown, make=lambda: _WRITERS[kind](_described(row, width, height)))


def _prefix(url: str) -> str:
    """The language that an address names: the frame uses it, or else that of the claim."""
    try:
        return languages.prefix_of(unquote(urlsplit(url).path))
    except ValueError:
        return ""


def _limit(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    if not given:
        return _NO_LIMIT
    try:
        return min(parse_integer(given, at_least=1), _NO_LIMIT)
    except ParseError:
        raise _RefusedError(400, _("%(name)s is a number of pixels, such as 600.") % {"name": name}) from None


def _claim(url: str) -> PublishedClaim:
    """The published claim whose page (or revision, history or frame) an address is, in the language in force."""
    if not url:
        raise _RefusedError(400, _("Say which page: url= and the address of a claim, percent-encoded."))
    try:
        parts = urlsplit(url)
        found = resolve(unquote(parts.path))
    except (ValueError, Resolver404):
        found = None
    ours = urlsplit(settings.SITE_URL)
    if found is None or parts.scheme not in ("http", "https") or parts.netloc.lower() != ours.netloc.lower():
        raise _RefusedError(404, _("This is not the address of a page of this site."))
    if found.view_name not in _VIEWS or "\x00" in found.kwargs.get("slug", ""):
        raise _RefusedError(404, _("Only pages of claims can be embedded."))
    try:
        number = found.kwargs.get("number")
        slug = found.kwargs["slug"] if number is None else published.claim_of_record(number).slug
        return published.claim(slug=slug)
    except PublishedClaim.DoesNotExist:
        raise _RefusedError(404, _("There is no published claim at this address.")) from None


def _described(row: PublishedClaim, max_width: int, max_height: int) -> dict[str, Any]:
    document = row.record.document()
    width = min(share.FRAME_WIDTH, max_width)
    height = min(share.embed_height(document, max(width, MIN_WIDTH)), max_height)
    home = view_models.address("front")
    described: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": share.headline(document),
        "author_name": settings.SITE_NAME,
        "author_url": home,
        "provider_name": settings.SITE_NAME,
        "provider_url": home,
        "cache_age": CACHE_AGE,
        "html": share.embed_code(row, document, width=str(width), height=height),
        "width": width,
        "height": height,
    }
    picture = share.image(row, row.record, document)
    if picture.width <= max_width and picture.height <= max_height:
        described |= {
            "thumbnail_url": picture.url,
            "thumbnail_width": picture.width,
            "thumbnail_height": picture.height,
        }
    return described


def _json(described: dict[str, Any]) -> HttpResponse:
    return HttpResponse(json.dumps(described, ensure_ascii=False), content_type="application/json; charset=utf-8")


def _xml(described: dict[str, Any]) -> HttpResponse:
    out = StringIO()
    document = xml_writing.Writer(out, "utf-8")
    document.startDocument()
    document.startElement("oembed", AttributesImpl({}))
    for name, value in described.items():
        document.addQuickElement(name, str(value))
    document.endElement("oembed")
    document.endDocument()
    return HttpResponse(out.getvalue(), content_type="text/xml; charset=utf-8")


_WRITERS = {"json": _json, "xml": _xml}
