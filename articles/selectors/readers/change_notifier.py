"""Waiting for the log to grow, without a database connection for each who waits.

One thread a process listens for what ``services.log`` says in the publishing transaction, and looks at the head every
few seconds, too, in case a message was lost or LISTEN does not work: on a replica and through PgBouncer. It
starts with the first who waits and ends when nobody has waited for a while.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import Error, connections

from articles.models.readers.log import LOG_CHANNEL
from articles.selectors.readers import connection as readers_connection

_LOOK_SECONDS = 2.0
_IDLE_SECONDS = 30.0
_START_SECONDS = 2.0
logger = logging.getLogger(__name__)


class ChangeNotifier:
    """Those who wait in this process, and the thread that wakes them."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._listening = threading.Event()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._waiting = 0
        self._signals = 0
        self._idle_since = time.monotonic()

    @contextmanager
    def subscribe(self) -> Iterator[int | None]:
        """A place among those who wait, with the mark to wait from; ``None`` when ``CHANGES_WAITERS`` are taken.

        Each later commit wakes the waiting request, so read the head once more before waiting.
        """
        with self._changed:
            if self._waiting >= settings.CHANGES_WAITERS:
                taken = False
            else:
                taken, self._waiting = True, self._waiting + 1
                self._start()
        if not taken:
            yield None
            return
        try:
            self._listening.wait(_START_SECONDS)
            with self._changed:
                mark = self._signals
            yield mark
        finally:
            with self._changed:
                self._waiting -= 1

    def wait(self, mark: int, seconds: float) -> None:
        """Return when something was published since ``mark`` was given, or after ``seconds``."""
        with self._changed:
            self._changed.wait_for(lambda: self._signals != mark or self._ended.is_set(), seconds)

    def stop(self) -> None:
        """Wake everybody and end the thread; it starts again with the next who waits."""
        with self._changed:
            thread, self._thread = self._thread, None
            self._ended.set()
            self._changed.notify_all()
        if thread:
            thread.join(_LOOK_SECONDS * 3)

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._ended, self._listening = threading.Event(), threading.Event()
            self._thread = threading.Thread(target=self._run, args=(self._ended,), name="log-watch", daemon=True)
            self._thread.start()

    def _run(self, ended: threading.Event) -> None:
        try:
            while not ended.is_set() and self._wanted(ended):
                try:
                    self._follow(ended)
                except (Error, psycopg.Error) as error:
                    logger.warning("Watching the log was interrupted: %s", type(error).__name__)
                    self._listening.clear()
                    ended.wait(1)
        finally:
            connections.close_all()

    def _follow(self, ended: threading.Event) -> None:
        """Listen on a connection of our own until it breaks, nobody waits any more, or the end."""
        with readers_connection.open_connection(autocommit=True) as connection:
            can_listen = self._listen(connection)
            seen = self._head(connection)
            self._tell()  # what was published while nobody listened wakes those who were left waiting
            self._listening.set()
            while not ended.is_set() and self._wanted(ended):
                for _ in connection.notifies(timeout=_LOOK_SECONDS if can_listen else 1, stop_after=1):
                    pass
                now = self._head(connection)
                if now != seen:
                    seen = now
                    self._tell()

    @staticmethod
    def _listen(connection: "psycopg.Connection[tuple[object, ...]]") -> bool:
        if connections[readers_connection.ALIAS].settings_dict.get("IS_POOLED"):
            return False  # PgBouncer gives each transaction another session: nobody would hear
        try:
            connection.execute(f"LISTEN {LOG_CHANNEL}")
        except psycopg.errors.ObjectNotInPrerequisiteState:  # a replica in recovery
            return False
        return True

    @staticmethod
    def _head(connection: "psycopg.Connection[tuple[object, ...]]") -> object:
        return connection.execute("SELECT epoch, seq FROM articles_head").fetchone()

    def _tell(self) -> None:
        with self._changed:
            self._signals += 1
            self._changed.notify_all()

    def _wanted(self, ended: threading.Event) -> bool:
        """Whether somebody waits, or did a moment ago. Under the lock: nobody is left waiting for a dead thread."""
        with self._changed:
            if self._waiting:
                self._idle_since = time.monotonic()
                return True
            if time.monotonic() - self._idle_since < _IDLE_SECONDS:
                return True
            if self._thread is threading.current_thread():
                self._thread = None
            return False


watch = ChangeNotifier()
