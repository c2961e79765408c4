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

from articles import rules
from articles.models import Article, Comment, ExpertNote
from articles.selectors.collaboration import inbox
from articles.selectors.passages import article_desk
from articles.selectors.verification.sent_back import sent_back_claims
from articles.services.collaboration import comments, experts
from desk.http.requests import number_in
from desk.http.views import Page
from desk.landing import rows
from desk.landing.rows import Group, group


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
    sent_back = sent_back_claims(mine)
    may_publish = user.has_perm("articles.publish_claim")
    assigned = [
        claim
        for claim in mine
        if not claim.is_only_marked and claim.pk not in sent_back and claim.assignee_id == user.pk
    ]
    if may_publish:
        assigned = [claim for claim in assigned if claim.stage != "approved"]
    late = [claim for claim in assigned if claim.due_on and claim.due_on < today]
    marked = inbox.by_article([claim for claim in mine if claim.is_only_marked])
    back = [rows.sent_back_row(claim, sent_back[claim.pk]) for claim in mine if claim.pk in sent_back]
    own = [rows.claim_row(claim, _open(claim)) for claim in assigned if claim not in late]
    mentions = [rows.mention_row(row) for row in inbox.mentions(user)]
    asked = [rows.asked_row(row) for row in inbox.reviews_asked(user)]
    return [
        group("sent-back", _("Sent back to you"), back, more="?assignee=me&stage=checking"),
        group("mentions", _("Mentions"), [*mentions, *asked], more="?for_me=comments"),
        group("overdue", _("Overdue"), [*(rows.claim_row(claim, _open(claim)) for claim in late)], more="?assignee=me"),
        *_as_checker(user),
        *_as_editor(user, today),
        group("assigned", _("Assigned to you"), own, more="?assignee=me"),
        group("marked", _("Marked in articles"), [rows.article_row(*one) for one in marked], more="?assignee=me"),
        *_from_outside(user),
        group("passages", _("Passages to confirm"), [rows.passage_row(one) for one in inbox.passages()]),
    ]


def _open(claim: Any) -> str:
    return _("Start") if claim.stage == "draft" and claim.is_bare else _("Continue")


def _as_checker(user: Any) -> list[Group]:
    if not user.has_perm("articles.review_claim"):
        return []
    found = [rows.claim_row(claim, _("Review"), name="review") for claim in inbox.to_review(user)]
    return [group("review", _("To review"), found, more="?stage=review")]


def _as_editor(user: Any, today: Any) -> list[Group]:
    groups = []
    if user.has_perm("articles.publish_claim"):
        found = [rows.claim_row(claim, _("Publish…"), name="publish") for claim in inbox.approved()]
        groups.append(group("approved", _("Ready to publish"), found, more="?stage=approved"))
    if user.has_perm("articles.assign_claim"):
        late = inbox.overdue_of_others(user, today=today)
        found = [rows.claim_row(claim, _("Open"), why=_worked_on(claim)) for claim in late]
        groups.append(group("late-others", _("Overdue of others"), found, more="?overdue=yes"))
    if user.has_perm("articles.recheck_claim"):
        found = [rows.recheck_row(claim) for claim in inbox.rechecks(today=today)]
        groups.append(group("recheck", _("Re-checks due"), found, more="?stage=published&o=7"))
    return groups


def _worked_on(claim: Any) -> str:
    who = claim.assignee.display_name() if claim.assignee else _("Unassigned")
    return f"{who} · {claim.get_stage_display()}"


def _from_outside(user: Any) -> list[Group]:
    groups = []
    if user.has_perm("articles.handle_report"):
        groups.append(group("reports", _("Reported errors"), [rows.report_row(one) for one in inbox.reports(user)]))
    if user.has_perm("articles.decide_submission"):
        found = [rows.submission_row(one) for one in inbox.submissions()]
        groups.append(group("submissions", _("Submissions"), found))
    found = [rows.note_row(one) for one in inbox.notes(user)]
    return [*groups, group("notes", _("Notes from outside experts"), found, more="?for_me=notes")]


def waiting_groups(user: Any) -> list[Group]:
    """What this person waits for; groups may be empty."""
    review = [rows.claim_row(claim, "") for claim in inbox.in_review(user)]
    waits = [rows.waiting_row(one) for one in inbox.waiting(user)]
    return [
        group("in-review", _("In review"), review, more="?assignee=me&stage=review"),
        group("waiting", _("Waiting for"), waits, more="?waiting=yes"),
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
