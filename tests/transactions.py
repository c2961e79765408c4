"""Transactions that last longer than a test, and ones that leave nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def lasting(blocker: Any) -> Iterator[None]:
    """What is written in this block is there until it ends: the transaction of each test inside lies in this one."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined] # no request's own: what is done in it is as committed
    with blocker.unblock(), block:
        yield
        transaction.set_rollback(True)


@contextmanager
def undone() -> Iterator[None]:
    """What is written in this block is not there afterwards, so that the next block finds what this one found."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined] # as in ``lasting``
    with block:
        yield
        transaction.set_rollback(True)
