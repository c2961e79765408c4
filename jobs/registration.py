"""Makes the table of jobs known to procrastinate. Called when Django starts (``PROCRASTINATE_ON_APP_READY``)."""

from procrastinate import App, JobContext, RetryStrategy

from jobs import running
from jobs.definitions import RETRY_SECONDS, Job
from jobs.table import JOBS


def register(app: App) -> None:
    """Register each job of the table with its schedule.

    ``lock`` lets one run of a job happen at a time, on any number of workers. ``queueing_lock`` lets one wait.
    """
    for job in JOBS:
        _register(app, job)


def _register(app: App, job: Job) -> None:
    def task(context: JobContext, timestamp: int = 0) -> str:
        return running.run(job, job_id=context.job.id, attempt=context.job.attempts + 1)

    made = app.task(
        name=job.name,
        pass_context=True,
        lock=job.name,
        queueing_lock=job.name,
        retry=RetryStrategy(wait=RETRY_SECONDS, retry_exceptions=[running.RetryLaterError]),
    )(task)
    app.periodic(cron=job.schedule)(made)
