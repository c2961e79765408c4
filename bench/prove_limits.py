"""Proves that limits hold across processes: ``python -m bench.prove_limits``; exit code 1 when one did not.

Processes take from the same buckets at once, in a scratch database that is made for it and dropped.
"""

import argparse
import contextlib
import math
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.managers import SyncManager
from multiprocessing.pool import Pool
from typing import Any

from bench import scratch

#: Seconds after which a process that does not come back counts as a failure.
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Work:
    """What one process does: ``calls`` times take from the buckets of ``quotas`` (name, subject, rate)."""

    database: str
    quotas: tuple[tuple[str, str, str], ...]
    calls: int
    refunding: bool = False


def work(task: Work, barrier: Any) -> tuple[int, float, float]:
    """In a process of its own: how often all tokens were there, and when it began and ended."""
    import django

    django.setup()
    from django.db import connection

    from partners import rates
    from partners.services import limits

    connection.settings_dict["NAME"] = task.database
    quotas = [limits.Quota(name, subject, rate) for name, subject, text in task.quotas if (rate := rates.parse(text))]
    connection.ensure_connection()
    barrier.wait(PATIENCE)
    begin, passed = time.time(), 0
    for _ in range(task.calls):
        standings = limits.take(quotas)
        passed += all(one.taken for one in standings)
        if task.refunding:
            limits.refund(standings)
    end = time.time()
    connection.close()
    return passed, begin, end


@dataclass(frozen=True, slots=True)
class Crew:
    """Processes that wait for work: one task each, all begun at the same moment."""

    database: str
    processes: int
    calls: int
    pool: Pool
    manager: SyncManager


@contextlib.contextmanager
def crew(database: str, *, processes: int, calls: int) -> Iterator[Crew]:
    """The processes, started once for all four cases: that takes longer than the cases when they are small."""
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(processes) as pool:
        yield Crew(database, processes, calls, pool, manager)


def at_once(by: Crew, tasks: list[Work]) -> tuple[list[int], float]:
    """How often each of the tasks passed, done at the same moment, and the seconds it took."""
    barrier = by.manager.Barrier(len(tasks))
    found = by.pool.starmap_async(work, [(task, barrier) for task in tasks], chunksize=1).get(PATIENCE)
    took = max(end for _, _, end in found) - min(begin for _, begin, _ in found)
    return [passed for passed, _, _ in found], took


def one_bucket(by: Crew) -> list[str]:
    """Every token of a bucket is taken once: as many calls pass as it holds, and what flows in meanwhile."""
    limit = by.processes * by.calls // 4
    passed, took = at_once(by, [Work(by.database, (("key", "one", f"{limit}/day"),), by.calls)] * by.processes)
    possible = range(limit, math.floor(limit + took * limit / 86_400) + 1)
    return [] if sum(passed) in possible else [f"one bucket of {limit}: {sum(passed)} passed"]


def flowing(by: Crew) -> list[str]:
    """A bucket that fills up while it is emptied lets through what it held and what came in, no more, hardly less."""
    passed, took = at_once(by, [Work(by.database, (("key", "flow", "50/s"),), by.calls)] * by.processes)
    most = 50 + took * 50
    if most - 5 <= sum(passed) <= most or sum(passed) == by.processes * by.calls:
        return []
    return [f"50/s for {took:.2f} s: {sum(passed)} passed, {most:.1f} were possible"]


def several(by: Crew) -> list[str]:
    """A call that one bucket refuses takes nothing from the others; in any order there is no deadlock."""
    from partners.models import Bucket

    limit, plenty = by.processes * by.calls // 4, by.calls * 10
    shared, tasks = ("global", "all", f"{limit}/day"), []
    for number in range(by.processes):
        own = ("key", f"own-{number}", f"{plenty}/day")
        tasks.append(Work(by.database, (own, shared) if number % 2 else (shared, own), by.calls))
    passed, took = at_once(by, tasks)
    flown_in = math.floor(took * limit / 86_400)
    found = [] if sum(passed) - limit in range(flown_in + 1) else [f"shared bucket of {limit}: {sum(passed)} passed"]
    for bucket in Bucket.objects.filter(key__startswith="key:own-"):
        paid, fair = plenty - bucket.tokens, passed[int(bucket.key.removeprefix("key:own-"))]
        if not fair - took * plenty / 86_400 - 0.001 <= paid <= fair + 0.001:
            found.append(f"{bucket.key}: paid {paid:.2f} for {fair} calls")
    return found


def refunds(by: Crew) -> list[str]:
    """What is given back is there again, once."""
    from partners.models import Bucket

    limit, calls = by.processes * 2, by.processes * by.calls
    passed, _ = at_once(by, [Work(by.database, (("read", "back", f"{limit}/day"),), by.calls, True)] * by.processes)
    left = Bucket.objects.get(key="read:back").tokens
    fair = sum(passed) == calls and limit - 0.001 <= left <= limit
    return [] if fair else [f"refunds: {sum(passed)} of {calls} passed, {left} left of {limit}"]


def prove(database: str, *, processes: int, calls: int) -> list[str]:
    """All of it; returns what went wrong."""
    with crew(database, processes=processes, calls=calls) as by:
        return [fault for check in (one_bucket, flowing, several, refunds) for fault in check(by)]


def main() -> int:
    """Make the scratch database, prove, drop it in any case; prints one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--calls", type=int, default=1000, help="of each process, in each of the four cases")
    options = parser.parse_args()
    os.environ.update(DEBUG="1", DJANGO_SETTINGS_MODULE="factcheck.settings", LOG_LEVEL="ERROR")
    with scratch.database_url("limits", template=scratch.migrated()):
        return _proven(options.processes, options.calls)


def _proven(processes: int, calls: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, connections

    call_command("migrate", verbosity=0)
    begin = time.monotonic()
    try:
        faults = prove(connection.settings_dict["NAME"], processes=processes, calls=calls)
    except multiprocessing.TimeoutError:
        faults = [f"not done after {PATIENCE} seconds"]
    connections.close_all()
    result = "; ".join(faults) or "exact"
    print(f"limits: {processes} processes, {calls} calls each, 4 cases, {time.monotonic() - begin:.0f} s: {result}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
