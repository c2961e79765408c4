"""Each job is killed with its worker in the middle; another worker does it, and all effects are there once.

The test holds a lock that stops the job: on a row or a table that it writes to after it has read, or written, others.
"""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from articles.models import (
    Claim,
    Cosignature,
    Head,
    LinkCheck,
    OpenVector,
    Presence,
    Record,
    Report,
    Schedule,
    UnsavedForm,
)
from articles.services import submissions
from articles.services.verification import schedules
from caching.models import Purge
from followers.models import DigestEntry, Follower, PushMessage
from followers.services import answers, following
from jobs import recovery
from jobs.models import JobRun, Outcome
from jobs.table import JOBS
from lib.encoding import PACKAGED
from lib.transparency import cosignatures, signed_notes
from notifications.choices import Frequency, Kind
from notifications.models import Message, Notice
from partners.models import Answer, Event, Key
from partners.models import Notice as PartnerNotice
from tests import newsroom
from tests.followers.devices import PushService, turn_on
from tests.followers.reading import follow
from tests.jobs.test_worker import worker
from tests.notifications.colleagues import with_addresses
from tests.notifications.smtp import MailServer, mail_server
from tests.partners import hooks
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])
LONG_AGO = timedelta(days=400)
ORIGIN = "facts.example/log"
#: Where notifications come in.
PUSHED = PushService()


@dataclass(frozen=True)
class Case:
    """The statement whose lock stops the job in the middle, what it finds to do, and how often that was done."""

    lock: str
    prepare: Callable[[SimpleNamespace], Any]
    done: Callable[[MailServer, Path], int]
    times: int


def _table(name: str, mode: str = "EXCLUSIVE") -> str:
    return f"LOCK TABLE {name} IN {mode} MODE"


def _records(people: SimpleNamespace) -> None:
    for _ in range(2):
        newsroom.published(people)


def _some_record(people: SimpleNamespace) -> None:
    if not Head.objects.get().seq:
        _records(people)


def _pages(_mail: MailServer, folder: Path) -> int:
    """Two, once as many claims' pages are kept: other jobs publish more."""
    return min(2, sum(b" text/html" in one.read_bytes()[:40] for one in folder.glob("pages/*/*")))


def _old_events(people: SimpleNamespace) -> None:
    hooks.publish(1001)
    Event.objects.update(at=timezone.now() - LONG_AGO)


def _sources(people: SimpleNamespace) -> None:
    for number in (1, 2):
        newsroom.source(people.editor, url=f"https://127.0.0.{number}:9/x")


def _overdue_claims(people: SimpleNamespace) -> None:
    for day, person in ((1, people.reporter), (2, people.checker)):
        newsroom.draft(people.editor, assignee=person, due_on=date(2026, 1, day))


def _old_reports(people: SimpleNamespace) -> None:
    for number in ("1", "2"):
        given = {"reference": number * 20, "form": number, "page": "/", "what": "It is wrong.", "email": "a@b.example"}
        Report.objects.create(received_at=timezone.now() - LONG_AGO, **given)


def _old_answers(people: SimpleNamespace) -> None:
    for key in ("one", "two"):
        at = timezone.now() - LONG_AGO
        Answer.objects.create(caller="user:1", key=key, fingerprint=b"x" * 32, status=200, at=at)


def _old_sessions(people: SimpleNamespace) -> None:
    Session.objects.create(session_key="old", session_data="x", expire_date=timezone.now() - LONG_AGO)


def _waiting_message(people: SimpleNamespace) -> None:
    now = timezone.now()
    Message.objects.create(to="waits@newsroom.example", subject="It waits", text="x", created_at=now, next_at=now)


def _declined_tips(people: SimpleNamespace) -> None:
    now = timezone.now()
    for number in "12":
        tip = submissions.receive_from_reader(form=number, at=now, text=f"The ferry made {number}0 trips")
        answers.ask(email=f"tip{number}@mail.example", reference=tip.reference, language="en", at=now)
        submissions.decline(submission=tip, by=people.checker, at=now, note="An opinion.")


def _old_message(people: SimpleNamespace) -> None:
    then = timezone.now() - LONG_AGO
    Message.objects.create(to="o@b.example", subject="Old", text="x", created_at=then, next_at=then, sent_at=then)


