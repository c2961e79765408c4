"""What this thread does at this moment: a request, or a run of a background job. Log lines and reports name it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Current:
    """A request with its id, or a run of a job; and the database statements so far, by connection."""

    request_id: str = ""
    job: str = ""
    job_id: int | None = None
    desk_statements: int = 0
    readers_statements: int = 0


_current: ContextVar[Current | None] = ContextVar("factcheck_current", default=None)
current = _current.get
enter = _current.set


def leave() -> None:
    """Nothing is under way in this thread any more."""
    _current.set(None)


def new_id() -> str:
    """An id for a request that brought none."""
    return os.urandom(16).hex()


def request_id() -> str:
    """The id of the request that this thread answers; empty outside a request."""
    found = _current.get()
    return found.request_id if found else ""


@contextmanager
def job(name: str, *, job_id: int | None) -> Iterator[Current]:
    """Log lines of the block name this run of a job."""
    found = Current(job=name, job_id=job_id)
    before = _current.set(found)
    try:
        yield found
    finally:
        _current.reset(before)
