"""Queues background jobs by their names, such as the one that sends what was just written."""

from typing import Any

from django.db import transaction
from procrastinate import tasks
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager

#: The name of the job that sends messages; ``jobs.table`` has its schedule, in case a wake-up gets lost.
SEND_MESSAGES = "send_messages"
#: Always Django's own connection: in the worker the queue has another one, which its event loop alone may use.
_QUEUE = JobManager(DjangoConnector())


def queue_job(name: str, *, after_seconds: int = 0) -> bool:
    """Queue a run of the job, now or later; False when one waits already. Call it outside of transactions.

    A run that waits for its time does not keep another one from being queued for now.
    """
    later: dict[str, Any] = {"schedule_in": {"seconds": after_seconds}} if after_seconds else {}
    waits = f"{name}/later" if after_seconds else name
    try:
        with transaction.atomic():
            tasks.configure_task(name=name, job_manager=_QUEUE, lock=name, queueing_lock=waits, **later).defer()
    except AlreadyEnqueued:
        return False
    return True


def wake_sender() -> None:
    """Let messages be sent within a second. Call it after the commit."""
    queue_job(SEND_MESSAGES)
