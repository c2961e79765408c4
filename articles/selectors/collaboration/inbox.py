"""What the inbox shows to one person: one bounded statement for each kind of thing.

Each statement reads at most a fixed number of rows by an index, so that it costs the same with many open claims.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from articles.choices import OPEN_STAGES, Stage
from articles.models import (
    Address,
    Appearance,
    Article,
    Claim,
    Comment,
    Dependency,
    Evidence,
    ExpertNote,
    Report,
    RightOfReply,
    Submission,
    Verdict,
)
from articles.selectors.collaboration import activity
from articles.selectors.passages import passage_review

#: So many of one kind are shown; one more is read, to know that there are more.
SHOWN = 20
#: So many drafts of one person are looked at to count those that are only marked.
MOST_DRAFTS = 150
#: How long something done is shown.
RECENT = timedelta(days=7)


def _few(rows: QuerySet[Any]) -> list[Any]:
    return list(rows[: SHOWN + 1])


def mine(user: User) -> list[Any]:
    """Open claims that ``user`` works on, and nobody's that ``user`` wrote and somebody sent back.

    Each has ``is_only_marked``: a draft with a passage, and without evidence, verdict or due day; such a claim has its
    ``article_id`` and ``article_title``.
    """
    assigned = Claim.objects.filter(assignee=user).order_by("due_on").values("pk")
    wrote = Claim.objects.filter(assignee=None, created_by=user).order_by("due_on").values("pk")
    wanted = assigned.filter(stage=Stage.DRAFT)[:MOST_DRAFTS].union(
        assigned.filter(stage=Stage.CHECKING)[: 2 * SHOWN],
        assigned.filter(stage=Stage.APPROVED)[: 2 * SHOWN],
        wrote.filter(stage=Stage.CHECKING)[:SHOWN],
        all=True,
    )
    first = Appearance.objects.filter(claim=OuterRef("pk")).order_by("id")
    rows = Claim.objects.filter(pk__in=wanted).select_related("claimant")
    rows = rows.annotate(
        is_bare=~Exists(Evidence.objects.filter(claim=OuterRef("pk")))
        & ~Exists(Verdict.objects.filter(claim=OuterRef("pk"))),
        article_id=Subquery(first.values("article_version__article_id")[:1]),
        article_title=Subquery(first.values("article_version__article__title")[:1]),
    )
    found: list[Any] = list(rows.order_by(F("due_on").asc(nulls_last=True), "-updated_at"))
    for claim in found:
        is_marked = claim.stage == Stage.DRAFT and claim.is_bare and claim.article_id and not claim.due_on
        claim.is_only_marked = bool(is_marked)
    return found


def mentions(user: User) -> list[Address]:
    """Mentions of ``user`` that still ask something, the newest first."""
    about = ("comment__created_by", "comment__claim", "comment__article")
    return _few(activity.unseen(user).select_related(*about).order_by("-comment_id"))


def reviews_asked(user: User) -> list[Dependency]:
    """Claims that wait for the review of ``user``, by name."""
    rows = Dependency.objects.open().filter(colleague=user, claim__stage__in=OPEN_STAGES)
    return _few(rows.select_related("claim", "created_by").order_by(F("until").asc(nulls_last=True), "id"))


def to_review(user: User) -> list[Claim]:
    """Claims that wait for a second person who may be ``user``: who neither wrote them nor proposed their verdict."""
    proposed = Verdict.objects.filter(claim=OuterRef("pk"), proposed_by=user)
    rows = Claim.objects.filter(stage=Stage.REVIEW).exclude(created_by=user).exclude(Exists(proposed))
    return _few(rows.select_related("claimant", "assignee").order_by("due_on", "pk"))


def approved() -> list[Claim]:
    """Claims that can be published."""
    rows = Claim.objects.filter(stage=Stage.APPROVED).select_related("claimant", "assignee")
    return _few(rows.order_by("due_on", "pk"))


def overdue_of_others(user: User, *, today: date) -> list[Claim]:
    """Open claims after their due day that ``user`` does not work on."""
    rows = Claim.objects.open().filter(due_on__lt=today).exclude(assignee=user)
    return _few(rows.select_related("claimant", "assignee").order_by("due_on"))


def reports(user: User) -> list[Report]:
    """Reports of readers that nobody decided on: those of ``user`` and those of nobody."""
    rows = Report.objects.open().filter(Q(assignee=user) | Q(assignee=None))
    return _few(rows.select_related("claim").order_by("id"))


def submissions() -> list[Submission]:
    """Claims that were sent in and wait for a decision, the oldest first."""
    return _few(Submission.objects.waiting().order_by("id"))


def notes(user: User) -> list[ExpertNote]:
    """Notes of experts that nobody settled and that concern ``user``: their claim, their link, or nobody's claim."""
    rows = ExpertNote.objects.filter(settled_at=None)
    rows = rows.filter(Q(claim__assignee=user) | Q(claim__assignee=None) | Q(link__created_by=user))
    return _few(rows.select_related("claim").order_by("id"))


