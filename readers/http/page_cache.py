"""Pages of this process's last second, answered before anything is looked up: no session, no query, no template.

A claim that is shared by thousands is asked for many times a second. What ``responses.cached`` made is a pure function
of records, so within ``PAGE_SECONDS`` it is given again as it left, headers and all. Shared caches may keep a page for
longer anyway (``SHARED_CACHE_SECONDS``); one second more does not change what readers are promised.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch

from readers.http import topic_views
from readers.http.responses import is_cached

#: So many pages at most are remembered; at some thirty kilobytes each that is a few megabytes.
PAGES = 256
#: What a response may depend on in addition to the path. Anything else in a request is ignored by readers' pages.
_DEPENDS_ON = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "wsgi.url_scheme")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as it left at ``asked``, in seconds of the steady clock."""

    asked: float
    content: bytes
    headers: dict[str, str]
    read: topic_views.View | None
    match: ResolverMatch | None


class PageCacheMiddleware:
    """Middleware around all that costs anything. Off with ``PAGE_SECONDS`` at 0, as on a developer's machine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._pages: OrderedDict[tuple[Any, ...], _Page] = OrderedDict()
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The cached page when it is new enough, else the response of the site."""
        key = self._key(request)
        if key is None:
            return self.get_response(request)
        page = self._pages.get(key)
        if page and time.monotonic() - page.asked < settings.PAGE_SECONDS:
            again = _again(page, request.META.get("HTTP_IF_NONE_MATCH"))
            if again is not None:
                request.resolver_match = page.match  # so that the log and the metrics name its route
                return again
        asked = time.monotonic()
        response = self.get_response(request)
        if page and response.status_code == 503:  # the database is away: an older page is better than none
            return _again(page, None) or response
        if isinstance(response, HttpResponse) and _may_be_remembered(response):
            self._remember(key, asked, response, request.resolver_match)
        return response

    @staticmethod
    def _key(request: HttpRequest) -> tuple[Any, ...] | None:
        """What the answer depends on; None for a request that is not a plain one for a page."""
        meta = request.META
        if not settings.PAGE_SECONDS or request.method != "GET":
            return None
        if meta.get("QUERY_STRING") or "HTTP_RANGE" in meta:
            return None
        return (request.path_info, *map(meta.get, _DEPENDS_ON))

    def _remember(
        self, key: tuple[Any, ...], asked: float, response: HttpResponse, match: ResolverMatch | None
    ) -> None:
        read = topic_views.view_of(response)
        with self._lock:
            self._pages[key] = _Page(asked, response.content, dict(response.items()), read, match)
            self._pages.move_to_end(key)
            while len(self._pages) > PAGES:
                self._pages.popitem(last=False)


def _again(page: _Page, tag: str | None) -> HttpResponse | None:
    """The page, or 304 for a reader whose ``tag`` is just this page's; None for other tags: the site looks closer.

    The site's own 304 has the same headers but for those of a body.
    """
    if tag is None:
        response = HttpResponse(page.content, headers=page.headers)
    elif tag.removeprefix("W/") == page.headers.get("ETag"):  # weak when the page was packed on its way
        kept = {name: value for name, value in page.headers.items() if name not in ("Content-Type", "Content-Length")}
        response = HttpResponseNotModified(headers=kept)
    else:
        return None
    topic_views.mark(response, page.read)
    return response


def _may_be_remembered(response: HttpResponse) -> bool:
    """Whole pages made of records, the same for everybody."""
    is_for_all = not response.cookies and not response.has_header("Vary")
    return response.status_code == 200 and is_cached(response) and is_for_all
