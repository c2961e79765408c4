"""The worker as a process: killed in the middle of a job, stopped while a mail server hangs, two at once."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.utils import timezone

from jobs import recovery
from jobs.models import JobRun, Outcome
from jobs.table import JOBS
from notifications.models import Message
from notifications.services.waking import SEND_MESSAGES
from tests import newsroom
from tests.lib.safehttp.receivers import receiver
from tests.notifications.colleagues import with_addresses
from tests.notifications.smtp import MailServer, mail_server
from tests.partners import hooks
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])


@contextmanager
def worker(mail: MailServer, *, jobs: int = 3, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker on the database of the test, which sends its mail to ``mail``; killed in the end if it still runs.

    ``jobs`` is how many run at the same time, ``more`` are settings.
    """
    given = connection.settings_dict
    login = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
    at = urlencode({"host": given["HOST"], "port": given["PORT"]})
    environment = {
        **os.environ,
        "DEBUG": "1",
        "DATABASE_URL": f"postgresql://{login}@/{given['NAME']}?{at}",
        "READERS_DATABASE_URL": "",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
        "OUTBOUND_ALLOW_LOOPBACK": "1",
        "LOG_LEVEL": "ERROR",
        **more,
    }
    command = [sys.executable, "manage.py", "worker", "--threads", "1", "--jobs", str(jobs)]
    running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    try:
        yield running
    finally:
        running.kill()
        running.wait(10)
        if running.stdout is not None:
            running.stdout.close()


def runs(name: str, outcome: str) -> int:
    return JobRun.objects.filter(name=name, outcome=outcome).count()


def assign(people: SimpleNamespace) -> None:
    """One notice, which wakes the worker; the messages of before are due again."""
    newsroom.draft(people.editor, assignee=people.reporter)
    Message.objects.waiting().update(next_at=timezone.now())


def end_sessions() -> None:
    """End all other sessions of the database, as when its server restarts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 4


def kill_in_the_middle(first: "subprocess.Popen[bytes]", people: SimpleNamespace) -> None:
    """Kill a worker while it sends an e-mail to a server that hangs."""
    wait_until(lambda: {run.name for run in JobRun.objects.all()} >= {job.name for job in JOBS}, 30)
    assign(people)
    wait_until(lambda: Message.objects.filter(attempts=1).exists())
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    assert runs(SEND_MESSAGES, Outcome.RUNNING) == 1


def daily_runs() -> Counter[str]:
    """How often each job ran that runs once a day."""
    daily = [job.name for job in JOBS if job.schedule.split()[1] != "*"]
    return Counter(JobRun.objects.filter(name__in=daily).values_list("name", flat=True))


@pytest.mark.slow
def test_a_worker_is_killed_in_the_middle_another_goes_on_and_stops_in_time(
    people: SimpleNamespace, settings: Any
) -> None:
    with_addresses(people)
    inbox = hooks.Inbox()
    with mail_server(settings, hangs=True) as mail, receiver(inbox) as there:
        hooks.endpoint(there.url)
        with worker(mail) as first:
            kill_in_the_middle(first, people)
        mail.answer()
        with worker(mail) as second, worker(mail) as third:
            both = (second, third)
            assert all(b"Running jobs" in one.stdout.readline() for one in both if one.stdout)
            wait_until(lambda: recovery.retry_stalled(at=timezone.now(), after=1.5) == 1)
            Message.objects.waiting().update(next_at=timezone.now())
            wait_until(lambda: len(mail.received) == 1 and runs(SEND_MESSAGES, Outcome.RUNNING) == 0, 30)
            assert runs(SEND_MESSAGES, Outcome.LOST) == 1
            end_sessions()
            hooks.publish(1)
            assign(people)
            wait_until(lambda: set(inbox.seqs()) == {1} and len(mail.received) >= 2, 45)  # once more is allowed
            assert set(daily_runs().values()) == {1}, "three workers, and each of these jobs ran once"

            mail.hang()
            assign(people)
            wait_until(lambda: runs(SEND_MESSAGES, Outcome.RUNNING) == 1)
            begun = time.monotonic()
            for one in both:
                one.terminate()
            assert [one.wait(12) for one in both] == [0, 0]
            assert time.monotonic() - begun < 10
    assert Message.objects.waiting().count() == 1, "what was in the middle is sent later"
