"""Rendered pages in a Redis or Valkey that all processes share, on any number of machines.

A page's name is made of everything the page depends on, so that no process gets an old page. A Redis that is away costs
a rendering, never the page: meanwhile each process keeps pages in its own memory.
"""

import hashlib
import hmac
import logging
import time
from threading import Lock
from typing import Any, Final

import redis
from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

logger = logging.getLogger(__name__)
#: Seconds for one answer of Redis, and for which it is left alone after it failed.
_ANSWER_SECONDS: Final = 0.25
_PAUSE_SECONDS: Final = 5.0
_SEAL_BYTES: Final = 32

#: The bytes of a page and its content type.
Page = tuple[bytes, str]


class SharedPages(LocMemCache):
    """A cache of pages: Redis first, this process's own memory while Redis is away.

    Pages are sealed with ``SECRET_KEY``: what somebody else writes into Redis is not shown to readers.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__("shared-pages", params)
        self._redis = redis.Redis.from_url(
            server, socket_timeout=_ANSWER_SECONDS, socket_connect_timeout=_ANSWER_SECONDS, retry=None
        )
        self._away_until, self._is_away, self._state = 0.0, False, Lock()

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The page called ``key``, or ``default``."""
        name = self._name(key, version)
        try:
            found = self._redis.get(name) if self._is_asked() else None
            self._note(is_away=False)
        except (redis.RedisError, OSError) as error:
            self._note(is_away=True, error=error)
            found = None
        page = _opened(name, found) if isinstance(found, bytes) else None
        return super().get(key, default, version) if page is None else page

    def set(self, key: str, value: Page, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a page for ``timeout`` seconds: in Redis, or here while it is away."""
        name = self._name(key, version)
        seconds = int(self.default_timeout or 300) if timeout is DEFAULT_TIMEOUT else timeout
        try:
            if self._is_asked():
                self._redis.set(name, _sealed(name, value), ex=seconds)
                self._note(is_away=False)
                return
        except (redis.RedisError, OSError) as error:
            self._note(is_away=True, error=error)
        super().set(key, value, timeout, version)

    def _name(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version)

    def _is_asked(self) -> bool:
        return time.monotonic() >= self._away_until

    def _note(self, *, is_away: bool, error: Exception | None = None) -> None:
        """Remember whether Redis answers; one line in the log when that changes."""
        if is_away:
            self._away_until = time.monotonic() + _PAUSE_SECONDS
        elif not self._is_asked():
            return
        with self._state:
            has_changed, self._is_away = self._is_away != is_away, is_away
        if has_changed and is_away:
            logger.warning("The shared cache is away, pages are kept in this process: %s", type(error).__name__)
        elif has_changed:
            logger.info("The shared cache is back")


def _sealed(name: str, page: Page) -> bytes:
    content, content_type = page
    data = content_type.encode() + b"\n" + content
    return _seal(name, data) + data


def _opened(name: str, data: bytes) -> Page | None:
    """The page, or None for what this site did not write."""
    seal, rest = data[:_SEAL_BYTES], data[_SEAL_BYTES:]
    if not hmac.compare_digest(seal, _seal(name, rest)):
        return None
    content_type, _, content = rest.partition(b"\n")
    return content, content_type.decode()


def _seal(name: str, data: bytes) -> bytes:
    key = hashlib.sha256(b"caching.shared_pages" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, name.encode() + b"\0" + data, hashlib.sha256).digest()
