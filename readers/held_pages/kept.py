"""Pages that this process does not hold, kept on disk by their addresses.

A page's name follows from records: to know it, the site has to ask for the record. What is kept here for an address is
the page with its headers and the state under which it was made. So a process gives a page again that it does not hold,
with its one look at the state and without asking for the record.
"""

import hashlib
import json
import math
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.cache import caches

from articles.selectors.readers.state.published_state import State
from readers.held_pages.memory import HeldPage, Key, shared
from readers.http import topic_views
from readers.http.page_names import template_fingerprint
from readers.http.responses import KEEP_SECONDS

#: The code that headers follow from, beside that of pages.
_BUILT_FROM: Final = ("factcheck/**/*.py", "requirements.lock")
#: Settings that no header follows from. They may be others in the worker, which makes pages for all processes.
_ELSEWHERE: Final = {"DATABASES", "LOGGING"}
#: Settings of these types are the same in each process, and in each language of a request.
_PLAIN: Final = (str, bytes, int, float, type(None), Path, timedelta)
#: Between what is said about a page, as JSON, and the page.
_END: Final = b"\n"


def keep(key: Key, page: HeldPage) -> None:
    """Keep the page at the address ``key``, while it can be right."""
    if page.state is None or page.until <= page.asked:
        return
    said = {
        "headers": page.headers,
        "shown": page.shown,
        "state": [page.state.seq, page.state.server, page.state.beside],
        "read": [page.read.page, page.read.topics] if page.read else None,
        "route": page.route,
        "until": None if page.until == math.inf else time.time() + page.until - page.asked,
    }
    whole = json.dumps(said).encode() + _END + page.packed
    caches["pages"].set(_name(key), (whole, page.headers["Content-Type"]), KEEP_SECONDS)
    page.is_kept = True


def find(key: Key, asked: float) -> HeldPage | None:
    """The page that was kept at the address ``key``, to be looked up at the moment ``asked``; None where there is none.

    One that may not be right any more has no state: the site can still say that it is.
    """
    found = caches["pages"].get(_name(key))
    if found is None:
        return None
    head, _, packed = found[0].partition(_END)
    said = json.loads(head)
    left = math.inf if said["until"] is None else said["until"] - time.time()
    seq, (host, port), beside = said["state"]
    page, topics = said["read"] or ("", ())
    return HeldPage(
        -math.inf,
        packed,
        True,
        shared(said["headers"]),
        topic_views.View(page, tuple(topics)) if page else None,
        sys.intern(said["route"]),
        tuple(said["shown"]),
        State(seq, (sys.intern(host), port), sys.intern(beside)) if left > 0 else None,
        asked + left,
        is_kept=True,
    )


def _name(key: Key) -> str:
    build = _fingerprint.__wrapped__() if settings.DEBUG else _fingerprint()
    return f"address:{build}:{hashlib.sha256(json.dumps(key).encode()).hexdigest()}"


@cache
def _fingerprint() -> str:
    """A hash of what pages and their headers follow from: settings, code, texts and templates."""
    digest = hashlib.sha256(template_fingerprint().encode())
    for name in sorted({name for name in dir(settings) if name.isupper()} - _ELSEWHERE):
        digest.update(f"{name}={_said(getattr(settings, name))}\n".encode())
    for pattern in _BUILT_FROM:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _said(value: Any) -> str:
    """A setting as text. What is worked out later, such as a text in the language of a request, is not asked for:
    the code that does so is in the hash."""
    kind = type(value)  # not isinstance(), for which some objects work out what they are
    if issubclass(kind, Mapping):
        return str(sorted(f"{_said(key)}: {_said(one)}" for key, one in value.items()))
    if issubclass(kind, set | frozenset):
        return str(sorted(map(_said, value)))
    if issubclass(kind, list | tuple):
        return str([_said(one) for one in value])
    return repr(value) if issubclass(kind, _PLAIN) else kind.__name__
