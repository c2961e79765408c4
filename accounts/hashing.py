"""Password hashes that cannot slow readers down: Argon2id, a few at a time."""

import threading
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher


class HashingBusyError(Exception):
    """Too many passwords are being checked in this process. Nothing was checked; it works again in a moment."""

    RETRY_AFTER = 5


class HashingGate:
    """Lets ``places`` threads hash at once. ``waiting`` more wait up to ``seconds``; the next is refused at once.

    Readers' pages run on the same threads: a crowd that waits for hashes would take all of them.
    """

    def __init__(self, *, places: int, waiting: int, seconds: float) -> None:
        self._places = threading.BoundedSemaphore(places)
        self._queue = threading.BoundedSemaphore(places + waiting)
        self._seconds = seconds

    def __enter__(self) -> None:
        if not self._queue.acquire(blocking=False):
            raise HashingBusyError
        if not self._places.acquire(timeout=self._seconds):
            self._queue.release()
            raise HashingBusyError

    def __exit__(self, *_error: Any) -> None:
        self._places.release()
        self._queue.release()


GATE = HashingGate(places=settings.PASSWORD_HASHES_AT_ONCE, waiting=4, seconds=1.0)


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with OWASP's first choice: 19 MiB, two passes, one lane; some tens of milliseconds of a core."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """The hash. Raises ``HashingBusyError``."""
        with GATE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password is the one of the hash. Raises ``HashingBusyError``."""
        with GATE:
            return super().verify(password, encoded)


class EarlierHasher(PBKDF2PasswordHasher):
    """Hashes of the first edition; each is replaced when its owner signs in."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """The hash. ``verify`` calls this too. Raises ``HashingBusyError``."""
        with GATE:
            return super().encode(password, salt, iterations)

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing: the new hash is made at sign-in, and a second slow hash would only cost time."""