def rechecks(*, today: date) -> list[Claim]:
    """Published claims that are due for a re-check."""
    rows = Claim.objects.filter(stage=Stage.PUBLISHED, recheck_on__lte=today)
    return _few(rows.select_related("claimant").order_by("recheck_on"))


def passages() -> list[Appearance]:
    """Passages to confirm, because the text of their article changed."""
    return _few(passage_review.unsettled().select_related("claim", "article_version__article").order_by("id"))


# --- Waiting for others -----------------------------------------------------------------------------
def with_others(user: User) -> dict[str, list[Claim]]:
    """Claims of ``user`` that wait for others, by stage: for a second person, and for who publishes them."""
    rows = Claim.objects.filter(Q(assignee=user) | Q(assignee=None, created_by=user)).order_by("due_on", "pk")
    first = [rows.filter(stage=stage).values("pk")[: SHOWN + 1] for stage in (Stage.REVIEW, Stage.APPROVED)]
    found = rows.filter(pk__in=first[0].union(first[1], all=True)).select_related("claimant")
    return {stage: [claim for claim in found if claim.stage == stage] for stage in (Stage.REVIEW, Stage.APPROVED)}


def waiting(user: User) -> list[activity.Waiting]:
    """What claims that ``user`` works on, or asked for, wait for; what is late or due first."""
    mine = Q(claim__assignee=user) | Q(created_by=user)
    waits = Dependency.objects.open().filter(mine, claim__stage__in=OPEN_STAGES).exclude(colleague=user)
    asked = RightOfReply.objects.filter(mine, answer="", answered_on=None, claim__stage__in=OPEN_STAGES)
    return activity.most_pressing(waits, asked, limit=SHOWN + 1)


# --- Done and in work -------------------------------------------------------------------------------
def done(user: User, *, at: datetime) -> list[tuple[datetime, str, Claim | Article]]:
    """What ``user`` did lately: moment, what ("approved", "published", "answered"), and about what; newest first."""
    since = at - RECENT
    verdicts = Verdict.objects.filter(approved_by=user, approved_at__gte=since).select_related("claim")
    own = Claim.objects.filter(Q(assignee=user) | Q(created_by=user), stage=Stage.PUBLISHED, updated_at__gte=since)
    seen = Address.objects.filter(user=user, seen_at__gte=since).select_related("comment__claim", "comment__article")
    found: list[Any] = [
        *((row.approved_at, "approved", row.claim) for row in verdicts.order_by("-approved_at")[:SHOWN]),
        *((row.updated_at, "published", row) for row in own.order_by("-updated_at")[:SHOWN]),
        *((row.seen_at, "answered", _about(row.comment)) for row in seen.order_by("-seen_at")[:SHOWN]),
    ]
    return sorted(found, key=lambda one: one[0], reverse=True)[:SHOWN]


def _about(comment: Comment) -> Any:
    return comment.claim or comment.article


def by_article(claims: Sequence[Any]) -> list[tuple[UUID, str, int]]:
    """The articles of claims that are only marked: id, title, and how many claims; most first."""
    counts: dict[tuple[UUID, str], int] = {}
    for claim in claims:
        key = (claim.article_id, claim.article_title)
        counts[key] = counts.get(key, 0) + 1
    return [(pk, title, count) for (pk, title), count in sorted(counts.items(), key=lambda one: -one[1])]