def _old_form(people: SimpleNamespace) -> None:
    given: dict[str, Any] = {"version": 1, "writer": uuid4(), "fields": {"text": ["x"]}}
    claim = newsroom.draft(people.reporter)
    UnsavedForm.objects.create(user=people.reporter, claim=claim, saved_at=timezone.now() - LONG_AGO, **given)


def _old_presence(people: SimpleNamespace) -> None:
    for _ in range(2):
        Presence.objects.create(user=people.reporter, subject=uuid4(), seen_at=timezone.now() - LONG_AGO)


def _daily_notices(people: SimpleNamespace) -> None:
    then = timezone.now() - timedelta(days=3)
    given = {"kind": Kind.PUBLISHED, "frequency": Frequency.DAILY, "path": "/admin/", "created_at": then}
    for person in (people.reporter, people.checker):
        Notice.objects.create(user=person, title="Published", **given)


def _ending_keys(people: SimpleNamespace) -> None:
    for number in (1, 2):
        key = Key(partner=hooks.partner(), name=f"Key {number}", scopes=["read"])
        key.assign_secret()
        key.expires_at = timezone.now() + timedelta(days=5)
        key.save()


def _old_runs(people: SimpleNamespace) -> None:
    then = timezone.now() - LONG_AGO
    JobRun.objects.create(name="tidy", started_at=then, ended_at=then, outcome=Outcome.SUCCEEDED)


def _due_claims(people: SimpleNamespace) -> None:
    now = timezone.now()
    for number in (1, 2):
        claim = newsroom.in_stage("approved", people, text=f"The ferry was sold {number} times")
        given = {"by": people.editor, "at": now, "publish_at": now + timedelta(hours=1), "version": claim.version}
        schedules.schedule(claim=claim, **given)
    Schedule.objects.update(publish_at=now - timedelta(minutes=1))


def _published_schedules(*_: Any) -> int:
    """How many of the claims are published, if each has one record and its schedule has ended."""
    done = Schedule.objects.filter(state="published", claim__stage="published").values_list("claim_id", flat=True)
    assert Record.objects.filter(claim_id__in=list(done)).count() == len(done)
    return len(done)


def _old_page(people: SimpleNamespace) -> None:
    then = timezone.now() - LONG_AGO
    Purge.objects.create(keys=["old-page"], created_at=then, next_at=then)


def _claims_without_vectors(people: SimpleNamespace) -> None:
    for words in ("The harbour was sold.", "The harbour was not sold."):
        newsroom.draft(people.reporter, text=words)


def _vectors(mail: MailServer, folder: Path) -> int:
    mine = Claim.objects.filter(text__startswith="The harbour was").values("pk")
    return OpenVector.objects.filter(claim_id__in=mine).count()


def _exported(mail: MailServer, folder: Path) -> int:
    """How many of the first records the export has, if its end is there too. Scheduled claims may come after it."""
    lines = (folder / "log.jsonl").read_text().splitlines()
    seq, scheduled = Head.objects.get().seq, _published_schedules()
    assert seq - scheduled <= len(lines) - 1 <= seq
    return seq - scheduled


def _read_about(people: SimpleNamespace) -> None:
    follow("told@mail.example", "topic", "Killed")
    newsroom.published(people, topics=["Killed"])


def _push_messages(people: SimpleNamespace) -> None:
    """Two, to devices at the push service of the test."""
    _some_record(people)
    PUSHED.messages.clear()
    for number in (1, 2):
        device = PUSHED.phone(str(number)).follow()
        given = {"seq": Head.objects.get().seq, "subject": "x", "content": {}, "next_at": timezone.now()}
        PushMessage.objects.create(device=device, created_at=timezone.now(), **given)


def _weekly_entries(people: SimpleNamespace) -> None:
    _some_record(people)
    for number in (1, 2):
        row = follow(f"weekly{number}@mail.example", rhythm="weekly")
        given = {"follower_id": row.follower_id, "follow": row, "at": timezone.now() - LONG_AGO}
        DigestEntry.objects.create(seq=Head.objects.get().seq, **given)


def _unconfirmed(people: SimpleNamespace) -> None:
    for number in (1, 2):
        given: dict[str, Any] = {"rhythm": "now", "language": "en", "at": timezone.now() - LONG_AGO}
        following.ask(email=f"unsure{number}@mail.example", kind="corrections", target="", **given)


def _erased(mail: MailServer, folder: Path) -> int:
    return 2 - Follower.objects.filter(email__startswith="unsure").count()


