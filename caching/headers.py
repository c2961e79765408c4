"""Headers of public pages for caches: how long a page is kept, and the keys under which it can be purged."""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.http import HttpResponseBase

from caching import keys as names

#: For caches that follow RFC 9213. It allows stale answers where ``s-maxage`` strictly forbids them (RFC 9111).
_TARGETED: Final = "CDN-Cache-Control"
#: How the keys are written, by the name of the header.
_SEPARATORS: Final = {"Surrogate-Key": " ", "xkey": " ", "Cache-Tag": ","}
KEY_HEADERS: Final = tuple(_SEPARATORS)


def cache_control() -> str:
    """``Cache-Control`` of a public page: browsers ask each time, shared caches for a while."""
    return f"public, max-age=0, s-maxage={settings.SHARED_CACHE_SECONDS}{_stale()}"


def mark_public(response: HttpResponseBase, keys: Iterable[str]) -> None:
    """Let shared caches keep ``response`` under ``keys``; it also has the key of the whole site."""
    keys = tuple(keys)
    response._is_public = True  # type: ignore[attr-defined]
    response._keys = keys  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = cache_control()
    response.headers[_TARGETED] = f"max-age={settings.SHARED_CACHE_SECONDS}{_stale()}"
    mark_keys(response, keys)


def mark_keys(response: HttpResponseBase, keys: Iterable[str]) -> None:
    """Write ``keys`` and the key of the whole site into the headers of ``CACHE_KEY_HEADERS``."""
    if settings.CACHE_KEY_HEADERS:
        given = list(dict.fromkeys([*keys, names.SITE]))
        for header in settings.CACHE_KEY_HEADERS:
            response.headers[header] = _SEPARATORS[header].join(given)


def mark_private(response: HttpResponseBase) -> None:
    """Let only the reader's own browser keep ``response``, and ask each time."""
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    for header in (_TARGETED, *KEY_HEADERS):
        if header in response.headers:
            del response.headers[header]


def is_public(response: HttpResponseBase) -> bool:
    """Whether ``response`` says the same to everybody, also when only the reader's own browser may keep it."""
    return getattr(response, "_is_public", False) or response.headers.get("Cache-Control", "").startswith("public")


def keys_of(response: HttpResponseBase) -> tuple[str, ...]:
    """The keys under which ``mark_public`` let caches keep ``response``, without that of the site; empty for none."""
    return getattr(response, "_keys", ())


def _stale() -> str:
    parts = {
        "stale-while-revalidate": settings.STALE_WHILE_REVALIDATE_SECONDS,
        "stale-if-error": settings.STALE_IF_ERROR_SECONDS,
    }
    return "".join(f", {name}={seconds}" for name, seconds in parts.items() if seconds) or ", must-revalidate"
