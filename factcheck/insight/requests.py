"""Around each request: its id, its log line, and its place in the metrics."""

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from django.conf import settings
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from caching.disk_pages import MADE_AHEAD
from factcheck.insight import context, counters, planes
from factcheck.insight.context import Current
from factcheck.insight.request_lines import RequestLine, known_place, place_of

logger = logging.getLogger("factcheck.requests")
#: An id that a proxy gives: what nginx, Envoy, HAProxy and the clouds write.
_WELL_FORMED: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:=@-]{7,99}")
_LONGEST_PATH: Final = 300


class RequestMiddleware:
    """The outermost middleware, so that no answer leaves without its id and its line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The site's answer with the id of the request. What it still writes afterwards has the id, too."""
        started = time.perf_counter()
        now = Current(_given_id(request) or context.new_id())
        context.enter(now)
        response = self.get_response(request)
        response.headers["X-Request-ID"] = now.request_id
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = _Streamed(response.streaming_content, request, response, now, started)  # type: ignore[arg-type]
        else:
            _note(request, response.status_code, now, started)
        return response


class _Streamed:
    """The parts of an answer; when it ends, or the client is gone, the request has its line."""

    def __init__(
        self,
        parts: Iterable[bytes],
        request: HttpRequest,
        response: HttpResponseBase,
        now: Current,
        started: float,
    ) -> None:
        self._parts = iter(parts)
        self._request, self._status, self._now, self._started = request, response.status_code, now, started
        self._is_noted = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        context.enter(self._now)
        return next(self._parts)

    def close(self) -> None:
        """The end, whatever was the reason."""
        if not self._is_noted:
            self._is_noted = True
            context.enter(self._now)
            _note(self._request, self._status, self._now, self._started)


def _given_id(request: HttpRequest) -> str:
    """The id that the proxy gave; empty without a proxy: anybody could write anything there."""
    if not settings.BEHIND_PROXY:
        return ""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    return given if _WELL_FORMED.fullmatch(given) else ""


def _note(request: HttpRequest, status: int, now: Current, started: float) -> None:
    has_line, is_counted = settings.LOG_REQUESTS, settings.HAS_METRICS
    if (not has_line and not is_counted) or MADE_AHEAD in request.META:
        return
    seconds = time.perf_counter() - started
    path, route = request.path_info, planes.route_of(request)
    place = (known_place if len(path) <= _LONGEST_PATH else place_of)(request.method or "", path, route)
    if is_counted:
        counters.COUNTERS.note(place.plane, route, status, seconds, now.desk_statements, now.readers_statements)
    if has_line:
        _write(RequestLine(place, now, status, seconds, _user(request)))


def _write(line: RequestLine) -> None:
    level = logging.INFO if line.status < 500 else logging.WARNING
    if line.place.plane == "probes" and line.status < 400:
        level = logging.DEBUG
    if logger.isEnabledFor(level):
        # Not ``logger.log``, which looks for the caller: this is the only one, and on a page's path.
        made = logging.LogRecord(logger.name, level, __file__, 0, line.message, None, None)
        made.request_line = line
        logger.handle(made)


def _user(request: HttpRequest) -> Any:
    """The id of the person who is signed in, as far as somebody asked for it: asking costs a statement."""
    known = request.__dict__
    user = known.get("_cached_user") or known.get("user")
    return None if user is None or isinstance(user, SimpleLazyObject) else user.pk
