"""The demo, for tests of the whole newsroom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from articles.demo import load, people
from articles.demo.load import Loaded


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo's people, and what was loaded."""

    people: people.Newsroom
    loaded: Loaded


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Demo]:
    """The demo, loaded once for a module: the transaction of each of its tests lies inside this one's."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined] # no request's own: what is done in it is as committed
    with django_db_blocker.unblock(), block:
        newsroom = people.ensure()
        yield Demo(newsroom, load.load(newsroom))
        transaction.set_rollback(True)
