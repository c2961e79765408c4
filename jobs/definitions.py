"""What a background job is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from croniter import croniter
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Job:
    """A job with its schedule.

    ``schedule`` is a cron line in UTC. ``about`` says in a sentence what the job does. ``run`` does it and returns what
    it did, in a few words; an exception is a failure. ``retries`` says how often a failed run is tried again after
    ``RETRY_SECONDS``, before it has failed.
    """

    name: str
    title: str | Promise
    schedule: str
    about: str | Promise
    run: Callable[[], str]
    retries: int = 2

    def next_run(self, *, at: datetime) -> datetime:
        """When the schedule has its next run after ``at``."""
        found: datetime = croniter(self.schedule, at.astimezone(UTC)).get_next(datetime)  # type: ignore[no-untyped-call]
        return found


#: Between a failed run and the next attempt.
RETRY_SECONDS = 120
