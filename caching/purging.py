"""Purges: written with the change that makes pages old, sent by the worker until the caches have taken them.

Each purge is sent twice. Just after the first one, a cache may fetch a page from a process that repeats it for
``PAGE_SECONDS``, or from a replica that lags behind, and would keep the old page again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from caching import keys as names
from caching.models import Purge
from caching.purgers import PurgeError, Purger
from notifications.services import waking

#: The name of the job that sends purges; ``jobs.table`` has its schedule, in case a wake-up gets lost.
PURGE_CACHES = "purge_caches"
#: How long after each failed attempt the next one is made. After the last, the purge has failed.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 120, 300, 600, 1200, 1800, 3600))
#: A job that failed so often is reported to administrators, although it is tried again.
REPORTED_AFTER = 3
#: Purges that one run takes; their keys are sent together.
_PORTION = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """Numbers about purges: how many wait, since when the oldest, how many are not tried any more."""

    waiting: int
    oldest: datetime | None
    failed: int


def purge(keys: Iterable[str], *, at: datetime) -> None:
    """Let the caches forget all pages with one of ``keys``. Call it inside the transaction of the change.

    Nothing is sent here. Without ``PURGE_KIND`` nothing is written.
    """
    wanted = list(dict.fromkeys(keys))
    if is_configured() and wanted:
        Purge.objects.create(keys=wanted, created_at=at, next_at=at)
        transaction.on_commit(_wake, robust=True)


def is_configured() -> bool:
    """Whether there is a cache to be told of changes."""
    return bool(settings.PURGE_KIND)


def send_due(*, at: datetime, purger: Purger | None) -> str:
    """Send what is due, and say in a few words what was done. Raises ``PurgeError`` when it fails again and again.

    No transaction is open while a cache is spoken to. One run happens at a time; a purge that is sent once more does
    no harm.
    """
    if purger is None:
        Purge.objects.all().delete()
        return "No cache is configured"
    rows = list(Purge.objects.filter(failed_at=None, next_at__lte=at)[:_PORTION])
    if not rows:
        _wake_later(at=at)
        return "Nothing to purge"
    wanted = list(dict.fromkeys(key for row in rows for key in row.keys))
    wanted = [names.SITE] if names.SITE in wanted else wanted
    try:
        purger.purge(wanted)
    except PurgeError as error:
        _postpone(rows, str(error))
        _wake_later(at=timezone.now())
        if max(row.attempts for row in rows) >= REPORTED_AFTER:
            raise
        return f"{len(rows)} to try again: {error}"[:300]
    _settle(rows)
    _wake_later(at=timezone.now())
    return f"{len(wanted)} keys purged"


def waiting() -> Waiting:
    """The numbers of this moment. The second sending of a purge is not waited for."""
    waits = Q(failed_at=None, was_sent=False)
    found = Purge.objects.aggregate(
        waiting=Count("id", filter=waits),
        oldest=Min("created_at", filter=waits),
        failed=Count("id", filter=Q(failed_at__isnull=False)),
    )
    return Waiting(found["waiting"], found["oldest"], found["failed"])


def prune(*, at: datetime, keep: timedelta) -> int:
    """Delete purges that failed longer ago than ``keep``; returns how many."""
    return Purge.objects.filter(failed_at__lt=at - keep).delete()[0]


def _settle(rows: list[Purge]) -> None:
    """Sent twice, a purge is done."""
    done = [row.pk for row in rows if row.was_sent or not settings.PURGE_AGAIN_SECONDS]
    Purge.objects.filter(pk__in=done).delete()
    again = timezone.now() + timedelta(seconds=settings.PURGE_AGAIN_SECONDS)
    first = Purge.objects.filter(pk__in=[row.pk for row in rows])
    first.update(was_sent=True, attempts=0, problem="", next_at=again)


def _postpone(rows: list[Purge], problem: str) -> None:
    now = timezone.now()
    for row in rows:
        row.attempts += 1
        row.problem = problem[:300]
        row.failed_at = now if row.attempts > len(WAITS) else None
        row.next_at = now + WAITS[min(row.attempts, len(WAITS)) - 1]
    Purge.objects.bulk_update(rows, ["attempts", "problem", "failed_at", "next_at"])


def _wake() -> None:
    waking.queue_job(PURGE_CACHES)


def _wake_later(*, at: datetime) -> None:
    """Let the job run again when the next purge is due."""
    soonest = Purge.objects.filter(failed_at=None).aggregate(soonest=Min("next_at"))["soonest"]
    if soonest is not None:
        waking.queue_job(PURGE_CACHES, after_seconds=max(1, round((soonest - at).total_seconds() + 0.5)))
