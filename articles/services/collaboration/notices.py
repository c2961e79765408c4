"""Who is notified of what happens to a claim. This is the one place for the rule; each service calls it in its act."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Claim, Comment, Dependency, Report, SecondVerdict, Verdict
from notifications.choices import Kind
from notifications.services.events import Event
from notifications.services.notices import notify

#: The steps that colleagues are notified of.
_STEPS = {"send_back": Kind.SENT_BACK, "approve": Kind.APPROVED, "publish": Kind.PUBLISHED}


def people_of(claim: Claim) -> set[int | None]:
    """Whose claim it is: who works on it, who entered it, and who proposed its newest verdict."""
    verdicts = Verdict.objects.filter(claim_id=claim.pk).order_by("-id")
    return {claim.assignee_id, claim.created_by_id, verdicts.values_list("proposed_by_id", flat=True).first()}


def assigned(claim: Claim, *, before: int | None, by: User, at: datetime) -> None:
    """Notify who works on ``claim`` now, when it was somebody else ``before``."""
    if claim.assignee_id not in (None, before):
        notify(_event(Kind.ASSIGNED, claim, by, at), people=[claim.assignee_id])


def mentioned_in(comment: Comment, *, people: Iterable[int], at: datetime) -> None:
    """Notify those whom a comment names. The notice leads to the comment."""
    if comment.claim is not None:
        title, page = comment.claim.text, f"/admin/articles/claim/{comment.claim_id}/change/"
    else:
        title, page = str(comment.article), f"/admin/articles/article/{comment.article_id}/desk/"
    path = f"{page}#comment-{comment.pk}"
    notify(Event(Kind.MENTIONED, title, path, at, comment.created_by, comment.text), people=people)


def mentioned(claim: Claim, *, people: Iterable[int], words: str, by: User, at: datetime) -> None:
    """Notify those whose review is waited for."""
    notify(_event(Kind.MENTIONED, claim, by, at, detail=words), people=people)


def second_verdict_asked(second: SecondVerdict, *, at: datetime) -> None:
    """Notify the person who is asked for a verdict of their own."""
    words = _("Please give a verdict of your own before you see the claim's.")
    event = Event(
        Kind.MENTIONED,
        second.claim.text,
        f"/admin/articles/claim/{second.claim_id}/review/",
        at,
        second.created_by,
        words,
    )
    notify(event, people=[second.person_id])


def step_taken(claim: Claim, *, step: str, comment: str, by: User, at: datetime) -> None:
    """Notify whose claim it is of the steps that they wait for: sent back, approved, published."""
    if step in _STEPS:
        notify(_event(_STEPS[step], claim, by, at, detail=comment), people=people_of(claim))


def answered(claim: Claim, *, asker: int | None, words: str, by: User | None, at: datetime) -> None:
    """Notify who asked that the answer is here."""
    notify(_event(Kind.ANSWERED, claim, by, at, detail=words), people=[asker])


def dependency_noted(dependency: Dependency, *, by: User, at: datetime) -> None:
    """Notify the colleague whose review is waited for."""
    if dependency.colleague_id:
        mentioned(dependency.claim, people=[dependency.colleague_id], words=str(dependency), by=by, at=at)


def reported(report: Report, *, at: datetime) -> None:
    """Notify whose claim it is that a reader reported an error. The reader's words stay with the report."""
    if report.claim is not None:
        event = Event(Kind.REPORTED, report.claim.text, f"/admin/articles/report/{report.pk}/change/", at)
        notify(event, people=people_of(report.claim))


def report_assigned(report: Report, *, before: int | None, by: User, at: datetime) -> None:
    """Notify who is to look into a report, when it was somebody else ``before``."""
    if report.assignee_id not in (None, before):
        title = report.claim.text if report.claim else report.page
        event = Event(Kind.ASSIGNED, title, f"/admin/articles/report/{report.pk}/change/", at, by)
        notify(event, people=[report.assignee_id])


def overdue(*, today: date, at: datetime) -> int:
    """Notify who works on (else who entered) each open claim that was due before ``today``; once for each due day.

    Returns how many claims are overdue.
    """
    rows = Claim.objects.open().filter(due_on__lt=today).order_by("due_on", "pk")
    for claim in rows:
        event = _event(Kind.OVERDUE, claim, None, at, once=f"overdue/{claim.pk}/{claim.due_on}")
        notify(event, people=[claim.assignee_id or claim.created_by_id])
    return len(rows)


def not_published(claim: Claim, *, scheduler_id: int, why: str, at: datetime) -> None:
    """Notify who scheduled ``claim``, and who works on it, that it was not published."""
    notify(_event(Kind.NOT_PUBLISHED, claim, None, at, detail=why), people=[scheduler_id, claim.assignee_id])


def _event(kind: str, claim: Claim, by: User | None, at: datetime, *, detail: str = "", once: str = "") -> Event:
    return Event(kind, claim.text, f"/admin/articles/claim/{claim.pk}/change/", at, by, detail, once)
