"""Which requests are somebody's reading, for the most-read topics. Nothing about who it is leaves this module."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from articles.services.library import topic_views

#: What programs call themselves that open pages as browsers do, without anybody before them.
_PROGRAMS = ("bot", "crawl", "spider", "slurp", "preview", "monitor", "lighthouse")


@dataclass(frozen=True, slots=True)
class View:
    """What a page that can be read is about."""

    page: str
    topics: tuple[str, ...]


class TopicViewsMiddleware:
    """Middleware: notes the topics of a page that somebody opened: made anew, given again, or not modified."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The site's answer, untouched."""
        response = self.get_response(request)
        read = view_of(response)
        if read is not None and is_page_view(request):
            topic_views.COUNTER.note(read.page, read.topics, at=timezone.now())
        return response


def mark(response: HttpResponseBase, read: View | None) -> None:
    """Say what a page is about, for when somebody reads it."""
    response._read = read  # type: ignore[attr-defined]


def view_of(response: HttpResponseBase) -> View | None:
    """What ``mark`` said of this answer, if it said anything."""
    return getattr(response, "_read", None)


def is_page_view(request: HttpRequest) -> bool:
    """Whether a browser asks for this to show it in its window (W3C Fetch Metadata).

    Frames, scripts, what is fetched ahead, and programs that say what they are do not count, nor do old browsers.
    """
    meta = request.META
    if request.method != "GET" or meta.get("HTTP_SEC_FETCH_DEST") != "document":
        return False
    if "HTTP_SEC_PURPOSE" in meta or "HTTP_PURPOSE" in meta:
        return False
    agent = meta.get("HTTP_USER_AGENT", "").lower()
    return not any(name in agent for name in _PROGRAMS)


def write_due(**_signal: Any) -> None:
    """For the end of any request, when the reader has the answer: write down what was gathered, once a minute."""
    topic_views.write_due(at=timezone.now())
