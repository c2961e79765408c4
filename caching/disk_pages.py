"""Rendered pages on this machine's disk, for all its processes, and for those that start later.

A page's name is made of everything the page depends on, so that an old page is never given, only left. A disk that is
full or read-only costs a rendering, never the page.
"""

import hashlib
import logging
import os
import random
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

logger = logging.getLogger(__name__)
#: Files lie in so many folders. One of so many writes into a folder looks whether it holds too much.
_FOLDERS: Final = 256
_LOOK_EACH: Final = 16

#: So many seconds after a page was written, or asked for, it is noted that somebody asks for it again.
_USED_AGAIN: Final = 24 * 3600
#: In the environment of a request for a page that is only to be kept: nobody reads it now. No client can say so, since
#: names of headers begin with HTTP_.
MADE_AHEAD: Final = "factcheck.made_ahead"

#: The packed bytes of a page and its content type.
Page = tuple[bytes, str]


def taken(file: os.stat_result) -> int:
    """The bytes of the disk that a file takes: whole blocks, which for a small file are more than it has."""
    return max(file.st_size, file.st_blocks * 512)


def _note_use(file: Path) -> None:
    """The time of a file says when its page was asked for last, to a day. On a disk that cannot be written it stays."""
    with suppress(OSError):
        if time.time() - file.stat().st_mtime > _USED_AGAIN:
            os.utime(file)


class DiskPages(BaseCache):
    """A cache of pages in the folder ``LOCATION``, of at most about ``MAX_MB`` of the option of that name."""

    def __init__(self, folder: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._folder = Path(folder)
        self._most = int(params.get("OPTIONS", {}).get("MAX_MB", 0)) * 1024 * 1024 // _FOLDERS

    @property
    def most_bytes(self) -> int:
        """So much of the disk the pages may take."""
        return self._most * _FOLDERS

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The page called ``key``, or ``default``."""
        try:
            file = self._file(key, version)
            head, _, content = file.read_bytes().partition(b"\n")
            size, _, kind = head.decode().partition(" ")
            _note_use(file)
            # After a crash of the machine a file may be there without all that was written.
            return (content, kind) if size == str(len(content)) else default
        except FileNotFoundError:
            return default
        except OSError as error:
            logger.warning("The pages kept on disk cannot be read: %s", error)
            return default

    def set(self, key: str, value: Page, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a page. ``timeout`` is for other caches: pages go when there are too many."""
        file = self._file(key, version)
        content, kind = value
        whole = f"{len(content)} {kind}\n".encode() + content
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            made = file.with_name(f".{secrets.token_hex(8)}")
            made.write_bytes(whole)
            made.replace(file)
            if random.randrange(_LOOK_EACH) == 0:  # noqa: S311
                self._tidy(file.parent)
        except FileNotFoundError:
            pass  # another process removed a file meanwhile
        except OSError as error:
            logger.warning("A page cannot be kept on disk: %s", error)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget the page called ``key``; whether it was there."""
        try:
            self._file(key, version).unlink()
        except FileNotFoundError:
            return False
        return True

    def clear(self) -> None:
        """Forget all pages."""
        for file in self._folder.glob("*/*"):
            file.unlink(missing_ok=True)

    def _file(self, key: str, version: int | None) -> Path:
        name = hashlib.sha256(self.make_and_validate_key(key, version).encode()).hexdigest()
        return self._folder / name[:2] / name[2:]

    def _tidy(self, folder: Path) -> None:
        """Remove the files that nobody has asked for longest, down to three quarters, when they are too much."""
        with os.scandir(folder) as entries:
            files = sorted((entry.stat().st_mtime, taken(entry.stat()), entry.path) for entry in entries)
        size = sum(one[1] for one in files)
        if size <= self._most:
            return
        for _at, bytes_, path in files:
            Path(path).unlink(missing_ok=True)
            size -= bytes_
            if size <= self._most * 3 // 4:
                return