def _summaries(mail: MailServer, folder: Path) -> int:
    return Message.objects.filter(subject__contains="daily summary").count()


def _tip_answers(mail: MailServer, folder: Path) -> int:
    """What was delivered in between is erased by the job itself."""
    kept = list(Message.objects.filter(to__startswith="tip").values_list("to", flat=True))
    delivered = [str(one["To"]) for one in mail.received if str(one["To"]).startswith("tip")]
    return len(kept) + sum(to not in kept for to in delivered)


CASES: dict[str, Case] = {
    "verify_log": Case(_table("articles_record", "ACCESS EXCLUSIVE"), _records, _exported, 2),
    "prune_webhooks": Case(
        _table("partners_event"), _old_events, lambda *_: 1 - Event.objects.filter(seq=1001).count(), 1
    ),
    "check_links": Case(_table("articles_linkcheck"), _sources, lambda *_: LinkCheck.objects.count(), 2),
    "notify_overdue": Case(
        "SELECT FROM accounts_user WHERE username = 'checker' FOR UPDATE",
        _overdue_claims,
        lambda *_: Notice.objects.filter(kind=Kind.OVERDUE).count(),
        2,
    ),
    "forget_readers": Case(
        "SELECT FROM articles_report WHERE form = '2' FOR UPDATE",
        _old_reports,
        lambda *_: Report.objects.filter(email="").count(),
        2,
    ),
    "sweep_idempotency": Case(
        _table("partners_answer"), _old_answers, lambda *_: 2 - Answer.objects.filter(caller="user:1").count(), 2
    ),
    "clear_sessions": Case(
        "SELECT FROM django_session WHERE session_key = 'old' FOR UPDATE",
        _old_sessions,
        lambda *_: 1 - Session.objects.filter(session_key="old").count(),
        1,
    ),
    "send_messages": Case(
        "SELECT FROM notifications_message WHERE subject = 'It waits' FOR UPDATE",
        _waiting_message,
        lambda mail, _: len(mail.to("waits@newsroom.example")),
        1,
    ),
    "send_daily_summaries": Case(
        "SELECT FROM accounts_user WHERE username = 'checker' FOR UPDATE", _daily_notices, _summaries, 2
    ),
    "tell_followers": Case(
        "SELECT FROM followers_follower WHERE email = 'told@mail.example' FOR UPDATE",
        _read_about,
        lambda *_: Message.objects.filter(to="told@mail.example").count(),
        1,
    ),
    "answer_tips": Case(
        "SELECT FROM followers_answerrequest WHERE email = 'tip2@mail.example' FOR UPDATE",
        _declined_tips,
        _tip_answers,
        2,
    ),
    "send_digests": Case(
        "SELECT FROM followers_follower WHERE email = 'weekly2@mail.example' FOR UPDATE",
        _weekly_entries,
        lambda *_: Message.objects.filter(to__startswith="weekly").count(),
        2,
    ),
    "tidy_followers": Case(
        "SELECT FROM followers_follower WHERE email = 'unsure2@mail.example' FOR UPDATE", _unconfirmed, _erased, 2
    ),
    "prune_messages": Case(
        "SELECT FROM notifications_message WHERE subject = 'Old' FOR UPDATE",
        _old_message,
        lambda *_: 1 - Message.objects.filter(subject="Old").count(),
        1,
    ),
    "prune_unsaved": Case(
        "SELECT FROM articles_unsavedform FOR UPDATE", _old_form, lambda *_: 1 - UnsavedForm.objects.count(), 1
    ),
    "erase_presence": Case(_table("articles_presence"), _old_presence, lambda *_: 2 - Presence.objects.count(), 2),
    "warn_expiring_keys": Case(
        _table("partners_notice"), _ending_keys, lambda *_: PartnerNotice.objects.filter(kind="key_expires").count(), 2
    ),
    "ask_witnesses": Case(
        _table("articles_cosignature"), _some_record, lambda *_: Cosignature.objects.exclude(problem="").count(), 1
    ),
    "purge_caches": Case(
        "SELECT FROM caching_purge FOR UPDATE",
        _old_page,
        lambda *_: 1 - Purge.objects.filter(keys=["old-page"]).count(),
        1,
    ),
    "publish_scheduled": Case("SELECT FROM articles_schedule FOR UPDATE", _due_claims, _published_schedules, 2),
    "make_pages": Case(_table("articles_publishedclaim", "ACCESS EXCLUSIVE"), _some_record, _pages, 2),
    "fill_vectors": Case(_table("articles_openvector"), _claims_without_vectors, _vectors, 2),
    "prune_jobs": Case(
        "SELECT FROM jobs_jobrun WHERE name = 'tidy' FOR UPDATE",
        _old_runs,
        lambda *_: 1 - JobRun.objects.filter(name="tidy").count(),
        1,
    ),
    "send_push_messages": Case(
        "SELECT FROM followers_pushmessage FOR UPDATE", _push_messages, lambda *_: len(PUSHED.messages), 2
    ),
}


