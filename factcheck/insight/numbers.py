"""Numbers that are asked for when somebody reads ``/metrics``: databases, queues, jobs, the log, the last backup."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import Error, connections
from django.utils import timezone

from factcheck.backups import last_backup
from factcheck.insight.exposition import Metric
from factcheck.replicas import states
from jobs import selectors

logger = logging.getLogger(__name__)
#: The nightly job whose success says that the log holds.
_VERIFY: Final = "verify_log"
_HEAD: Final = """
SELECT head.seq, record.at
FROM articles_head head LEFT JOIN articles_record record ON record.seq = head.seq
"""


def metrics() -> Iterator[Metric]:
    """All of them. Seven statements on the desk's connection, one on that of the readers, one on each replica."""
    up = Metric("factcheck_database_up", "gauge", "Whether a database answers: primary, readers, replica1 and so on.")
    lag = Metric("factcheck_replica_lag_seconds", "gauge", "How far a replica is behind the primary.")
    with states.asked() as replicas:
        desk = _of_primary()
        up.add(desk is not None, {"database": "primary"})
        up.add(_readers_answer(primary_is_away=desk is None), {"database": "readers"})
    for place, found in enumerate(replicas, 1):
        up.add(found.answers, {"database": f"replica{place}"})
        if found.lag is not None:
            lag.add(found.lag, {"database": f"replica{place}"})
    yield from (up, lag, *(desk or []), _backup())


def _of_primary() -> list[Metric] | None:
    """What the primary knows; None while it does not answer."""
    try:
        return [*_queues(), *_jobs(), *_log()]
    except Error as error:
        logger.info("The metrics are without the primary's numbers: %s", type(error).__name__)
        connections["default"].close_if_unusable_or_obsolete()
        return None


def _readers_answer(*, primary_is_away: bool) -> bool:
    """Whether readers are served; a server that was just away is not waited for a second time."""
    desk, readers = (connections[alias].settings_dict for alias in ("default", "readers"))
    is_same = "CANDIDATES" not in readers and all(desk[part] == readers[part] for part in ("HOST", "PORT"))
    if primary_is_away and is_same:
        return False
    try:
        with connections["readers"].cursor() as cursor:
            cursor.execute("SELECT seq FROM articles_head")
            return cursor.fetchone() is not None
    except Error:
        return False


def _queues() -> Iterator[Metric]:
    waiting = Metric(
        "factcheck_queue_waiting", "gauge", "What waits: jobs, messages, notifications to devices, webhooks, purges."
    )
    failed = Metric("factcheck_queue_failed", "gauge", "What is not tried any more.")
    oldest = Metric("factcheck_queue_oldest_seconds", "gauge", "For how long the oldest has waited; 0 when none does.")
    now = timezone.now()
    for queue, found in selectors.backlog().items():
        labels = {"queue": queue}
        waiting.add(found.waiting, labels)
        failed.add(found.failed, labels)
        oldest.add(max(0.0, (now - found.oldest).total_seconds()) if found.oldest else 0, labels)
    workers = Metric("factcheck_workers", "gauge", "Workers that gave a sign of life in the last seconds.")
    workers.add(selectors.workers_alive())
    yield from (waiting, failed, oldest, workers)


def _jobs() -> Iterator[Metric]:
    success = Metric(
        "factcheck_job_last_success_timestamp_seconds", "gauge", "When each background job last succeeded."
    )
    failing = Metric("factcheck_job_failing", "gauge", "Whether the last run of a job failed.")
    verified = Metric("factcheck_log_verification_timestamp_seconds", "gauge", "When the log was last recomputed.")
    holds = Metric("factcheck_log_verification_ok", "gauge", "Whether it was as it should be.")
    for job in selectors.last_outcomes():  # the label "job" belongs to Prometheus itself
        failing.add(job.is_failing, {"name": job.name})
        if job.succeeded_at:
            success.add(job.succeeded_at.timestamp(), {"name": job.name})
        if job.name == _VERIFY and job.ended_at:
            verified.add(job.ended_at.timestamp())
            holds.add(not job.is_failing)
    yield from (success, failing, verified, holds)


def _log() -> Iterator[Metric]:
    seq = Metric("factcheck_log_seq", "gauge", "The number of the newest record of the log.")
    newest = Metric("factcheck_log_head_timestamp_seconds", "gauge", "When the newest record was published.")
    with connections["default"].cursor() as cursor:
        cursor.execute(_HEAD)
        row: tuple[int, datetime | None] | None = cursor.fetchone()
    if row:
        seq.add(row[0])
        if row[1]:
            newest.add(row[1].timestamp())
    yield from (seq, newest)


def _backup() -> Metric:
    made = Metric("factcheck_backup_timestamp_seconds", "gauge", "When manage.py backup last succeeded here.")
    if (at := last_backup.read()) is not None:
        made.add(at.timestamp())
    return made
