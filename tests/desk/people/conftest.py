"""E-mails about accounts are queued; these tests let the worker's part happen as well."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import pytest
from django.core.cache import cache

from tests.notifications import colleagues


class Commits(Protocol):
    """Runs a block as if it were committed."""

    def __call__(self, *, execute: bool) -> AbstractContextManager[Any]: ...


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Commits:
    """What happens when a transaction commits, which a test's own never does: the worker is woken and sends."""

    @contextmanager
    def committed(*, execute: bool) -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=execute):
            yield
        colleagues.send()

    return committed


@pytest.fixture(autouse=True)
def _no_earlier_requests() -> None:
    """Allauth counts requests for password links in the cache, for each network."""
    cache.clear()
