"""Pages of this process's last second, answered before anything else is done: no session, no query, no template.

A claim that is shared by thousands is asked for many times a second. What ``answers.kept`` made is a pure function of
records, so within ``PAGE_SECONDS`` it is given again as it left, headers and all. Shared caches may keep a page for
thirty seconds anyway (``answers.CACHE_CONTROL``); one second more does not change what readers are promised.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from articles.public.answers import is_kept

#: So many pages at most are remembered; at some thirty kilobytes each that is a few megabytes.
PAGES = 256
#: What an answer may depend on besides the path. Anything else in a request is ignored by readers' pages.
_DEPENDS_ON = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "wsgi.url_scheme")


class RememberedPages:
    """The outermost middleware. Off with ``PAGE_SECONDS`` at 0, as on a developer's machine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._pages: OrderedDict[tuple[Any, ...], tuple[float, bytes, dict[str, str]]] = OrderedDict()
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The remembered page when it is young enough, else whatever the site answers."""
        key = self._key(request)
        if key is None:
            return self.get_response(request)
        remembered = self._pages.get(key)
        if remembered and time.monotonic() - remembered[0] < settings.PAGE_SECONDS:
            if "HTTP_IF_NONE_MATCH" not in request.META:
                return HttpResponse(remembered[1], headers=remembered[2])
            if request.META["HTTP_IF_NONE_MATCH"] == remembered[2].get("ETag"):
                return _not_modified(remembered[2])
        asked = time.monotonic()
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and _may_be_remembered(response):
            self._remember(key, asked, response)
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

    def _remember(self, key: tuple[Any, ...], asked: float, response: HttpResponse) -> None:
        with self._lock:
            self._pages[key] = (asked, response.content, dict(response.items()))
            self._pages.move_to_end(key)
            while len(self._pages) > PAGES:
                self._pages.popitem(last=False)


def _not_modified(headers: dict[str, str]) -> HttpResponse:
    """For a reader who has just this page: the site's own answer has the same headers but for those of a body."""
    kept = {name: value for name, value in headers.items() if name not in ("Content-Type", "Content-Length")}
    return HttpResponseNotModified(headers=kept)


def _may_be_remembered(response: HttpResponse) -> bool:
    """Whole pages made of records, the same for everybody."""
    is_for_all = not response.cookies and not response.has_header("Vary")
    return response.status_code == 200 and is_kept(response) and is_for_all
