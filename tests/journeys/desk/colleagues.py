"""What others do with submitted claims: they read, approve, ask, send back, publish and schedule, each in a browser."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils import timezone

from articles.models import Claim, Record, Schedule
from tests.articles.verification.test_schedules import let_time_pass
from tests.desk import pages
from tests.notifications.colleagues import send
from tests.notifications.smtp import mail_server

ASKED, MISSING = "@reporter which edition of the report is it?", "The year of the register is missing."


def review(people: SimpleNamespace) -> Claim:
    """The checker approves all but one, which goes back. One comment asks the reporter something. Returns that one."""
    checker = pages.signed_in(people.checker)
    back, *others = Claim.objects.filter(stage="review").order_by("pk")
    asked = reverse("admin:articles_claim_together_act", args=[others[0].pk, "say"])
    answer = checker.post(asked, {"text": ASKED, "version": others[0].version}, content_type="application/json")
    assert answer.status_code == 200, (answer.status_code, answer.headers)
    pages.confirm(checker, back, "send_back", comment=MISSING)
    for claim in others:
        pages.approve(checker, claim)
    return back


def publish(people: SimpleNamespace) -> None:
    """The editor publishes what is approved, one of it at a set time, at which the worker does it."""
    editor = pages.signed_in(people.editor)
    later, *now = Claim.objects.filter(stage="approved").order_by("pk")
    for claim in now:
        pages.confirm(editor, claim, "publish")
    at = timezone.localtime(timezone.now() + timedelta(days=1))
    pages.confirm(editor, later, "publish", when="schedule", day=f"{at:%Y-%m-%d}", time="09:30")
    assert Schedule.objects.get().claim == later
    assert str(let_time_pass(later)) == "1 published, 0 refused"
    assert Record.objects.count() == len(now) + 1


def mail_of(settings: Any, name: str) -> list[str]:
    """The subjects of what the worker's job sends to somebody."""
    with mail_server(settings) as server:
        send()
    return [" ".join(message["Subject"].split()) for message in server.to(f"{name}@newsroom.example")]
