"""The files of pictures: each in its sizes and formats, as long as a published record names it."""

import re
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from articles.selectors.readers.pictures import variants
from caching import headers as cache_headers
from caching import keys
from lib.pictures import FORMATS
from readers.http.holding import UNTIL_PUBLISHED, let_hold
from readers.http.responses import readers_page

#: What an address holds never changes: its hash is part of it.
_FOREVER: Final = "public, max-age=31536000, immutable"
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_LARGEST: Final = 10_000


@readers_page
def picture(request: HttpRequest, sha256: str, width: int, ending: str) -> HttpResponse:
    """One size of a picture; 404 for one that no record of a standing claim names."""
    try:
        if not _HASH.fullmatch(sha256) or width > _LARGEST or ending not in FORMATS:
            raise variants.NoPictureError
        content = variants.content(sha256, width=width, ending=ending)
    except variants.NoPictureError:
        response = render(request, "readers/404.html", status=404)
        response.headers["Cache-Control"] = "no-store"
        return response
    etag = f'"{sha256[:22]}-{width}.{ending}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(content, content_type=FORMATS[ending])
    response.headers["ETag"] = etag
    cache_headers.mark_public(response, [keys.picture(sha256)])
    response.headers["Cache-Control"] = _FOREVER
    let_hold(response, UNTIL_PUBLISHED)
    # Other sites show it: feeds, link previews, partners.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
