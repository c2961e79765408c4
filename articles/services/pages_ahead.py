"""Pages of claims, made before anybody asks: after an upgrade all of them, the newest first, and then each new one.

A page that is made anew costs ten times as much as one from disk. So the worker asks the site for them as a reader
would, a few seconds in each minute, and the site keeps them on disk for all processes of the machine.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db.models import Max

from articles.claim_addresses import canonical_address
from articles.models import PublishedClaim
from caching.disk_pages import MADE_AHEAD, DiskPages

#: So much of the disk for pages may be taken by those that nobody has asked for; the rest is for those that were.
MOST: Final = 0.5
#: What a page takes on disk, in bytes.
_PAGE: Final = 13 * 1024
_PORTION: Final = 200


@dataclass
class _Progress:
    """Of the claims that were published up to ``newest``, those from ``oldest`` on have their pages.

    It is of this process: one that starts asks for all pages again, of which most are there and cost little.
    """

    newest: int = 0
    oldest: int = 0
    made: int = 0


_PROGRESS = _Progress()


def make_pages(*, seconds: float) -> str:
    """Make pages for so long, going on where the last call of this process ended; says what it did in a few words."""
    pages = caches["pages"]
    if not seconds or not settings.PAGE_SECONDS or not isinstance(pages, DiskPages):
        return "Pages are not made ahead"
    end, answers = time.monotonic() + seconds, Counter[int]()
    for claim in _claims(int(pages.most_bytes * MOST / _PAGE)):
        status = _status(canonical_address(claim.slug, claim.language))
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            return "The database is away"
        answers[status] += 1
        _note(claim.record_id)
        if time.monotonic() >= end:
            break
    others = answers.total() - answers[HTTPStatus.OK]
    return f"{answers[HTTPStatus.OK]} pages made or found" + (f", {others} answered otherwise" if others else "")


def _claims(most: int) -> Iterator[PublishedClaim]:
    """The claims without a page: first those that were published since the last time, then the others, down to a
    number of pages for which there is room."""
    rows = PublishedClaim.objects.only("slug", "language", "record_id").order_by()
    if not _PROGRESS.newest:
        _PROGRESS.newest = rows.aggregate(newest=Max("record_id"))["newest"] or 0
        _PROGRESS.oldest = _PROGRESS.newest + 1
    while found := list(rows.filter(record_id__gt=_PROGRESS.newest).order_by("record_id")[:_PORTION]):
        yield from found
    while (room := min(most - _PROGRESS.made, _PORTION)) > 0:
        found = list(rows.filter(record_id__lt=_PROGRESS.oldest).order_by("-record_id")[:room])
        if not found:
            return
        yield from found


def _note(record: int) -> None:
    _PROGRESS.made += 1
    _PROGRESS.newest = max(_PROGRESS.newest, record)
    _PROGRESS.oldest = min(_PROGRESS.oldest, record)


def _status(address: str) -> int:
    """Let the site make the page at ``address``; returns the status of the answer.

    The answer is not closed: that ends a request, and with it the connections that the job goes on with. What the site
    notes for the log's lines, such as the id of the request, stays apart from what is noted for those of the job.
    """
    return copy_context().run(_site().get_response, WSGIRequest(_environ(address))).status_code


@cache
def _site() -> WSGIHandler:
    return WSGIHandler()


def _environ(address: str) -> dict[str, Any]:
    """What the web server passes on of a plain request for ``address``: pages are kept under it."""
    asked = urlsplit(address)
    passed_on = {"HTTP_X_FORWARDED_PROTO": asked.scheme} if settings.BEHIND_PROXY else {}
    return {
        **{"REQUEST_METHOD": "GET", "PATH_INFO": unquote_to_bytes(asked.path).decode("latin-1"), "QUERY_STRING": ""},
        **{"SCRIPT_NAME": "", "SERVER_PROTOCOL": "HTTP/1.1", "SERVER_NAME": asked.hostname, "SERVER_PORT": "80"},
        **{"HTTP_HOST": asked.netloc, "REMOTE_ADDR": "127.0.0.1", MADE_AHEAD: True},
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http" if settings.BEHIND_PROXY else asked.scheme,
        **passed_on,
    }
