"""Rate limits: token buckets in the database, exact for any number of processes.

A bucket holds up to ``rate.limit`` tokens and fills up evenly; a request takes one from each bucket that concerns it,
or none at all. What was taken stays taken when the request is rolled back, so nothing here runs inside a transaction
of the request.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, connection

from factcheck.outages import is_outage, note
from partners.rates import LONGEST_WINDOW, Rate
from partners.services import limits_in_process

#: Every so many calls of a process the buckets that are full again are swept away, so many at most.
_SWEEP_EVERY, _SWEEP_ROWS = 1000, 1000
_calls = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Quota:
    """A limit and whom it concerns: ``subject`` is a network, a key's id, …"""

    name: str
    subject: str
    rate: Rate

    @property
    def key(self) -> str:
        """The bucket's name."""
        return f"{self.name}:{self.subject}"


@dataclass(frozen=True, slots=True)
class BucketState:
    """What is left of a quota after a request."""

    quota: Quota
    tokens: float
    taken: bool

    @property
    def remaining(self) -> int:
        """How many requests may follow at once."""
        return max(0, math.floor(self.tokens))

    @property
    def full_in(self) -> int:
        """Whole seconds until all of it is there again."""
        return max(0, math.ceil((self.quota.rate.limit - self.tokens) / self.quota.rate.per_second))

    @property
    def wait(self) -> int:
        """Whole seconds until the next request would pass, at least one; 0 when it would now."""
        return 0 if self.tokens >= 1 else max(1, math.ceil((1 - self.tokens) / self.quota.rate.per_second))


def take(quotas: Sequence[Quota]) -> list[BucketState]:
    """Take one token from the bucket of every quota, or none when one of them is empty (``taken`` says which).

    While the database is away, tokens are counted in this process.
    """
    if not quotas:
        return []
    _outside_transactions()
    by_key = {quota.key: quota for quota in quotas}
    try:
        found = _take(by_key)
    except (InterfaceError, OperationalError) as error:
        if not is_outage(error):
            raise
        note(error)
        found = limits_in_process.BUCKETS.take([(key, quota.rate) for key, quota in by_key.items()])
        return [BucketState(quota, *found[key]) for key, quota in by_key.items()]
    if next(_calls) % _SWEEP_EVERY == 0:
        sweep()
    return [BucketState(quota, *found[key]) for key, quota in by_key.items()]


def _take(by_key: Mapping[str, Quota]) -> dict[str, tuple[float, bool]]:
    rates = [quota.rate for quota in by_key.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bucket, left_over, was_taken FROM partners_take(%s, %s, %s)",
            [list(by_key), [float(rate.limit) for rate in rates], [rate.per_second for rate in rates]],
        )
        return {key: (tokens, taken) for key, tokens, taken in cursor.fetchall()}


def refund(standings: Sequence[BucketState]) -> list[BucketState]:
    """Give back what ``take`` took for a request that is to cost nothing."""
    taken = [standing for standing in standings if standing.taken]
    if not taken:
        return list(standings)
    _outside_transactions()
    try:
        _give_back(taken)
    except (InterfaceError, OperationalError) as error:
        if not is_outage(error):
            raise
        note(error)
    return [
        BucketState(one.quota, min(one.quota.rate.limit, one.tokens + 1), False) if one.taken else one
        for one in standings
    ]


def _give_back(taken: Sequence[BucketState]) -> None:
    with connection.cursor() as cursor:
        for standing in sorted(taken, key=lambda one: one.quota.key):
            cursor.execute(
                "UPDATE partners_bucket SET tokens = least(%s, tokens + 1) WHERE key = %s",
                [float(standing.quota.rate.limit), standing.quota.key],
            )


def sweep() -> int:
    """Delete buckets that are full again because they were not used; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH filled AS (SELECT key FROM partners_bucket"
            " WHERE at < clock_timestamp() - make_interval(secs => %s) LIMIT %s FOR UPDATE SKIP LOCKED)"
            " DELETE FROM partners_bucket WHERE key IN (SELECT key FROM filled)",
            [LONGEST_WINDOW, _SWEEP_ROWS],
        )
        return int(cursor.rowcount)


def _outside_transactions() -> None:
    """Refuse to run where a rollback would give the tokens back. (A test's own transaction is no request's.)"""
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise RuntimeError("A limit was to be charged inside a transaction: a rolled-back request would cost nothing.")
