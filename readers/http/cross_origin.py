"""Feeds and the log may be read by scripts of any site, as the read API may."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_OPEN = re.compile(
    r"/(?:[a-z]{2,3}(?:-[a-z]+)?/)?(?:feeds|log|feed)/.*|/.*(?:/feed\.(?:atom|json|rss)|\.tlog-proof|\.jsonld)|/\.well-known/.*"
)
_EXPOSED = "ETag, Link"


class CrossOriginMiddleware:
    """Opens them to other origins, refusals included, and answers what a browser asks beforehand."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _OPEN.fullmatch(request.path_info) or request.path_info.startswith(("/admin/", "/api/")):
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return _allowed()
        response = self.get_response(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED
        return response


def _allowed() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
            "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
            "Access-Control-Max-Age": "86400",
            "Cache-Control": "no-store",
        },
    )
