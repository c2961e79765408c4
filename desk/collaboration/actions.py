"""The acts of working together, one function each: which form it asks for, which service it calls, what is said."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Claim
from articles.services.claims import claims
from articles.services.collaboration import comments, dependencies, experts
from desk.claims.assign_forms import AssignForm
from desk.collaboration.forms import (
    CommentForm,
    DependencyForm,
    DueForm,
    InviteForm,
    PostponeForm,
    RewordForm,
    RowForm,
    SettleForm,
)
from desk.http.views import EmptyForm


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What was done, in words; ``warning`` says what was not; ``address`` is a link that is shown this once."""

    message: str
    warning: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """An act as it was asked for: by whom, when, on which claim, on which version of it (where that matters).

    The acts of ``COMMENT_ACTS`` are done on an article, too: ``claim`` is the article then.
    """

    claim: Any
    user: Any
    version: int
    values: dict[str, Any]
    at: datetime = field(default_factory=timezone.now)

    @property
    def about(self) -> dict[str, Claim | Article]:
        """What a comment is about, as services name it."""
        return {"claim" if isinstance(self.claim, Claim) else "article": self.claim}

    def row(self, rows: Any) -> Any:
        """The row of the claim that the act is about. Raises ``Http404``."""
        return get_object_or_404(rows, pk=self.values["row"])


def _say(asked: ActionRequest) -> ActionResult:
    pk = asked.values["parent"]
    parent = get_object_or_404(asked.claim.comments.all(), pk=pk) if pk else None
    words = {"text": asked.values["text"], "parent": parent, "refuses_unknown": True}
    comments.write(**asked.about, **words, by=asked.user, at=asked.at)  # type: ignore[arg-type]
    return ActionResult(_("Reply posted.") if parent else _("Comment posted."))


def _reword(asked: ActionRequest) -> ActionResult:
    comment = asked.row(asked.claim.comments.all())
    comments.reword(comment=comment, text=asked.values["text"], by=asked.user, at=asked.at, refuses_unknown=True)
    return ActionResult(_("Comment changed."))


def _remove(asked: ActionRequest) -> ActionResult:
    comments.remove(comment=asked.row(asked.claim.comments.all()), by=asked.user, at=asked.at)
    return ActionResult(_("Comment removed. The history keeps it."))


def _resolve(asked: ActionRequest) -> ActionResult:
    comments.resolve(comment=asked.row(asked.claim.comments.all()), by=asked.user, at=asked.at)
    return ActionResult(_("Thread resolved."))


def _reopen(asked: ActionRequest) -> ActionResult:
    comments.reopen(comment=asked.row(asked.claim.comments.all()), by=asked.user)
    return ActionResult(_("Thread reopened."))


def _seen(asked: ActionRequest) -> ActionResult:
    comments.mark_seen(**asked.about, by=asked.user, at=asked.at)  # type: ignore[arg-type]
    return ActionResult(_("Marked as read."))


def _wait(asked: ActionRequest) -> ActionResult:
    dependencies.begin(claim=asked.claim, by=asked.user, at=asked.at, **asked.values)
    return ActionResult(_("Dependency added."))


def _move(asked: ActionRequest) -> ActionResult:
    dependencies.postpone(
        dependency=asked.row(asked.claim.dependencies.all()), until=asked.values["until"], by=asked.user
    )
    return ActionResult(_("Day changed."))


def _settle(asked: ActionRequest) -> ActionResult:
    dependency, outcome = asked.row(asked.claim.dependencies.all()), asked.values["outcome"]
    dependencies.settle(dependency=dependency, outcome=outcome, by=asked.user, at=asked.at)
    return ActionResult(_("Dependency closed."))


def _assign(asked: ActionRequest) -> ActionResult:
    claims.edit(claim=asked.claim, by=asked.user, at=asked.at, version=asked.version, **asked.values)
    return ActionResult(_("Saved."))


def _take(asked: ActionRequest) -> ActionResult:
    claims.edit(claim=asked.claim, by=asked.user, at=asked.at, version=asked.version, assignee=asked.user)
    return ActionResult(_("Assigned to you."))


def _invite(asked: ActionRequest) -> ActionResult:
    _link, secret = experts.invite(claim=asked.claim, by=asked.user, at=asked.at, **asked.values)
    return ActionResult(_("The link is made."), address=settings.SITE_URL + reverse("expert:claim", args=[secret]))


def _revoke(asked: ActionRequest) -> ActionResult:
    link = asked.row(asked.claim.expert_links.select_related("claim"))
    experts.revoke(link=link, by=asked.user, at=asked.at)
    return ActionResult(_("Revoked. The link shows nothing any more."))


def _note_read(asked: ActionRequest) -> ActionResult:
    experts.settle_note(note=asked.row(asked.claim.expert_notes.all()), by=asked.user, at=asked.at)
    return ActionResult(_("Note marked as read."))


#: Each act by the last part of its address.
ACTS: dict[str, tuple[type[forms.Form], Callable[[ActionRequest], ActionResult]]] = {
    "say": (CommentForm, _say),
    "reword": (RewordForm, _reword),
    "remove": (RowForm, _remove),
    "resolve": (RowForm, _resolve),
    "reopen": (RowForm, _reopen),
    "seen": (EmptyForm, _seen),
    "wait": (DependencyForm, _wait),
    "move": (PostponeForm, _move),
    "settle": (SettleForm, _settle),
    "assign": (AssignForm, _assign),
    "due": (DueForm, _assign),
    "take": (EmptyForm, _take),
    "invite": (InviteForm, _invite),
    "revoke": (RowForm, _revoke),
    "note-read": (RowForm, _note_read),
}
#: Acts that are done on an article as on a claim.
COMMENT_ACTS = ("say", "reword", "remove", "resolve", "reopen", "seen")
#: Acts that change the claim itself, and so are done on the version that was seen.
ON_A_VERSION = ("assign", "due", "take")
