"""Runs a job and writes down what happened; administrators are told of each series of failures once."""

import logging
import threading
import traceback
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from factcheck.insight import context
from jobs.definitions import Job
from jobs.models import JobRun, Outcome
from notifications.services import composing

logger = logging.getLogger(__name__)
_ERROR = 4000


class RetryLaterError(Exception):
    """The run failed and is to be tried again."""


def run(job: Job, *, job_id: int | None, attempt: int) -> str:
    """Run ``job`` for the ``attempt``-th time (from 1) and return what it did.

    Raises ``RetryLaterError`` while an attempt is left, else what the job raised.
    """
    with context.job(job.name, job_id=job_id):
        return _run(job, job_id=job_id, attempt=attempt)


def _run(job: Job, *, job_id: int | None, attempt: int) -> str:
    started = JobRun.objects.create(name=job.name, job_id=job_id, attempt=attempt, started_at=timezone.now())
    mine = JobRun.objects.filter(pk=started.pk, outcome=Outcome.RUNNING)
    try:
        result = job.run()
    except Exception as error:
        logger.exception("Job %s failed", job.name)
        if isinstance(error, OperationalError | InterfaceError) and not connection.in_atomic_block:
            connections.close_all()
        is_final = attempt > job.retries or _is_queued(job)
        words = "".join(traceback.format_exception_only(error)).strip()[:_ERROR]
        _record(mine, outcome=Outcome.FAILED, ended_at=timezone.now(), error=words, is_final=is_final)
        if is_final:
            report_failure(job, at=timezone.now())
            raise
        raise RetryLaterError(words) from error
    finally:
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()  # threads of the worker come and go
    _record(mine, outcome=Outcome.SUCCEEDED, ended_at=timezone.now(), result=result[:300])
    return result


def _record(run: QuerySet[JobRun], **values: Any) -> None:
    """Write down how a run ended, over a new connection when the old one was lost."""
    try:
        run.update(**values)
    except (OperationalError, InterfaceError):
        connections.close_all()
        run.update(**values)


def report_failure(job: Job, *, at: datetime) -> bool:
    """Write an e-mail to the administrators, unless they know of this series of failures; says whether it did.

    A series begins with the first failure after a success.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"jobs.failure/{job.name}"])
        good = JobRun.objects.filter(name=job.name, outcome=Outcome.SUCCEEDED).values_list("id", flat=True).first()
        series = JobRun.objects.filter(name=job.name, id__gt=good or 0)
        newest = series.exclude(outcome=Outcome.RUNNING).first()
        if newest is None or series.filter(reported_at__isnull=False).exists():
            return False
        JobRun.objects.filter(pk=newest.pk).update(reported_at=at)
        composing.queue_plain(to=administrators(), subject=_subject(job), text=_text(job, newest), at=at)
    return True


def administrators() -> list[str]:
    """Where failures are reported: ``ADMINS`` of the settings, else all who may run jobs again."""
    if settings.ADMINS:
        return [address for _name, address in settings.ADMINS]
    users = User.objects.with_perm("jobs.run_job").filter(is_staff=True).exclude(email="")
    return list(users.order_by("pk").values_list("email", flat=True))


def _is_queued(job: Job) -> bool:
    """Whether another run waits already; it is the next attempt, and the queue takes no second one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo')", [job.name]
        )
        return bool(cursor.fetchone()[0])


def _subject(job: Job) -> str:
    return f"{settings.SITE_NAME}: the background job “{job.title}” failed"


def _text(job: Job, failed: JobRun) -> str:
    return (
        f"{job.about}\n\nIt failed at {failed.ended_at:%Y-%m-%d %H:%M %Z}, after {failed.attempt} attempts:\n\n"
        f"    {failed.error.replace(chr(10), chr(10) + '    ')}\n\n"
        "You get no second e-mail about it until it has succeeded again. See all jobs, and run it again:\n"
        f"{settings.SITE_URL}/admin/jobs/\n"
    )
