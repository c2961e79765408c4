"""The table of jobs, a run and its failure, and jobs whose worker died."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from followers.models import Device, PushMessage
from jobs import recovery, running, selectors
from jobs.definitions import Job
from jobs.models import JobRun, Outcome
from jobs.table import BY_NAME, JOBS
from notifications.models import Message
from notifications.services import waking
from tests import newsroom
from tests.findings import assert_none
from tests.notifications.colleagues import with_addresses

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def breaks() -> str:
    """What a job of a test does."""
    raise ValueError("The disk is full.")


def job(run: Any = lambda: "3 rows", **fields: Any) -> Job:
    return Job(**{"name": "tidy", "title": "Tidy", "schedule": "0 3 * * *", "about": "Tidies.", "run": run, **fields})


def queued(name: str) -> list[tuple[int, str, int]]:
    """The queue's jobs of one name: id, status, attempts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status::text, attempts FROM procrastinate_jobs WHERE task_name = %s", [name])
        return list(cursor.fetchall())


def test_each_job_has_a_name_a_schedule_and_a_sentence() -> None:
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert len(BY_NAME) == len(JOBS)
    assert_none(job.name for job in JOBS if not job.about.endswith(".") or not job.title)
    assert_none(job.name for job in JOBS if not at < job.next_run(at=at) <= at + timedelta(days=1))
    assert BY_NAME["verify_log"].next_run(at=at) == datetime(2026, 3, 3, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize("one", JOBS, ids=lambda one: one.name)
def test_each_job_does_its_work(one: Job, people: SimpleNamespace) -> None:
    newsroom.published(people)
    assert running.run(one, job_id=None, attempt=1)
    run = JobRun.objects.get()
    assert (run.outcome, run.error) == (Outcome.SUCCEEDED, "")


def test_a_failed_run_is_tried_again_and_then_reported_once(people: SimpleNamespace) -> None:
    with_addresses(people)
    broken = job(breaks, retries=1)
    for attempt, error in 2 * ((1, running.RetryLaterError), (2, ValueError)):
        with pytest.raises(error, match="The disk is full"):
            running.run(broken, job_id=7, attempt=attempt)
    assert [run.is_final for run in JobRun.objects.order_by("id")] == [False, True, False, True]
    mail = Message.objects.get()
    assert mail.to == "administrator@newsroom.example"
    assert "ValueError: The disk is full." in mail.text
    running.run(job(), job_id=8, attempt=1)
    with pytest.raises(ValueError, match="full"):
        running.run(broken, job_id=9, attempt=2)
    assert Message.objects.count() == 2, "a new series of failures"


def test_failures_go_to_the_addresses_of_the_settings(people: SimpleNamespace, settings: Any) -> None:
    with_addresses(people)
    settings.ADMINS = [("", "tech@newsroom.example"), ("", "night@newsroom.example")]
    with pytest.raises(ValueError, match="full"):
        running.run(job(breaks, retries=0), job_id=7, attempt=1)
    assert {mail.to for mail in Message.objects.all()} == {"tech@newsroom.example", "night@newsroom.example"}


def test_a_run_is_queued_once() -> None:
    one = BY_NAME["prune_jobs"]
    waking.queue_job(one.name)
    assert [status for _id, status, _attempts in queued(one.name)] == ["todo"]


@pytest.mark.django_db(transaction=True)
def test_what_is_queued_already_is_not_queued_again() -> None:
    one = BY_NAME["prune_jobs"]
    assert [waking.queue_job(one.name) for _ in range(2)] == [True, False]
    for _ in range(2):
        waking.wake_sender()
    assert len(queued(one.name)) == len(queued(waking.SEND_MESSAGES)) == 1


def begin(one: Job, *, heartbeat: timedelta, attempts: int = 0) -> int:
    """A job in the middle, on a worker whose last sign of life is that old; returns its id."""
    waking.queue_job(one.name)
    ((job_id, _status, _attempts),) = queued(one.name)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH w AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s) RETURNING id)"
            " UPDATE procrastinate_jobs SET status = 'doing', attempts = %s, worker_id = w.id FROM w"
            " WHERE procrastinate_jobs.id = %s",
            [heartbeat, attempts, job_id],
        )
    JobRun.objects.create(name=one.name, job_id=job_id, started_at=timezone.now())
    return job_id


