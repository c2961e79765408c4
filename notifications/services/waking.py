"""Wakes the worker, so that what was just written leaves within a second."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

#: The name of the job that sends messages; ``jobs.table`` has its schedule, in case a wake-up gets lost.
SEND_MESSAGES = "send_messages"


def wake_sender() -> None:
    """Queue the job that sends messages, unless it is queued already. Call it after the commit."""
    try:
        app.configure_task(SEND_MESSAGES, lock=SEND_MESSAGES, queueing_lock=SEND_MESSAGES).defer()
    except AlreadyEnqueued:
        return
