"""Working together: what colleagues said about a claim, what it waits for, what came from outside."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from articles.choices import OPEN_STAGES, DependencyKind
from articles.models import Address, Article, Claim, Comment, Dependency, ExpertLink, ExpertNote, RightOfReply

#: "Soon" is this many days, today among them.
WEEK = timedelta(days=6)


def comments(about: Claim | Article) -> list[Comment]:
    """All that was said about a claim or an article, in its order, each with the colleagues it is addressed to."""
    addressed = Prefetch("addresses", Address.objects.select_related("user").order_by("id"))
    return list(about.comments.select_related("created_by", "resolved_by", "passage").prefetch_related(addressed))


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its replies, in the order in which they were written."""

    first: Comment
    replies: list[Comment]


def threads(rows: list[Comment]) -> list[Thread]:
    """These comments as threads: in the order in which the threads began."""
    found = {row.pk: Thread(row, []) for row in rows if row.parent_id is None}
    for row in rows:
        if row.parent_id in found:
            found[row.parent_id].replies.append(row)
    return list(found.values())


def unseen(user: User) -> QuerySet[Address]:
    """What is addressed to ``user`` and still asks something of them."""
    return Address.objects.filter(user=user, seen_at=None, comment__in=Comment.objects.open())


def mentions_for(user: User) -> QuerySet[Claim]:
    """Claims on which somebody addressed ``user``, or waits for their review; what was said last comes first."""
    said = Q(comments__in=unseen(user).values("comment"))
    asked = Q(dependencies__in=Dependency.objects.open().filter(colleague=user), stage__in=OPEN_STAGES)
    return (
        Claim.objects.filter(said | asked)
        .annotate(said_last=Max("comments__id", filter=said))
        .order_by(F("said_last").desc(nulls_last=True), "due_on")
    )


def colleagues() -> QuerySet[User]:
    """Who works on the desk (``rules.may_see_the_desk``, in one query): whom one may address, assign to, wait for."""
    rows: QuerySet[User] = User.objects.with_perm("articles.view_claim").filter(is_staff=True)
    return rows.order_by("first_name", "last_name", "username")


def colleagues_named(typed: str, *, limit: int) -> list[User]:
    """Colleagues whose sign-in name or name begins with ``typed``, then those who have it elsewhere in it."""
    rows = colleagues()
    if typed:
        rows = rows.filter(
            Q(username__icontains=typed) | Q(first_name__icontains=typed) | Q(last_name__icontains=typed)
        )
        begins = Q(username__istartswith=typed) | Q(first_name__istartswith=typed) | Q(last_name__istartswith=typed)
        rows = rows.annotate(begins=Q(begins)).order_by("-begins", "first_name", "last_name", "username")
    return list(rows[:limit])


# --- Waiting for ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing a claim waits for. ``dependency`` is empty for the right of reply, which has a row of its own."""

    claim: Claim
    label: str
    exactly: str
    since: date
    until: date | None
    dependency: Dependency | None = None

    def is_late(self, today: date) -> bool:
        """Whether it should have come by now."""
        return self.until is not None and self.until < today


def unanswered() -> QuerySet[RightOfReply]:
    """Who was asked about a claim that is still in work, and has not answered."""
    return RightOfReply.objects.filter(answer="", answered_on=None, claim__stage__in=OPEN_STAGES)


def dependencies_of(claim: Claim) -> list[Waiting]:
    """What ``claim`` waits for, the most pressing first."""
    waits = Dependency.objects.open().filter(claim=claim)
    found = [_noted(row) for row in _by_day(waits)]
    if claim.stage in OPEN_STAGES:
        asked = [row for row in claim.replies.all() if not row.answer and row.answered_on is None]
        found += [_asked(row) for row in sorted(asked, key=lambda row: (row.asked_on, row.pk))]
    return _pressing(found)


