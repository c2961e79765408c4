"""Working together as JSON, for the panels of the article desk."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import User
from articles import rules
from articles.choices import DependencyKind
from articles.models import Article, Claim, Comment
from articles.selectors.collaboration import activity
from desk.collaboration.labels import labels
from desk.http import dates


def state(claim: Claim, user: Any) -> dict[str, Any]:
    """All that the panel shows of one claim."""
    at, today = timezone.now(), localdate()
    return {
        "claim": str(claim.pk),
        "version": claim.version,
        "page": reverse("admin:articles_claim_change", args=[claim.pk]) + "#together",
        "assignee": claim.assignee_id or "",
        "assignee_name": claim.assignee.display_name() if claim.assignee else "",
        "due_on": claim.due_on.isoformat() if claim.due_on else "",
        "is_late": claim.due_on is not None and rules.is_editable(claim) and claim.due_on < today,
        "may_edit": rules.may_edit_claims(user),
        "may_assign": user.has_perm("articles.assign_claim"),
        "may_take": claim.assignee_id != user.pk and rules.may_assign(user, assignee=user),
        "may_invite": rules.may_invite_experts(user, claim),
        "labels": labels(),
        "mentions": reverse("admin:collaboration_colleagues"),
        "colleagues": [person_data(person) for person in activity.colleagues()],
        "kinds": [{"value": value, "label": str(label)} for value, label in DependencyKind.choices],
        "comments": [comment_data(comment, user, at) for comment in activity.comments(claim)],
        "waits": [_waiting(one, today) for one in activity.dependencies_of(claim)],
        "links": len(activity.links(claim, at=at)),
        "notes": claim.expert_notes.filter(settled_at=None).count(),
    }


def article_state(article: Article, user: Any) -> dict[str, Any]:
    """All that the panel shows of the comments on an article."""
    at = timezone.now()
    return {
        "article": str(article.pk),
        "labels": labels(),
        "mentions": reverse("admin:collaboration_colleagues"),
        "comments": [comment_data(comment, user, at) for comment in activity.comments(article)],
    }


def person_data(person: User) -> dict[str, Any]:
    """A colleague, and by which name to mention them."""
    return {"id": person.pk, "name": person.display_name(), "call": person.username}


def comment_data(comment: Comment, user: Any, at: datetime) -> dict[str, Any]:
    """A comment with what ``user`` may do about it."""
    addressed = list(comment.addresses.all())
    is_open = comment.removed_at is None and comment.resolved_at is None
    return {
        "id": comment.pk,
        "parent": comment.parent_id,
        "by": comment.created_by.display_name(),
        "at": dates.moment(comment.created_at),
        "text": comment.text,
        "quoted": comment.passage.exact if hasattr(comment, "passage") and not comment.removed_at else "",
        "was_edited": comment.edited_at is not None,
        "was_removed": comment.removed_at is not None,
        "resolved_by": comment.resolved_by.display_name() if comment.resolved_by else "",
        "resolved_at": dates.moment(comment.resolved_at),
        "to": [address.user.display_name() for address in addressed],
        "is_for_you": is_open and any(one.user_id == user.pk and one.seen_at is None for one in addressed),
        "is_open": is_open,
        "may_reword": rules.may_reword_comment(user, comment, at=at),
        "may_remove": rules.may_remove_comment(user, comment),
    }


def threads(rows: list[Comment], user: Any, at: datetime) -> list[dict[str, Any]]:
    """Comments as threads, for templates: each first comment with its ``replies``."""
    found = []
    for thread in activity.threads(rows):
        replies = [comment_data(comment, user, at) for comment in thread.replies]
        first = comment_data(thread.first, user, at)
        for reply in replies:
            reply["is_for_you"] = reply["is_for_you"] and not first["resolved_by"]
        found.append({**first, "replies": replies, "count": len(replies) + 1})
    return found


def _waiting(one: activity.Waiting, today: Any) -> dict[str, Any]:
    return {
        "id": one.dependency.pk if one.dependency else None,
        "label": one.label,
        "exactly": one.exactly,
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else "",
        "is_late": one.is_late(today),
    }
