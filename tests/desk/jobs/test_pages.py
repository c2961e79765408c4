"""The page of background jobs: what ran, what failed, and who may run it again."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from jobs import running
from jobs.definitions import Job
from jobs.models import JobRun
from jobs.table import BY_NAME
from notifications.models import Message
from tests.desk.pages import signed_in, text_of

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def fail(name: str) -> None:
    def breaks() -> str:
        raise ValueError("The log differs <here>.")

    with pytest.raises(ValueError, match="differs"):
        running.run(Job(name, "x", "* * * * *", "x", breaks, retries=0), job_id=None, attempt=1)


def test_the_page_shows_runs_failures_and_the_missing_worker(people: SimpleNamespace) -> None:
    running.run(BY_NAME["prune_jobs"], job_id=None, attempt=1)
    fail("verify_log")
    page = text_of(signed_in(people.administrator).get(reverse("admin:jobs_page")))
    for words in (
        "0 runs, 0 jobs",
        "ValueError: The log differs <here>.",
        "It has never succeeded",
        "The worker is not running",
    ):
        assert words in page


def test_those_who_may_run_a_job_again(people: SimpleNamespace) -> None:
    address = reverse("admin:jobs_run", args=["verify_log"])
    for somebody, status in ((people.editor, 403), (people.administrator, 302)):
        assert signed_in(somebody).post(address).status_code == status
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text FROM procrastinate_jobs")
        assert cursor.fetchall() == [("verify_log", "todo")]
    assert signed_in(people.administrator).get(address).status_code == 405
    assert signed_in(people.administrator).post(reverse("admin:jobs_run", args=["x"])).status_code == 404
    assert signed_in(people.editor).get(reverse("admin:jobs_page")).status_code == 403


def test_a_message_that_failed_is_sent_again(people: SimpleNamespace) -> None:
    now = timezone.now()
    given: dict[str, Any] = {"created_at": now, "next_at": now, "failed_at": now, "attempts": 10}
    message = Message.objects.create(to="a@b.example", subject="Assigned", text="x", problem="Refused.", **given)
    desk = signed_in(people.administrator)
    assert "Assigned Refused." in text_of(desk.get(reverse("admin:jobs_page")))
    address = reverse("admin:jobs_send", args=[message.pk])
    assert signed_in(people.editor).post(address).status_code == 403
    assert desk.post(address).status_code == 302
    message.refresh_from_db()
    assert (message.failed_at, message.attempts) == (None, 0)
    assert desk.post(address).status_code == 404


def test_runs_of_jobs_are_read_only(people: SimpleNamespace) -> None:
    fail("verify_log")
    desk = signed_in(people.administrator)
    assert desk.post(reverse("admin:jobs_page")).status_code == 405
    assert JobRun.objects.count() == 1
    assert desk.get("/admin/procrastinate/procrastinatejob/").status_code == 404
