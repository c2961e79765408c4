"""When a delivery is tried again, and for how long an endpoint that fails is left alone. No database."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.conf import settings

from lib.parsing.errors import ParseError
from lib.parsing.integers import parse_integer

#: An answer with one of these may name the time of the next attempt (RFC 9110, 10.2.3).
MAY_NAME_A_TIME = frozenset({429, 502, 503, 504})
_LONGEST = timedelta(hours=24)
#: For longer no receiver can ask us to leave all of its messages.
_LONGEST_REST = timedelta(hours=1)
#: Failures in a row after which an endpoint gets a rest.
FAILURES_TO_BREAK = 5
_JITTER = 0.2
#: How long an endpoint is left alone whose secrets we cannot read.
UNREADABLE_REST = timedelta(minutes=5)
#: How much longer than an attempt may take a lease holds: 40 s for 15 s.
_LEASE_FACTOR = 8 / 3


def retry_seconds() -> list[float]:
    """Seconds before each attempt; the first is sent at once. There are as many attempts as numbers."""
    return list(settings.WEBHOOK_RETRY_SECONDS)


def timeout() -> float:
    """Seconds one attempt may take, name look-up included."""
    return float(settings.WEBHOOK_TIMEOUT_SECONDS)


def lease() -> timedelta:
    """How long a worker has a delivery to itself: it must outlast the attempt and the writing down."""
    return timedelta(seconds=timeout() * _LEASE_FACTOR)


def next_attempt(*, attempts: int, at: datetime, retry_after: str = "") -> datetime | None:
    """When to try again after ``attempts`` tries; None when that was the last. A named time can only make it later."""
    seconds = retry_seconds()
    if attempts >= len(seconds):
        return None
    planned = at + timedelta(seconds=seconds[attempts] * random.uniform(1 - _JITTER, 1 + _JITTER))  # noqa: S311
    named = read_retry_after(retry_after, at=at)
    return max(planned, named) if named else planned


def read_retry_after(value: str, *, at: datetime) -> datetime | None:
    """The moment a Retry-After header names, at most 24 hours away; None when it is empty, past or nonsense."""
    value = value.strip()
    try:
        return at + timedelta(seconds=parse_integer(value, at_most=int(_LONGEST.total_seconds())))
    except ParseError as error:
        if error.code == "too_large":
            return at + _LONGEST
    try:
        named = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    named = named.replace(tzinfo=UTC) if named.tzinfo is None else named
    return min(named, at + _LONGEST) if named > at else None


def backoff_until(*, failures: int, at: datetime, retry_after: str = "") -> datetime | None:
    """Until when an endpoint is left alone after so many failures in a row; None when it is not.

    From ``FAILURES_TO_BREAK`` on for a time that doubles, at most 32 times the first. A receiver that names a time asks
    for it, for any message: then until that, an hour at most, so that one odd answer does not hold a day's news.
    """
    named = read_retry_after(retry_after, at=at)
    ends = [min(named, at + _LONGEST_REST)] if named else []
    if failures >= FAILURES_TO_BREAK:
        doubled = settings.WEBHOOK_BREAKER_SECONDS * 2 ** min(failures - FAILURES_TO_BREAK, 5)
        ends.append(at + timedelta(seconds=doubled))
    return max(ends, default=None)
