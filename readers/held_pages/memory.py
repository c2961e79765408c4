"""The pages that this process holds in memory, packed, until they take too much of it."""

import math
import sys
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from articles.selectors.readers.state.published_state import State
from caching.packing import unpack
from readers.http import topic_views

#: So many of the pages that were asked for last are held unpacked as well.
UNPACKED: Final = 64
#: What a page takes besides its bytes: its headers, and its places in the tables.
_BESIDES: Final = 3000

Key = tuple[Any, ...]


@dataclass(slots=True)
class HeldPage:
    """A page, or a picture, as it left at ``asked``, in seconds of the steady clock.

    ``route`` is the pattern of its address. It shows what is under ``shown``: while nothing of that changed since
    ``state``, it is right until ``until``. ``is_kept`` says that it is on disk, too.
    """

    asked: float
    packed: bytes
    is_packed: bool
    headers: dict[str, str]
    read: topic_views.View | None
    route: str
    shown: tuple[str, ...] = ()
    state: State | None = None
    until: float = math.inf
    is_kept: bool = False

    @property
    def size(self) -> int:
        """Bytes of memory."""
        return len(self.packed) + _BESIDES

    @property
    def tag(self) -> str:
        """Its ``ETag``."""
        return self.headers.get("ETag", "")


def shared(headers: Mapping[str, str]) -> dict[str, str]:
    """The same headers, in the same places of memory as those of other pages: nearly all pages say the same in most."""
    return {sys.intern(str(name)): sys.intern(str(value)) for name, value in headers.items()}


@dataclass
class PageMemory:
    """Pages by what they depend on. The one that was asked for least lately goes first."""

    _pages: OrderedDict[Key, HeldPage] = field(default_factory=OrderedDict)
    _unpacked: OrderedDict[Key, bytes] = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Key) -> HeldPage | None:
        """The page under ``key``."""
        with self._lock:
            page = self._pages.get(key)
            if page:
                self._pages.move_to_end(key)
            return page

    def content(self, key: Key, page: HeldPage) -> bytes:
        """The bytes of a page that ``get`` returned."""
        if not page.is_packed:
            return page.packed
        with self._lock:
            found = self._unpacked.get(key) if self._pages.get(key) is page else None
            if found is not None:
                self._unpacked.move_to_end(key)
                return found
        content = unpack(page.packed)
        self._hold(key, page, content)
        return content

    def put(self, key: Key, page: HeldPage, content: bytes | None = None, *, most: int) -> None:
        """Hold ``page`` in at most ``most`` bytes with all others; ``content`` is its bytes where they are known."""
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._size += page.size
            while self._size > most and self._pages:
                self._drop(next(iter(self._pages)))
        if content is not None and page.is_packed:
            self._hold(key, page, content)

    def _hold(self, key: Key, page: HeldPage, content: bytes) -> None:
        with self._lock:
            if self._pages.get(key) is not page:
                return
            self._unpacked[key] = content
            self._unpacked.move_to_end(key)
            while len(self._unpacked) > UNPACKED:
                self._unpacked.popitem(last=False)

    def _drop(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        self._unpacked.pop(key, None)
        if page:
            self._size -= page.size