def most_pressing(waits: QuerySet[Dependency], asked: QuerySet[RightOfReply], *, limit: int) -> list[Waiting]:
    """Dependencies and outstanding replies: what is late or due first, then what has waited longest.

    Who was asked to reply has until the claim is due. Both kinds are cut at ``limit`` by one order, so the first of
    both are the first of all.
    """
    replies = asked.select_related("claim").order_by(F("claim__due_on").asc(nulls_last=True), "asked_on", "id")
    return _pressing([_noted(row) for row in _by_day(waits)[:limit]] + [_asked(row) for row in replies[:limit]])[:limit]


def waiting(*, limit: int) -> list[Waiting]:
    """What all claims in work wait for, the most pressing first."""
    return most_pressing(Dependency.objects.open().filter(claim__stage__in=OPEN_STAGES), unanswered(), limit=limit)


def _by_day(waits: QuerySet[Dependency]) -> QuerySet[Dependency]:
    return waits.select_related("claim", "colleague").order_by(F("until").asc(nulls_last=True), "since", "id")


def _pressing(found: list[Waiting]) -> list[Waiting]:
    return sorted(found, key=lambda one: (one.until or date.max, one.since))


def _noted(row: Dependency) -> Waiting:
    names = [row.colleague.display_name()] if row.colleague else []
    exactly = ": ".join([*names, *([row.note] if row.note else [])])
    return Waiting(row.claim, str(DependencyKind(row.kind).label), exactly, row.since, row.until, row)


def _asked(row: RightOfReply) -> Waiting:
    return Waiting(row.claim, str(DependencyKind.REPLY.label), row.asked, row.asked_on, row.claim.due_on)


def waiting_claims(rows: QuerySet[Claim], *, kind: str = "", late_on: date | None = None) -> QuerySet[Claim]:
    """Those of ``rows`` in work that wait: for one kind of thing, or for what should have come before ``late_on``."""
    waits = Dependency.objects.open().filter(claim=OuterRef("pk"))
    replies = unanswered().filter(claim=OuterRef("pk"))
    if late_on:
        waits, replies = waits.filter(until__lt=late_on), replies.filter(claim__due_on__lt=late_on)
    if kind:
        waits = waits.filter(kind=kind)
    waits_for = Q(Exists(waits)) | Q(Exists(replies)) if kind in ("", DependencyKind.REPLY) else Q(Exists(waits))
    return rows.filter(waits_for, stage__in=OPEN_STAGES)


def due_soon(rows: QuerySet[Claim], *, today: date) -> QuerySet[Claim]:
    """Those of ``rows`` that are open and due today or in the six days after."""
    return rows.filter(stage__in=OPEN_STAGES, due_on__range=(today, today + WEEK))


# --- From outside -----------------------------------------------------------------------------------
def links(claim: Claim, *, at: datetime) -> list[ExpertLink]:
    """The links to ``claim`` that work at ``at``, with how many notes came through each (``note_count``)."""
    rows = ExpertLink.objects.live(at=at).filter(claim=claim).select_related("created_by")
    return list(rows.annotate(note_count=Count("notes")))


def notes(claim: Claim) -> list[ExpertNote]:
    """What experts wrote about ``claim``, in the order it came."""
    return list(claim.expert_notes.select_related("link", "settled_by", "source"))


def with_notes_for(user: User) -> QuerySet[Claim]:
    """Claims with experts' notes nobody decided on, which concern ``user``: assigned to them, or they made the link.

    Notes on a claim of nobody concern everybody.
    """
    new = ExpertNote.objects.filter(claim=OuterRef("pk"), settled_at=None)
    mine = Q(Exists(new.filter(link__created_by=user)))
    return Claim.objects.filter(Exists(new)).filter(Q(assignee=user) | Q(assignee=None) | mine).order_by("due_on")


def summary(known: dict[str, Any]) -> str:
    """The counts of a claim in words; empty when there is nothing."""
    said, asked, came = known["open"], known["for_you"], known["notes"]
    parts = [
        ngettext("%(n)s open comment", "%(n)s open comments", said) % {"n": said} if said else "",
        _("%(n)s for you") % {"n": asked} if asked else "",
        ngettext("%(n)s note from outside", "%(n)s notes from outside", came) % {"n": came} if came else "",
    ]
    return ", ".join(part for part in parts if part)
