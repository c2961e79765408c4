"""Pages that this process gives again before anything is looked up: no session, no query, no template.

A claim that is shared by thousands is asked for many times a second. What ``responses.cached`` made is a pure function
of records, so within ``PAGE_SECONDS`` it is given again as it left, headers and all. Shared caches may keep a page for
longer anyway (``SHARED_CACHE_SECONDS``); one second more does not change what readers are promised.

Nor is a page any other when nothing was published since that it shows. So each thread looks up what pages follow
from (``published_state``): when the database has said that it may have changed (``state_listener``), and once in
``PAGE_SECONDS`` where it cannot say so. While the log grew by nothing that is under a page's keys, and nothing beside
the log changed, pages of hours ago are given again. A page that is not in memory may be on disk (``kept``).
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import local

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from articles.selectors.readers.state import published_state
from articles.selectors.readers.state.published_state import Look, State
from articles.selectors.readers.state.state_listener import StateListener
from caching import headers as cache_headers
from caching.disk_pages import MADE_AHEAD
from readers.held_pages import kept
from readers.held_pages.memory import HeldPage, Key, PageMemory, shared
from readers.http import topic_views
from readers.http.holding import has_own_query, lasts
from readers.http.responses import is_cached, keep_by_name, packed_content

#: What a response may depend on in addition to the path. Anything else in a request is ignored by readers' pages.
_DEPENDS_ON = ("HTTP_HOST", "wsgi.url_scheme")
_BEHIND_PROXY = "HTTP_X_FORWARDED_PROTO"
#: Larger ones, such as pictures for wide screens, would take the place of many others.
_LARGEST = 256 * 1024
#: Pages with a longer query are not held; those of lists are shorter.
_LONGEST_QUERY = 200
#: A thread that hears nothing looks after so many seconds all the same: a message can be lost with its network.
LOOK_SECONDS = 10.0
_OF_A_BODY = ("Content-Type", "Content-Length")


@dataclass(frozen=True, slots=True)
class _Match:
    """What the log and the metrics want to know of an address."""

    route: str


class _Seen(local):
    """What each thread knows of the state: since when, by a look or because nothing else was heard."""

    def __init__(self) -> None:
        self.look: Look | None = None
        self.looked = self.at = -math.inf
        self.listener = StateListener()


class PageCacheMiddleware:
    """Middleware around all that costs anything. Off with ``PAGE_SECONDS`` at 0, as on a developer's machine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._memory = PageMemory()
        self._seen = _Seen()
        self._places: set[str] = set()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The cached page when it is new enough, else the response of the site."""
        key = self._key(request)
        if key is None:
            response = self.get_response(request)
            keep_by_name(response)
            return response
        asked = time.monotonic()
        page = self._memory.get(key) or self._find(key, asked, most=_most(request))
        tag = request.META.get("HTTP_IF_NONE_MATCH")
        if page and self._is_right(page, asked):
            again = self._again(key, page, tag)
            if again is not None:
                request.resolver_match = _Match(page.route)  # type: ignore[assignment] # for the log and the metrics
                return again
        # Only a readers' page is worth a look: no probe and no desk page waits for one.
        request.look_first = partial(self._state, asked)  # type: ignore[attr-defined]
        response = self._asked(request, page) if page and tag is None else self.get_response(request)
        if page and response.status_code == 503:  # the database is away: an older page is better than none
            return self._again(key, page, None) or response
        state = self._still(self._seen_state(asked))
        if page and response.status_code == 304 and response.headers.get("ETag") == page.tag:
            page.asked, page.shown = asked, cache_headers.keys_of(response)
            page.state, page.until = state, asked + lasts(response)
            if page.is_kept:
                kept.keep(key, page)
            return response if tag else self._again(key, page, None) or response
        if not self._hold(key, request, asked, state, response):
            keep_by_name(response)
        return response

    def _hold(
        self, key: Key, request: HttpRequest, asked: float, state: State | None, response: HttpResponseBase
    ) -> bool:
        """Hold the page that leaves, if it is one to be held. Returns whether it is kept at its address, too."""
        if not isinstance(response, HttpResponse) or not _may_be_remembered(request, response):
            return False
        page = _as_left(request, asked, state, response)
        self._memory.put(key, page, response.content, most=_most(request))
        self._places.add(_place(key))
        if is_cached(response):
            kept.keep(key, page)
        return page.is_kept

    def _find(self, key: Key, asked: float, *, most: int) -> HeldPage | None:
        """The page as it is kept, held from now on. Only looked for where pages were made: no probe waits for that."""
        page = kept.find(key, asked) if _place(key) in self._places else None
        if page is not None:
            self._memory.put(key, page, most=most)
        return page

    def _asked(self, request: HttpRequest, page: HeldPage) -> HttpResponseBase:
        """The site's response, which is 304 where the held page is still right: then it need not be made."""
        request.META["HTTP_IF_NONE_MATCH"] = page.tag
        try:
            return self.get_response(request)
        finally:
            del request.META["HTTP_IF_NONE_MATCH"]

    @staticmethod
    def _key(request: HttpRequest) -> Key | None:
        """What the answer depends on; None for a request that is not a plain one for a page."""
        meta = request.META
        if not settings.PAGE_SECONDS or request.method != "GET":
            return None
        query = meta.get("QUERY_STRING", "")
        if len(query) > _LONGEST_QUERY or "HTTP_RANGE" in meta:
            return None
        scheme = meta.get(_BEHIND_PROXY) if settings.BEHIND_PROXY else None
        return (request.path_info, query, scheme, *map(meta.get, _DEPENDS_ON))

    def _is_right(self, page: HeldPage, now: float) -> bool:
        """Whether the page is new enough, or nothing was published since that it shows."""
        if now - page.asked < settings.PAGE_SECONDS:
            return True
        if page.state is None or now >= page.until:
            return False
        self._state(now)
        look = self._seen.look
        if look is None or not _is_unchanged(look, page):
            return False
        page.state = look.state
        return True

    def _state(self, now: float) -> State | None:
        """What readers' pages follow from, at most ``PAGE_SECONDS`` ago; None while the database is away."""
        seen = self._seen
        if now - seen.at < settings.PAGE_SECONDS:
            return self._seen_state(now)
        if seen.look is None or now - seen.looked >= LOOK_SECONDS or not seen.listener.is_quiet():
            try:
                seen.listener.begin()
                seen.look = published_state.look(seen.look)
            except Error:
                seen.look = None
            seen.looked = now
        seen.at = now
        return self._seen_state(now)

    def _seen_state(self, now: float) -> State | None:
        """The same without a look: None when the last one of this thread is too long ago."""
        look = self._seen.look if now - self._seen.at < settings.PAGE_SECONDS else None
        return look.state if look else None

    def _still(self, state: State | None) -> State | None:
        """``state``, unless this thread reads from another server by now: that one may be behind."""
        return state if state is not None and state.server == published_state.server() else None

    def _again(self, key: Key, page: HeldPage, tag: str | None) -> HttpResponse | None:
        """The page, or 304 for a reader whose ``tag`` is just this page's; None for other tags: the site looks closer.

        The site's own 304 has the same headers but for those of a body.
        """
        if tag is None:
            response = HttpResponse(self._memory.content(key, page), headers=page.headers)
        elif tag.removeprefix("W/") == page.tag:  # weak when the page was packed on its way
            kept = {name: value for name, value in page.headers.items() if name not in _OF_A_BODY}
            response = HttpResponseNotModified(headers=kept)
        else:
            return None
        topic_views.mark(response, page.read)
        return response