def are_stopped(names: list[str], at_least: int) -> bool:
    """Whether all of these jobs run, and the worker's sessions wait for locks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        waiting = cursor.fetchone()[0]
    running = JobRun.objects.filter(outcome=Outcome.RUNNING, name__in=names).values("name").distinct().count()
    return bool(running == len(names) and waiting >= at_least)


def is_quiet() -> bool:
    """Whether the statements of the killed worker have ended, which the server goes on with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return bool(cursor.fetchone()[0] == 0)


def kill_and_go_on(names: list[str], people: SimpleNamespace, settings: Any, folder: Path) -> None:
    """Stop these jobs in the middle, kill their worker, and let another one do them; all effects are there once."""
    with_addresses(people)
    turn_on(settings)
    more = {
        **{"VAPID_PRIVATE_KEY": settings.VAPID_PRIVATE_KEY, "PUSH_SERVICES": ",".join(settings.PUSH_SERVICES)},
        **{"VAR_DIR": str(folder), "PAGE_SECONDS": "1", "PAGE_DISK_MB": "64", "PAGES_AHEAD_SECONDS": "10"},
        "LOG_EXPORT_FILE": str(folder / "log.jsonl"),
        "DAILY_SUMMARY_HOUR": "0",
        "SEMANTIC_ENCODER": PACKAGED,
        "LOG_ORIGIN": ORIGIN,
        "LOG_CHECKPOINT_FILE": str(folder / "checkpoints.log"),
        "LOG_SIGNING_KEY": signed_notes.generate(ORIGIN).secret_key(),
        "LOG_WITNESSES": f"{cosignatures.verifier(signed_notes.generate('w.example'))} https://w.invalid/",
    }
    with mail_server(settings) as mail, PUSHED.listening():
        for name in names:
            CASES[name].prepare(people)
        with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as blocker:
            for name in names:
                blocker.execute(CASES[name].lock)
            with worker(mail, jobs=16, **more) as first:
                wait_until(lambda: are_stopped(names, len(names)), 40)
                first.send_signal(signal.SIGKILL)
                first.wait(10)
            blocker.rollback()
        wait_until(is_quiet)
        Message.objects.waiting().update(next_at=timezone.now())  # a begun attempt counts: the next one has to wait
        assert recovery.retry_stalled(at=timezone.now(), after=0) >= len(names)
        lost = JobRun.objects.filter(outcome=Outcome.LOST).values_list("name", flat=True)
        assert set(names) <= set(lost)
        killed = timezone.now()
        with worker(mail, jobs=16, **more):
            again = JobRun.objects.filter(outcome=Outcome.SUCCEEDED, started_at__gt=killed, name__in=names)
            wait_until(lambda: {*again.values_list("name", flat=True)} == {*names}, 40)
            # A job's usual turn may have come as well: it leaves alone what the other run is busy with.
            runs = JobRun.objects.filter(outcome=Outcome.RUNNING, name__in=names)
            wait_until(lambda: not runs.exists(), 40)
        assert {name: CASES[name].done(mail, folder) for name in names} == {name: CASES[name].times for name in names}
        assert not JobRun.objects.filter(outcome=Outcome.FAILED).exists()


def test_each_job_has_a_case() -> None:
    assert set(CASES) == {job.name for job in JOBS}


@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1])  # a worker runs 16 jobs at once, and there are more
def test_many_jobs_are_killed_at_once_and_another_worker_does_them(
    half: int, people: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    kill_and_go_on([*CASES][half::2], people, settings, tmp_path)


@pytest.mark.skipif("PROVE_JOBS" not in os.environ, reason="make prove-jobs does this")
@pytest.mark.parametrize("name", CASES)
def test_one_job_is_killed_and_another_worker_does_it(
    name: str, people: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    kill_and_go_on([name], people, settings, tmp_path)
