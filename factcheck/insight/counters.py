"""Requests counted by this process, and together with the other processes of this machine.

Each process writes its numbers to a file of its own once a second, in a folder under ``VAR_DIR``. Any of them can then
tell the numbers of all. A lock that the system takes back from a dead process says which files are still written; the
numbers of ended processes are added up in one file, so that the sums never go down.
"""

import fcntl
import json
import logging
import os
import threading
import uuid
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from django.conf import settings

logger = logging.getLogger(__name__)
#: Upper ends of the histogram's buckets, in seconds; the last one has none.
BUCKETS: Final = (0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_WRITE_SECONDS: Final = 1.0
_ENDED: Final = "ended.json"

Key = tuple[str, str, int]


class Counts:
    """Numbers by plane, route and status: for each bucket, then seconds, statements of the desk and of readers."""

    def __init__(self) -> None:
        self.rows: dict[Key, list[float]] = {}

    def add(self, key: Key, numbers: list[float]) -> None:
        """Add ``numbers`` to those of ``key``."""
        row = self.rows.get(key)
        self.rows[key] = list(numbers) if row is None else [a + b for a, b in zip(row, numbers, strict=True)]

    def add_all(self, other: "Counts") -> None:
        """Add all numbers of ``other``."""
        for key, numbers in other.rows.items():
            self.add(key, numbers)

    def document(self) -> list[Any]:
        """As JSON keeps it."""
        return [[*key, *numbers] for key, numbers in self.rows.items()]

    @classmethod
    def read(cls, document: list[Any]) -> "Counts":
        """From ``document``."""
        made = cls()
        for plane, route, status, *numbers in document:
            if len(numbers) == len(BUCKETS) + 4:
                made.add((plane, route, status), numbers)
        return made


class Counters:
    """The numbers of this process. Safe in threads."""

    def __init__(self) -> None:
        self._counts = Counts()
        self._lock = threading.Lock()
        self._file: _OwnFile | None = None
        self._is_dirty = threading.Event()
        self._is_failing = False

    def note(self, plane: str, route: str, status: int, seconds: float, desk: int, readers: int) -> None:
        """Count one request."""
        key, bucket = (plane, route, status), bisect_left(BUCKETS, seconds)
        with self._lock:
            row = self._counts.rows.get(key)
            if row is None:
                row = self._counts.rows[key] = [0.0] * (len(BUCKETS) + 4)
            row[bucket] += 1
            row[-3] += seconds
            row[-2] += desk
            row[-1] += readers
        if not self._is_dirty.is_set():
            self._is_dirty.set()
            if self._file is None:
                self._start()

    def everywhere(self) -> Counts:
        """The numbers of all processes on this machine, ended ones too; those of others are a second old at most."""
        found = Counts()
        with self._lock:
            found.add_all(self._counts)
        with suppress(OSError), _locked(folder()):
            for counts in _others(folder(), without=self._file.name if self._file else ""):
                found.add_all(counts)
        return found

    def write(self) -> None:
        """Write the numbers down now. A disk that is full costs the other processes' view, and one log line."""
        with self._lock:
            document = self._counts.document()
        try:
            if self._file:
                self._file.write(document)
            self._is_failing = False
        except OSError as error:
            if not self._is_failing:
                logger.warning("The numbers of requests cannot be written: %s", error)
            self._is_failing = True

    def _start(self) -> None:
        with self._lock:
            if self._file is not None:
                return
            self._file = _OwnFile(folder())
        threading.Thread(target=self._write_on, name="metrics", daemon=True).start()

    def _write_on(self) -> None:
        pause = threading.Event()
        while self._is_dirty.wait():
            pause.wait(_WRITE_SECONDS)
            self._is_dirty.clear()
            self.write()


class _OwnFile:
    """This process's file; its lock is held until the process ends."""

    def __init__(self, folder: Path) -> None:
        self.name = f"{os.getpid()}-{uuid.uuid4().hex}"
        self._folder = folder
        self._held: int | None = None

    def write(self, document: list[Any]) -> None:
        """Replace what the file says. Raises ``OSError``."""
        if self._held is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _locked(self._folder):
                _add_up_ended(self._folder)
                held = os.open(self._folder / f"{self.name}.lock", os.O_CREAT | os.O_RDWR, 0o600)
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._held = held
        _replace(self._folder / f"{self.name}.json", {"counts": document})


def folder() -> Path:
    """Where the processes of this machine write."""
    return Path(settings.VAR_DIR) / "metrics"


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Alone in the folder. Raises ``OSError``, such as where there is no folder yet."""
    descriptor = os.open(folder / "folder.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _others(folder: Path, *, without: str) -> Iterator[Counts]:
    """The numbers of each other file. What an ended process left is not counted twice."""
    ended = _read(folder / _ENDED)
    for path in folder.glob("*.json"):
        if path.name != _ENDED and path.stem != without and path.stem not in ended.get("names", []):
            yield Counts.read(_read(path).get("counts", []))
    yield Counts.read(ended.get("counts", []))


def _add_up_ended(folder: Path) -> None:
    """Add the numbers of processes that ended to one file, and delete theirs. Safe to be killed in the middle."""
    gone = [path for path in folder.glob("*.lock") if path.name != "folder.lock" and _is_ended(path)]
    if not gone:
        return
    ended = _read(folder / _ENDED)
    counts, done = Counts.read(ended.get("counts", [])), set(ended.get("names", []))
    for path in gone:
        if path.stem not in done:
            counts.add_all(Counts.read(_read(path.with_suffix(".json")).get("counts", [])))
    _replace(folder / _ENDED, {"counts": counts.document(), "names": [path.stem for path in gone]})
    for path in gone:
        path.with_suffix(".json").unlink(missing_ok=True)
        path.unlink(missing_ok=True)


def _is_ended(lock: Path) -> bool:
    descriptor = os.open(lock, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _replace(path: Path, document: dict[str, Any]) -> None:
    new = path.with_suffix(".new")
    new.write_text(json.dumps(document), encoding="ascii")
    os.replace(new, path)


COUNTERS: Final = Counters()
