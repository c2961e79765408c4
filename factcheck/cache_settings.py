"""Checks of the settings about caches: a wrong one stops the process with its name."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

#: The header in which each kind of cache looks for keys.
_HEADERS = {"varnish": "xkey", "fastly": "Surrogate-Key", "cloudflare": "Cache-Tag"}


def purge_kind(given: str) -> str:
    """A known kind of cache, or nothing. Raises ``ImproperlyConfigured``."""
    if given and given not in _HEADERS:
        raise ImproperlyConfigured(f"PURGE_KIND={given}: choose one of {', '.join(_HEADERS)}.")
    return given


def purge_urls(given: Sequence[str], *, kind: str) -> list[str]:
    """The addresses that purges are sent to. Raises ``ImproperlyConfigured``."""
    found = [url.strip() for url in given if url.strip()]
    if kind and not found:
        raise ImproperlyConfigured("PURGE_KIND is set, so PURGE_URL must name the address of the cache.")
    if wrong := [url for url in found if not url.startswith(("http://", "https://"))]:
        raise ImproperlyConfigured(f"PURGE_URL must begin with http:// or https://, and {wrong[0]} does not.")
    if kind in ("fastly", "cloudflare") and any(not url.startswith("https://") for url in found):
        raise ImproperlyConfigured(f"PURGE_URL must begin with https:// for {kind}: it carries PURGE_TOKEN.")
    return found


def purge_token(given: str, *, kind: str) -> str:
    """The secret of the cache. Raises ``ImproperlyConfigured``."""
    if kind in ("fastly", "cloudflare") and not given:
        raise ImproperlyConfigured(f"PURGE_KIND={kind} needs PURGE_TOKEN.")
    return given


def key_headers(given: Sequence[str] | None, *, kind: str) -> list[str]:
    """The headers that name the keys of a page; without a setting that of ``kind``. Raises ``ImproperlyConfigured``."""
    if given is None:
        return [_HEADERS[kind]] if kind else []
    known = {name.lower(): name for name in _HEADERS.values()}
    asked = [name.strip() for name in given if name.strip()]
    if wrong := [name for name in asked if name.lower() not in known]:
        raise ImproperlyConfigured(f"CACHE_KEY_HEADERS has {wrong[0]}: choose from {', '.join(known.values())}.")
    return [known[name.lower()] for name in asked]


def pages(url: str, *, folder: Path, disk_mb: int) -> dict[str, Any]:
    """The cache of rendered pages: a Redis at ``url``, else ``disk_mb`` of disk in ``folder``, else each process's
    memory. Raises ``ImproperlyConfigured``."""
    if not url and disk_mb > 0:
        return {"BACKEND": "caching.disk_pages.DiskPages", "LOCATION": folder, "OPTIONS": {"MAX_MB": disk_mb}}
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"}
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("CACHE_URL must begin with redis://, rediss:// or unix://.")
    if find_spec("redis") is None:
        raise ImproperlyConfigured("CACHE_URL needs the packages of requirements-redis.txt.")
    return {"BACKEND": "caching.shared_pages.SharedPages", "LOCATION": url, "KEY_PREFIX": "factcheck"}
