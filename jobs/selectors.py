"""What is known about background jobs, for the desk and for metrics."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from caching import purging
from jobs.definitions import Job
from jobs.models import JobRun, Outcome
from jobs.table import JOBS
from notifications import selectors as notifications

#: A worker that gave no sign of life for longer than this is not counted.
_ALIVE_SECONDS = 20
_LAST_OUTCOMES = """
SELECT job.name, ended.ended_at, ended.outcome, good.ended_at
FROM unnest(%s::text[]) WITH ORDINALITY AS job (name, place)
LEFT JOIN LATERAL (
    SELECT ended_at, outcome FROM jobs_jobrun
    WHERE name = job.name AND (outcome = 'succeeded' OR is_final) ORDER BY id DESC LIMIT 1
) ended ON true
LEFT JOIN LATERAL (
    SELECT ended_at FROM jobs_jobrun WHERE name = job.name AND outcome = 'succeeded' ORDER BY id DESC LIMIT 1
) good ON true
ORDER BY job.place
"""


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much of one queue waits, since when the oldest, and how much has failed for good."""

    waiting: int
    oldest: datetime | None
    failed: int


@dataclass(frozen=True, slots=True)
class Row:
    """A job with its last run, its next one, and how often it failed since it last succeeded."""

    job: Job
    last: JobRun | None
    succeeded_at: datetime | None
    next_at: datetime
    failures: int

    @property
    def is_failing(self) -> bool:
        """Whether it failed for good and has not succeeded since."""
        return self.failures > 0


@dataclass(frozen=True, slots=True)
class LastOutcome:
    """When a job last ended and last succeeded, and whether its last run failed."""

    name: str
    ended_at: datetime | None
    succeeded_at: datetime | None
    is_failing: bool


def backlog() -> dict[str, Backlog]:
    """The numbers for each queue: "jobs", "messages" (e-mails and chat), "notifications" (to readers' devices),
    "webhooks" and "purges". Four statements.

    A job that waits for its time is not counted as waiting. No notification fails for good: it is given up.
    """
    outbox, purges = notifications.outbox(), purging.waiting()
    return {
        **_numbers(
            "SELECT 'jobs', count(*) FILTER (WHERE waits), min(since) FILTER (WHERE waits),"
            " count(*) FILTER (WHERE status = 'failed') FROM (SELECT status, status = 'todo'"
            " AND (scheduled_at IS NULL OR scheduled_at <= now()) AS waits, coalesce(scheduled_at, ("
            " SELECT max(at) FROM procrastinate_events WHERE job_id = job.id AND type = 'deferred')) AS since"
            " FROM procrastinate_jobs job) AS jobs"
        ),
        "purges": Backlog(purges.waiting, purges.oldest, purges.failed),
        "messages": Backlog(outbox.waiting, outbox.oldest_waiting, outbox.failed),
        **_numbers(
            "SELECT 'notifications', count(*), min(created_at), 0 FROM followers_pushmessage UNION ALL"
            " SELECT 'webhooks', count(*) FILTER (WHERE d.state = 'pending' AND e.state = 'active'),"
            " min(d.next_at) FILTER (WHERE d.state = 'pending' AND e.state = 'active' AND d.next_at <= now()),"
            " count(*) FILTER (WHERE d.state = 'dead')"
            " FROM partners_delivery d JOIN partners_endpoint e ON e.id = d.endpoint_id"
        ),
    }


def workers_alive() -> int:
    """How many workers gave a sign of life in the last seconds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [_ALIVE_SECONDS],
        )
        return int(cursor.fetchone()[0])


def rows(*, at: datetime) -> list[Row]:
    """Each job of the table, in its order."""
    last = {run.name: run for run in JobRun.objects.order_by("name", "-id").distinct("name")}
    ended = JobRun.objects.filter(outcome=Outcome.SUCCEEDED).order_by("name", "-id").distinct("name")
    good = {run.name: run for run in ended}
    failures: dict[str, int] = {}
    for name, pk in JobRun.objects.filter(is_final=True).values_list("name", "id"):
        since = good.get(name)
        failures[name] = failures.get(name, 0) + (since is None or pk > since.pk)
    return [
        Row(
            job,
            last.get(job.name),
            good[job.name].ended_at if job.name in good else None,
            job.next_run(at=at),
            failures.get(job.name, 0),
        )
        for job in JOBS
    ]


def failed_runs(*, limit: int) -> list[JobRun]:
    """Runs that failed or were lost, the newest first."""
    return list(JobRun.objects.filter(outcome__in=[Outcome.FAILED, Outcome.LOST])[:limit])


def last_success(name: str) -> datetime | None:
    """When the job called ``name`` last succeeded, such as ``verify_log``."""
    run = JobRun.objects.filter(name=name, outcome=Outcome.SUCCEEDED).first()
    return run.ended_at if run else None


def last_outcomes() -> list[LastOutcome]:
    """Of each job of the table, in one statement. A failed run that is tried again does not count as failing yet."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_OUTCOMES, [[job.name for job in JOBS]])
        return [
            LastOutcome(name, ended, good, outcome in (Outcome.FAILED, Outcome.LOST))
            for name, ended, outcome, good in cursor.fetchall()
        ]


def _numbers(sql: str) -> dict[str, Backlog]:
    """The queues that a statement gives: name, waiting, oldest, failed."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name: Backlog(waiting, oldest, failed) for name, waiting, oldest, failed in cursor.fetchall()}
