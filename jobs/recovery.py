"""Jobs whose worker died are tried again. The worker does this beside its jobs: a job could die itself."""

import logging
from datetime import datetime

from django.db import connection, transaction

from jobs import running
from jobs.models import JobRun, Outcome
from jobs.table import BY_NAME

logger = logging.getLogger(__name__)
#: A worker says each ``HEARTBEAT_SECONDS`` that it lives; after ``STALLED_SECONDS`` without it, it is taken for dead.
HEARTBEAT_SECONDS, STALLED_SECONDS = 5.0, 20.0
#: A job that took so many workers down is not tried again by itself.
MOST_ATTEMPTS = 5

#: Of a worker that is dead; or its run has ended, and the database was away when the queue should have learned it.
_STALLED = """
SELECT job.id, job.task_name, job.attempts + 1, EXISTS (
    SELECT 1 FROM procrastinate_jobs other WHERE other.queueing_lock = job.queueing_lock AND other.status = 'todo')
FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s)
    OR EXISTS (SELECT 1 FROM jobs_jobrun run WHERE run.job_id = job.id AND run.attempt = job.attempts + 1
        AND run.ended_at < now() - interval '10 seconds'))
ORDER BY job.id FOR UPDATE OF job SKIP LOCKED"""


def retry_stalled(*, at: datetime, after: float = STALLED_SECONDS) -> int:
    """Let jobs run again that were in the middle when their worker died; returns how many there were.

    ``after`` is the number of seconds without a sign of life. Two workers may call it at the same time.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STALLED, [after])
        stalled = cursor.fetchall()
        for job_id, name, attempts, another_waits in stalled:
            logger.warning("Job %s (%s) is tried again: its worker died", job_id, name)
            gives_up = attempts >= MOST_ATTEMPTS
            error = "The worker ended in the middle."
            if gives_up:
                error += f" It did so {attempts} times: the job is not tried again by itself."
            lost = JobRun.objects.filter(job_id=job_id, outcome=Outcome.RUNNING)
            lost.update(outcome=Outcome.LOST, ended_at=at, error=error, is_final=gives_up)
            if gives_up or another_waits:
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job_id])
            else:
                cursor.execute("SELECT procrastinate_retry_job_v1(%s, %s, NULL, NULL, NULL)", [job_id, at])
            if gives_up and name in BY_NAME:
                running.report_failure(BY_NAME[name], at=at)
    return len(stalled)
