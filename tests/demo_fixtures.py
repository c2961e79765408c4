"""The demo, for tests of the whole newsroom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings

from demo import load, people
from demo.load import Loaded
from tests import table_copies
from tests.transactions import lasting


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo's people, and what was loaded."""

    people: people.Newsroom
    loaded: Loaded


#: The demo as this process loaded it the first time, by the site's address and name: they are in records.
_kept: dict[tuple[str, str], tuple[table_copies.Tables, Loaded]] = {}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Demo]:
    """The demo, in the database for all tests of a module: the transaction of each test lies inside this one's.

    So no module that uses it can have a test that commits (``transaction=True``): such a test has a module of its own.
    It is loaded through the services once in a process. Later modules get copies of the rows, in a tenth of the time.
    """
    with lasting(django_db_blocker):
        site = settings.SITE_URL, settings.SITE_NAME
        if site not in _kept:
            loaded = load.load(people.ensure())
            _kept[site] = table_copies.read(), loaded
        else:
            table_copies.write(_kept[site][0])
        yield Demo(people.ensure(), _kept[site][1])
