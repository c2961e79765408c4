"""What the article desk is told, as JSON: an article's claims, one claim in full, and why something was refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from articles import rules
from articles.choices import STAGE_TONES, Stage, Surface
from articles.models import Article, ArticleVersion, Claim, RightOfReply
from articles.selectors import admin_lists
from articles.selectors.passages import article_desk
from articles.services import audit
from articles.services.claims.claim_entry import AlreadyMarkedError, IdTakenError
from articles.services.collaboration.comments import CommentSettledError
from articles.services.collaboration.dependencies import DependencySettledError
from articles.services.collaboration.experts import NoteSettledError
from articles.services.errors import WrongStageError
from articles.services.evidence.evidence import OrderDiffersError
from desk.evidence import responses
from desk.http import badges
from desk.http.refusals import RefusedFormError
from desk.passages.forms import UnreadableRequestError, claim_values
from desk.verification import transition_pages
from lib.refusals import NotAllowedError, RefusedError, StaleError

#: Of refusals that say the world is another by now; all others say that the request is wrong.
_CONFLICTS = (
    *(StaleError, WrongStageError, AlreadyMarkedError, IdTakenError, OrderDiffersError),
    *(CommentSettledError, DependencySettledError, NoteSettledError),
)


def state(article: Article, version: ArticleVersion, tag: str) -> dict[str, Any]:
    """All claims of an article with their passages; ``tag`` names this state."""
    rows = article_desk.claims_with_passages(article)
    return {
        "tag": tag,
        "text": version.number,
        "newest_text": article.current_version().number,
        "claims": [line(claim) for claim in rows],
    }


def line(claim: Any) -> dict[str, Any]:
    """A claim as the list shows it and as a form about it starts; positions are code points of the named text."""
    return {
        "id": str(claim.pk),
        "version": claim.version,
        "page": reverse("admin:articles_claim_change", args=[claim.pk]),
        "stage": {"key": claim.stage, "label": str(Stage(claim.stage).label), "tone": STAGE_TONES[claim.stage]},
        "rating": {
            "label": claim.rating_label or "",
            "tone": claim.rating_tone or "",
            "sign": badges.RATING_SIGNS.get(claim.rating_tone or "", ""),
        },
        "assignee": claim.assignee.display_name() if claim.assignee else "",
        "by": claim.created_by.display_name(),
        "is_editable": rules.is_editable(claim),
        "words": claim_values(claim),
        "passages": [
            {
                "id": mark.pk,
                "text": mark.article_version.number,
                "start": mark.start,
                "end": mark.end,
                "exact": mark.exact,
                "state": mark.state,
            }
            for mark in claim.marks
        ],
    }


def full(claim: Claim, user: User) -> dict[str, Any]:
    """One claim with what it lacks, what can be done with it, and who was asked to reply."""
    panel = transition_pages.panel(claim, user)
    page = reverse("admin:articles_claim_change", args=[claim.pk])
    return {
        **line(_with_marks(claim)),
        "may_edit": rules.may_edit_claims(user) and rules.is_editable(claim),
        "may_take_back": claim.created_by_id == user.pk and claim.stage == Stage.DRAFT,
        "closed": str(panel["closed"]),
        "missing": [{"text": item.text, "field": item.anchor, "page": page} for item in panel["checklist"]],
        "is_complete": panel["checklist_done"],
        "steps": [
            {
                "key": step.key,
                "label": step.label,
                "help": step.help,
                "tone": step.tone,
                "page": step.address,
                "is_ready": step.ready,
                "needs_words": step.label.endswith("…"),
                "refusals": [item.text for item in step.refusals],
            }
            for step in panel["steps"]
        ],
        "replies": [reply(row) for row in claim.replies.all()],
        "evidence": responses.cards(claim),
        "evidence_at": reverse("admin:articles_claim_evidence", args=[claim.pk]),
    }


def reply(row: RightOfReply) -> dict[str, Any]:
    """Who was asked, when, how, and what they said."""
    return {
        "id": row.pk,
        "asked": row.asked,
        "asked_on": row.asked_on.isoformat(),
        "means": row.means,
        "means_label": row.get_means_display(),
        "answer": row.answer,
        "answered_on": row.answered_on.isoformat() if row.answered_on else "",
    }


def _with_marks(claim: Claim) -> Any:
    row: Any = admin_lists.claims().select_related("created_by").get(pk=claim.pk)
    row.marks = list(row.appearances.select_related("article_version").defer("article_version__body"))
    return row


def answering(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """``view`` with what it refuses as an answer: a code for programs, a sentence, errors by field."""

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with audit.surface(Surface.ADMIN):
                return view(*args, **kwargs)
        except UnreadableRequestError as error:
            return refused("unreadable", str(error), 400)
        except RefusedFormError as error:
            fields: dict[str, list[str]] = {}
            for problem in error.problems:
                fields.setdefault(problem.field or "__all__", []).append(problem.message)
            return refused(error.code, str(error), error.status, errors=fields)
        except NotAllowedError as error:
            return refused(error.code, str(error), 403)
        except AlreadyMarkedError as error:
            marks = [{"claim": str(m.claim_id), "statement": m.claim.text} for m in error.appearances]
            return refused(error.code, str(error), 409, marks=marks)
        except _CONFLICTS as error:
            return refused(error.code, str(error), 409)
        except RefusedError as error:
            return refused(error.code, str(error), 400, errors={"__all__": [str(error)]})
        except Http404:
            return refused("not_found", _("This is not there any more. Reload the page."), 404)

    return answered


def refused(code: str, message: str, status: int, **more: Any) -> JsonResponse:
    """An answer that says why nothing was changed."""
    return JsonResponse({"code": code, "message": message, **more}, status=status)
