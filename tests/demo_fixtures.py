"""The demo, for tests of the whole newsroom."""

import fcntl
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from django.db import transaction
from django.test import override_settings

from demo import load, people
from demo.load import Loaded
from tests import table_copies
from tests.transactions import lasting


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo's people, and what was loaded."""

    people: people.Newsroom
    loaded: Loaded


_Kept = tuple[table_copies.Tables, Loaded]
#: The site that the demo is of. Its address and name are in records, so another one would need a demo of its own.
_SITE: Final = {"SITE_URL": "https://facts.example", "SITE_NAME": "Factcheck"}
#: The demo as it was loaded the first time.
_kept: list[_Kept] = []


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo, in the database for all tests of a module: the transaction of each test lies inside this one's.

    So no module that uses it can have a test that commits (``transaction=True``): such a test has a module of its own.
    It is loaded through the services once in a run. Later modules get copies of the rows, in a tenth of the time.
    """
    with override_settings(**_SITE), lasting(django_db_blocker):
        if _kept:
            table_copies.write(_kept[0][0])
        else:
            _kept.append(_loaded_once(run_folder(tmp_path_factory)))
        yield Demo(people.ensure(), _kept[0][1])


def fill(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Put the demo into the connected database, which is migrated, and keep it there."""
    with override_settings(**_SITE), transaction.atomic():
        _loaded_once(run_folder(tmp_path_factory))


def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run: with several processes, the one in which each has a folder of its own."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if own.name.startswith("popen-") else own


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """In this block no other process of this run works on the same thing."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _loaded_once(folder: Path) -> _Kept:
    """The demo in the database: loaded by the first process, copied by the others, which wait for it."""
    with locked(folder / "demo.lock"):
        file = folder / "demo"
        if file.exists():
            kept: _Kept = pickle.loads(file.read_bytes())  # noqa: S301 - written below, by another process of this run
            table_copies.write(kept[0])
            return kept
        loaded = load.load(people.ensure())
        kept = table_copies.read(), loaded
        file.write_bytes(pickle.dumps(kept))
        return kept
