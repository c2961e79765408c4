"""The inbox: what is to do for the person who signed in, what waits for others, what was done lately."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles import rules
from articles.choices import Stage
from articles.models import Address, Article, Comment, ExpertNote
from articles.selectors.collaboration import inbox
from articles.selectors.passages import article_desk
from articles.selectors.verification.sent_back import sent_back_claims
from articles.services.collaboration import comments, experts
from desk.http.requests import number_in
from desk.http.views import Page
from desk.landing import rows
from desk.landing.rows import Group, Row, group


class InboxPage(Page):
    """The desk's first page."""

    template_name = "desk/landing/inbox.html"

    def back_address(self) -> str:
        """The page itself."""
        return reverse("admin:inbox")

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The groups that have rows."""
        user = request.user
        to_do = [found for found in to_do_groups(user) if found.rows]
        has_more = any(found.has_more for found in to_do)
        count = sum(len(found.rows) for found in to_do)
        return self.show(
            title=_("Inbox"),
            to_do=to_do,
            to_do_count=f"{count}+" if has_more else count,
            waiting=[found for found in waiting_groups(user) if found.rows],
            done=_done(user),
            articles_in_work=article_desk.in_work() if user.has_perm("articles.view_article") else [],
            may_add_claim=user.has_perm("articles.add_claim"),
            may_add_article=user.has_perm("articles.add_article"),
        )


def index(request: Any) -> HttpResponseBase:
    """The first page of the desk: the inbox; for who may not see the desk, a page that says so."""
    if rules.may_see_the_desk(request.user):
        return InboxPage.as_view()(request)
    answer: HttpResponse = admin.site.index(request)
    return answer


class DonePage(InboxPage):
    """POST: mark one thing of the inbox as done; JSON for the script, else back to the inbox."""

    http_method_names = ["post"]

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Mark it."""
        pk = number_in(request.POST.get("row", ""))
        said = _mark_done(request.POST.get("kind", ""), pk, request.user)
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"message": said})
        messages.success(request, said)
        return HttpResponseRedirect(self.back_address())


def _mark_done(kind: str, pk: int | None, user: Any) -> str:
    """Mark a mention or a note as read. Raises ``Http404`` for anything else."""
    if kind == "note":
        note = get_object_or_404(ExpertNote, pk=pk)
        experts.settle_note(note=note, by=user, at=timezone.now())
    else:
        comment = get_object_or_404(Comment, pk=pk if kind == "mention" else None)
        comments.mark_one_seen(comment=comment, by=user, at=timezone.now())
    return _("Marked as read.")


def to_do_groups(user: Any) -> list[Group]:
    """What this person has to do, most pressing first; groups may be empty."""
    today = localdate()
    mine = inbox.mine(user)
    came_back = sent_back_claims(mine)
    back = [claim for claim in mine if claim.pk in came_back]
    marked = [claim for claim in mine if claim.is_only_marked]
    own = [claim for claim in mine if claim.assignee_id == user.pk and not claim.is_only_marked]
    own = [claim for claim in own if claim.pk not in came_back and claim.stage != Stage.APPROVED]
    late = [claim for claim in own if claim.due_on and claim.due_on < today]
    later = [claim for claim in own if not claim.due_on or claim.due_on >= today]
    is_whole = sum(claim.stage == Stage.DRAFT for claim in mine) < inbox.MOST_DRAFTS
    articles = inbox.by_article(marked)
    return [
        group("sent-back", _("Sent back to you"), back, lambda one: rows.sent_back_row(one, came_back[one.pk])),
        _mentions(user),
        group("overdue", _("Overdue"), late, _own_row, more="?assignee=me"),
        *_as_checker(user),
        *_as_editor(user, today),
        group("assigned", _("Assigned to you"), later, _own_row, more="?assignee=me"),
        group("marked", _("Marked in articles"), articles, lambda one: rows.article_row(*one, is_whole=is_whole)),
        *_from_outside(user),
        group("passages", _("Passages to confirm"), inbox.passages(), rows.passage_row),
    ]


def _own_row(claim: Any) -> Row:
    return rows.claim_row(claim, _("Start") if claim.stage == Stage.DRAFT and claim.is_bare else _("Continue"))


def _mentions(user: Any) -> Group:
    found = [*inbox.mentions(user), *inbox.reviews_asked(user)]

    def row(one: Any) -> Row:
        return rows.mention_row(one) if isinstance(one, Address) else rows.asked_row(one)

    return group("mentions", _("Mentions"), found, row, more="?for_me=comments")


def _as_checker(user: Any) -> list[Group]:
    if not user.has_perm("articles.review_claim"):
        return []

    def row(claim: Any) -> Row:
        return rows.claim_row(claim, _("Review"), name="review")

    return [group("review", _("To review"), inbox.to_review(user), row, more="?stage=review")]


def _as_editor(user: Any, today: Any) -> list[Group]:
    def to_publish(claim: Any) -> Row:
        return rows.claim_row(claim, _("Publish…"), name="publish")

    def late(claim: Any) -> Row:
        return rows.claim_row(claim, pgettext("button", "Open"), why=_worked_on(claim))

    groups = []
    if user.has_perm("articles.publish_claim"):
        approved = inbox.approved()
        groups.append(group("approved", _("Ready to publish"), approved, to_publish, more="?stage=approved"))
    if user.has_perm("articles.assign_claim"):
        overdue = inbox.overdue_of_others(user, today=today)
        groups.append(group("late-others", _("Overdue of others"), overdue, late, more="?overdue=yes"))
    if user.has_perm("articles.recheck_claim"):
        found, more = inbox.rechecks(today=today), "?stage=published&o=7"
        groups.append(group("recheck", _("Re-checks due"), found, rows.recheck_row, more=more))
    return groups


def _worked_on(claim: Any) -> str:
    who = claim.assignee.display_name() if claim.assignee else _("Unassigned")
    return f"{who} · {claim.get_stage_display()}"


def _from_outside(user: Any) -> list[Group]:
    groups = []
    if user.has_perm("articles.handle_report"):
        groups.append(group("reports", _("Reported errors"), inbox.reports(user), rows.report_row))
    if user.has_perm("articles.decide_submission"):
        groups.append(group("submissions", _("Submissions"), inbox.submissions(), rows.submission_row))
    notes = inbox.notes(user)
    return [*groups, group("notes", _("Notes from outside experts"), notes, rows.note_row, more="?for_me=notes")]


def waiting_groups(user: Any) -> list[Group]:
    """What this person waits for; groups may be empty."""

    def mine(key: str, title: str, stage: Stage) -> Group:
        more = f"?assignee=me&stage={stage}"
        return group(key, title, found[stage], lambda claim: rows.claim_row(claim, ""), more=more)

    found = inbox.with_others(user)
    publishes = user.has_perm("articles.publish_claim")  # then it is to do
    return [
        mine("in-review", _("In review"), Stage.REVIEW),
        *([] if publishes else [mine("to-publish", _("Approved"), Stage.APPROVED)]),
        group("waiting", _("Waiting for"), inbox.waiting(user), rows.waiting_row, more="?waiting=yes"),
    ]


def _done(user: Any) -> list[dict[str, Any]]:
    words = {"approved": _("Approved"), "published": _("Published"), "answered": _("Mention read")}
    return [
        {
            "at": at,
            "what": words[what],
            "about": about,
            "address": reverse("admin:articles_article_desk", args=[about.pk])
            if isinstance(about, Article)
            else rows.page("change", about),
        }
        for at, what, about in inbox.done(user, at=timezone.now())
    ]