def _as_left(request: HttpRequest, asked: float, state: State | None, response: HttpResponse) -> HeldPage:
    """The page as it leaves, to be held."""
    is_packed = not response.headers["Content-Type"].startswith("image/")  # those are packed as they are
    packed = packed_content(response) if is_packed else response.content
    headers, read = shared(dict(response.items())), topic_views.view_of(response)
    page = HeldPage(asked, packed, is_packed, headers, read, _route(request))
    page.shown = cache_headers.keys_of(response)
    page.state, page.until = state, asked + lasts(response)
    return page


def _may_be_remembered(request: HttpRequest, response: HttpResponse) -> bool:
    """Whole pages made of records, the same for everybody, under an address that the site itself would give them."""
    if request.META.get("QUERY_STRING") and not has_own_query(response):
        return False
    is_for_all = not response.cookies and not response.has_header("Vary")
    is_of_records = is_cached(response) or lasts(response) > 0
    is_small = len(response.content) <= _LARGEST
    return response.status_code == 200 and is_of_records and is_for_all and is_small


def _is_unchanged(look: Look, page: HeldPage) -> bool:
    """Whether the page is the same under the state that was seen last."""
    if page.state is None:
        return False
    if look.is_unchanged(page.state, page.shown):
        return True
    try:
        return published_state.is_unchanged_since(page.state, look, page.shown)
    except Error:
        return False


def _place(key: Key) -> str:
    """The first part of an address, such as ``claims``."""
    return str(key[0]).lstrip("/").partition("/")[0]


def _route(request: HttpRequest) -> str:
    return "" if request.resolver_match is None else str(request.resolver_match.route)


def _most(request: HttpRequest) -> int:
    """The bytes that pages may take in memory. The worker, which only lets pages be kept, holds none."""
    return 0 if MADE_AHEAD in request.META else int(settings.PAGE_MEMORY_MB * 1024 * 1024)
