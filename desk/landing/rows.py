"""The rows of the inbox: for each kind of thing what it is, why it is there, and the one thing to do next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Address, Appearance, Claim, Dependency, ExpertNote, Report, Submission
from articles.selectors.collaboration.activity import Waiting
from articles.selectors.collaboration.inbox import SHOWN


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: ``lead`` says what happened, ``text`` about what; ``button`` leads to its next act at ``address``.

    ``done`` is what the inbox can mark as done: a kind and an id. ``day`` is the due day, ``at`` when it came.
    """

    text: str
    address: str
    button: str
    lead: str = ""
    why: str = ""
    at: datetime | None = None
    day: date | None = None
    is_late: bool = False
    done: tuple[str, str] | None = None
    done_label: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind, under one heading; ``more`` leads to the others where not all are shown."""

    key: str
    title: str
    rows: list[Row] = field(default_factory=list)
    has_more: bool = False
    more: str = ""

    @property
    def count(self) -> str:
        """How many, for people; more than are shown are not counted."""
        return f"{SHOWN}+" if self.has_more else str(len(self.rows))


def group(key: str, title: str, found: Sequence[Any], row: Callable[[Any], Row], *, more: str = "") -> Group:
    """A group of at most ``SHOWN`` of what was found; ``row`` makes the row of one."""
    shown = [row(one) for one in found[:SHOWN]]
    return Group(key, title, shown, len(found) > SHOWN, f"{reverse('admin:articles_claim_changelist')}{more}")


def page(name: str, claim: Claim) -> str:
    """The address of a claim's page called ``name``; of its main page where this desk has no such page."""
    return reverse(_known(name), args=[claim.pk])


@cache
def _known(name: str) -> str:
    """The name of the address, or that of the main page."""
    try:
        reverse(f"admin:articles_claim_{name}", args=[UUID(int=0)])
    except NoReverseMatch:
        return "admin:articles_claim_change"
    return f"admin:articles_claim_{name}"


def _late(day: date | None) -> tuple[str, bool]:
    """How late, in words."""
    days = (localdate() - day).days if day else 0
    if days > 0:
        return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}, True
    return (_("Due today"), False) if day and days == 0 else ("", False)


def _about(claim: Claim, *others: str) -> str:
    """The claimant or assignee and the stage, in one quiet line."""
    return " · ".join([*(one for one in others if one), str(claim.get_stage_display())])


def claim_row(claim: Claim, button: str, *, name: str = "change", lead: str = "", why: str = "") -> Row:
    """A claim whose next act is on its page ``name``."""
    late, is_late = _late(claim.due_on)
    who = claim.claimant.name if claim.claimant else ""
    given: dict[str, Any] = {
        "lead": lead or late,
        "why": why or _about(claim, who),
        "day": claim.due_on,
        "is_late": is_late,
    }
    return Row(claim.text, page(name, claim), button, **given)


def sent_back_row(claim: Claim, change: Any) -> Row:
    """A claim that came back, with what is missing."""
    name = change.actor.display_name() if change.actor else ""
    lead = _("%(name)s sent back") % {"name": name} if name else _("Sent back")
    why = f"“{change.reason}”" if change.reason else ""
    return Row(claim.text, page("change", claim), _("Edit"), lead=lead, why=why, at=change.at, day=claim.due_on)


def mention_row(address: Address) -> Row:
    """A comment that mentions this person."""
    comment = address.comment
    about, where = comment.claim or comment.article, f"#comment-{comment.pk}"
    if comment.claim is not None:
        place = page("change", comment.claim)
    else:
        place = reverse("admin:articles_article_desk", args=[comment.article_id])
    lead = _("%(name)s mentions you") % {"name": comment.created_by.display_name()}
    given: dict[str, Any] = {"why": f"“{comment.text}”", "at": comment.created_at, "done_label": _("Mark as read")}
    return Row(str(about), place + where, _("Reply"), lead=lead, done=("mention", str(comment.pk)), **given)


def asked_row(dependency: Dependency) -> Row:
    """A claim that waits for the review of this person."""
    late, is_late = _late(dependency.until)
    lead = _("%(name)s asks for your review") % {"name": dependency.created_by.display_name()}
    why = " · ".join(one for one in (late, dependency.note, _about(dependency.claim)) if one)
    claim, until = dependency.claim, dependency.until
    return Row(claim.text, page("change", claim), _("Review"), lead=lead, why=why, day=until, is_late=is_late)


def article_row(pk: Any, title: str, count: int, *, is_whole: bool) -> Row:
    """An article with claims that are only marked; not ``is_whole``: there may be more."""
    why = ngettext("%(n)s claim marked in this article", "%(n)s claims marked in this article", count) % {"n": count}
    if not is_whole:
        why = _("%(n)s or more claims marked in this article") % {"n": count}
    return Row(title, reverse("admin:articles_article_desk", args=[pk]), _("Open article"), why=why)


def report_row(report: Report) -> Row:
    """An error that a reader reported."""
    text = report.claim.text if report.claim else report.page
    place = reverse("admin:articles_report_change", args=[report.pk])
    return Row(text, place, _("Decide"), lead=_("A reader reports an error"), why=f"“{report}”", at=report.received_at)


def submission_row(submission: Submission) -> Row:
    """A claim that was sent in."""
    place = reverse("admin:articles_submission_change", args=[submission.pk])
    return Row(str(submission), place, _("Decide"), lead=_("Submission"), at=submission.received_at)


def note_row(note: ExpertNote) -> Row:
    """A note of an expert."""
    lead = _("%(name)s sent a note") % {"name": note.name}
    place = f"{page('change', note.claim)}#note-{note.pk}"
    given: dict[str, Any] = {"why": f"“{note.text}”", "at": note.received_at, "done_label": _("Mark as read")}
    return Row(note.claim.text, place, _("Open note"), lead=lead, done=("note", str(note.pk)), **given)


def recheck_row(claim: Claim) -> Row:
    """A published claim whose facts may have moved."""
    return Row(claim.text, page("change", claim), _("Re-check"), why=_("Published"), day=claim.recheck_on)


def passage_row(passage: Appearance) -> Row:
    """A passage that the newer text of its article does not have as it was."""
    version = passage.article_version
    place = reverse("admin:articles_article_change", args=[version.article_id])
    lead = _("Newer text of “%(title)s”") % {"title": version.article.title}
    return Row(passage.claim.text, place, _("Compare"), lead=lead, why=f"“{passage.exact}”")


def waiting_row(one: Waiting) -> Row:
    """Something that a claim waits for."""
    late, is_late = _late(one.until)
    why = f"{one.label}: {one.exactly}"
    return Row(one.claim.text, f"{page('change', one.claim)}#together", "", late, why, day=one.until, is_late=is_late)
