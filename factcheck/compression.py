"""Public JSON and feeds packed with gzip, where no proxy in front does it.

Only answers that caches may share, or that say the same to everybody, are packed: next to a secret, the length of a
packed answer could tell what it is (the BREACH attack). Pages with forms, the desk and what belongs to one partner are
never packed here.
"""

import gzip
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from articles.streaming import takes_gzip
from caching.headers import is_public

#: Less than this fits into one packet anyway.
LEAST: Final = 1024
_LEVEL: Final = 6
_TYPES: Final = frozenset(
    {
        "application/json",
        "application/atom+xml",
        "application/feed+json",
        "application/ld+json",
        "application/linkset+json",
        "application/rss+xml",
        "application/xml",
    }
)


class CompressionMiddleware:
    """Around everything, so that what is kept in this process is kept unpacked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 304:
            _as_held(request, response)
        elif response.status_code == 200 and _may_be_packed(response):
            patch_vary_headers(response, ["Accept-Encoding"])
            if takes_gzip(request.headers.get("Accept-Encoding", "")):
                _pack(response)
        return response


def _may_be_packed(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if response.streaming or kind not in _TYPES or response.cookies or "Content-Encoding" in response.headers:
        return False
    return is_public(response) and len(response.content) >= LEAST


def _pack(response: HttpResponse) -> None:
    """Its tag becomes a weak one: the bytes are others, what they say is the same."""
    response.content = gzip.compress(response.content, _LEVEL, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    tag = response.headers.get("ETag", "")
    if tag.startswith('"'):
        response.headers["ETag"] = f"W/{tag}"


def _as_held(request: HttpRequest, response: HttpResponse) -> None:
    """A 304 names the tag as the client has it, so that a cache finds what it keeps (RFC 9111, 4.3.4)."""
    tag, held = response.headers.get("ETag", ""), request.headers.get("If-None-Match", "")
    weak = f"W/{tag}"
    if not tag.startswith('"') or weak not in held or not takes_gzip(request.headers.get("Accept-Encoding", "")):
        return
    response.headers["ETag"] = weak
    patch_vary_headers(response, ["Accept-Encoding"])
