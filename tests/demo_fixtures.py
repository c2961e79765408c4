"""The demo, for tests of the whole newsroom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from demo import load, people
from demo.load import Loaded
from tests.transactions import lasting


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo's people, and what was loaded."""

    people: people.Newsroom
    loaded: Loaded


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Demo]:
    """The demo, loaded once for a module: the transaction of each of its tests lies inside this one's.

    So no module that uses it can have a test that commits (``transaction=True``): such a one has a module of its own.
    """
    with lasting(django_db_blocker):
        newsroom = people.ensure()
        yield Demo(newsroom, load.load(newsroom))