def test_a_job_is_tried_again_when_its_worker_died_and_not_before() -> None:
    one = BY_NAME["prune_jobs"]
    begin(one, heartbeat=timedelta(seconds=19))
    assert recovery.retry_stalled(at=timezone.now()) == 0
    assert recovery.retry_stalled(at=timezone.now(), after=18) == 1
    assert [job[1:] for job in queued(one.name)] == [("todo", 1)]
    assert JobRun.objects.get().outcome == Outcome.LOST


def test_a_job_that_kills_its_workers_is_given_up_and_reported(people: SimpleNamespace) -> None:
    with_addresses(people)
    one = BY_NAME["prune_jobs"]
    begin(one, heartbeat=timedelta(minutes=1), attempts=recovery.MOST_ATTEMPTS - 1)
    assert recovery.retry_stalled(at=timezone.now()) == 1
    assert [job[1] for job in queued(one.name)] == ["failed"]
    assert "The worker ended in the middle" in Message.objects.get().text
    [row] = [row for row in selectors.rows(at=timezone.now()) if row.job == one]
    assert row.is_failing


def test_a_job_whose_end_the_queue_did_not_learn_is_found() -> None:
    one = BY_NAME["prune_jobs"]
    job_id = begin(one, heartbeat=timedelta())
    ended = {"outcome": Outcome.SUCCEEDED, "ended_at": timezone.now() - timedelta(seconds=9)}
    JobRun.objects.filter(job_id=job_id).update(**ended)
    assert recovery.retry_stalled(at=timezone.now()) == 0
    JobRun.objects.update(ended_at=timezone.now() - timedelta(minutes=1))
    assert recovery.retry_stalled(at=timezone.now()) == 1
    assert JobRun.objects.get().outcome == Outcome.SUCCEEDED


def test_a_stalled_job_makes_room_for_the_next_one_that_waits() -> None:
    one = BY_NAME["prune_jobs"]
    begin(one, heartbeat=timedelta(minutes=1))
    waking.queue_job(one.name)
    assert recovery.retry_stalled(at=timezone.now()) == 1
    assert sorted(job[1] for job in queued(one.name)) == ["failed", "todo"]


def test_old_runs_and_failed_jobs_are_deleted_and_young_ones_kept() -> None:
    one, now = BY_NAME["prune_jobs"], timezone.now()
    for days in (29, 31):
        JobRun.objects.create(name="tidy", started_at=now, ended_at=now - timedelta(days=days), outcome="failed")
    begin(BY_NAME["check_links"], heartbeat=timedelta(minutes=1), attempts=recovery.MOST_ATTEMPTS)
    recovery.retry_stalled(at=now)
    assert running.run(one, job_id=None, attempt=1) == "1 runs, 0 jobs"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '31 days'")
    assert running.run(one, job_id=None, attempt=1) == "0 runs, 1 jobs"


def test_the_backlog_counts_what_waits_and_what_failed(people: SimpleNamespace) -> None:
    before = selectors.backlog()
    assert {name: (row.waiting, row.failed) for name, row in before.items()} == {
        "jobs": (0, 0),
        "messages": (0, 0),
        "notifications": (0, 0),
        "purges": (0, 0),
        "webhooks": (0, 0),
    }
    waking.queue_job("check_links")
    now = timezone.now()
    Message.objects.create(to="a@b.example", subject="x", text="x", created_at=now, next_at=now)
    Message.objects.create(to="a@b.example", subject="x", text="x", created_at=now, next_at=now, failed_at=now)
    device = Device.objects.create(endpoint="https://push.example/1", public=b"k", secret=b"s")
    PushMessage.objects.create(device=device, seq=1, subject="x", content={}, created_at=now, next_at=now)
    after = selectors.backlog()
    assert (after["jobs"].waiting, after["messages"].waiting, after["messages"].failed) == (1, 1, 1)
    assert (after["notifications"].waiting, after["notifications"].oldest) == (1, now)
    assert after["messages"].oldest == now
    assert after["jobs"].oldest is not None
    assert selectors.workers_alive() == 0
