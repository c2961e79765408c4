"""The section about working together, as the claim's page and a page of its own show it."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import User
from articles import rules
from articles.models import Claim
from articles.selectors.collaboration import activity
from desk.claims.assign_forms import AssignForm, ColleagueField
from desk.collaboration import responses
from desk.collaboration.forms import CommentForm, DependencyForm, DueForm, InviteForm
from desk.http import versions


def section(
    claim: Claim,
    user: Any,
    bound: dict[str, forms.Form] | None = None,
    *,
    colleagues: list[User] | None = None,
) -> dict[str, Any]:
    """What the section shows; ``bound`` are forms that were posted and have to be shown again.

    ``colleagues`` are ``activity.colleagues()`` where the page has read them already.
    """
    at, today = timezone.now(), localdate()
    offered = list(activity.colleagues()) if colleagues is None else colleagues
    threads = responses.threads(activity.comments(claim), user, at)
    comments = [one for thread in threads for one in (thread, *thread["replies"])]
    notes = activity.notes(claim)
    counts = {
        "open": sum(one["is_open"] for thread in threads if thread["is_open"] for one in (thread, *thread["replies"])),
        "for_you": sum(comment["is_for_you"] for comment in comments),
        "notes": sum(note.settled_at is None for note in notes),
    }
    return {
        "together_summary": activity.summary(counts),
        "together_address": reverse("admin:articles_claim_together", args=[claim.pk]),
        "threads": threads,
        "open_comments": counts["open"],
        "for_you": bool(counts["for_you"]),
        "waits": [(one, one.is_late(today)) for one in activity.dependencies_of(claim)],
        "links": activity.links(claim, at=at),
        "notes": notes,
        "may_edit_claims": rules.may_edit_claims(user),
        "may_invite": rules.may_invite_experts(user, claim),
        "may_settle_notes": rules.may_settle_notes(user),
        "may_take": claim.assignee_id != user.pk and rules.may_assign(user, assignee=user),
        "may_assign": user.has_perm("articles.assign_claim"),
        "can_cite": rules.is_editable(claim),
        "together_version": versions.sign(claim),
        "together_forms": _forms(claim, offered) | _at_their_comments(bound or {}, comments),
    }


def _at_their_comments(bound: dict[str, forms.Form], comments: list[dict[str, Any]]) -> dict[str, forms.Form]:
    """Put a refused reply or change to the comment that it belongs to; returns the other forms."""
    others = dict(bound)
    for key, field, name in (("say", "parent", "reply_form"), ("reword", "row", "edit_form")):
        row = str(bound[key].data.get(field, "")) if key in bound else ""
        for comment in comments:
            if str(comment["id"]) == row:
                comment[name] = others.pop(key)
    return others


def _forms(claim: Claim, colleagues: list[User]) -> dict[str, forms.Form]:
    made: dict[str, forms.Form] = {
        "say": CommentForm(auto_id="say_%s"),
        "wait": DependencyForm(auto_id="wait_%s"),
        "assign": AssignForm(auto_id="assign_%s", initial={"assignee": claim.assignee_id, "due_on": claim.due_on}),
        "due": DueForm(auto_id="due_%s", initial={"due_on": claim.due_on}),
        "invite": InviteForm(auto_id="invite_%s"),
    }
    for form in made.values():
        for field in form.fields.values():
            if isinstance(field, ColleagueField):
                field.offer(colleagues)
    return made
