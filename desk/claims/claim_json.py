"""A claim as the desk's scripts read it: a line of a list, or in full with what it lacks and what can be done."""

from typing import Any

from django.http import JsonResponse
from django.urls import reverse

from accounts.models import User
from articles import rating_words, rules
from articles.choices import STAGE_TONES, Stage
from articles.models import Claim, RightOfReply
from articles.selectors import admin_lists
from desk.claims import evidence_cards, stage_panel
from desk.http import badges
from desk.http.views import address_of


def line(claim: Any) -> dict[str, Any]:
    """A claim as the list shows it and as a form about it starts; positions are code points of the named text."""
    return {
        "id": str(claim.pk),
        "version": claim.version,
        "page": address_of(claim),
        "stage": {"key": claim.stage, "label": str(Stage(claim.stage).label), "tone": STAGE_TONES[claim.stage]},
        "rating": {
            "label": rating_words.at_desk(claim.rating_label or ""),
            "tone": claim.rating_tone or "",
            "sign": badges.RATING_SIGNS.get(claim.rating_tone or "", ""),
        },
        "assignee": claim.assignee.display_name() if claim.assignee else "",
        "by": claim.created_by.display_name(),
        "is_editable": rules.is_editable(claim),
        "fields": _field_values(claim),
        "passages": [
            {
                "id": mark.pk,
                "text": mark.article_version.number,
                "start": mark.start,
                "end": mark.end,
                "exact": mark.exact,
                "locator": mark.locator,
                "state": mark.state,
            }
            for mark in claim.marks
        ],
    }


def full(claim: Claim, user: User) -> dict[str, Any]:
    """One claim with what it lacks, what can be done with it, and who was asked to reply."""
    panel = stage_panel.panel(claim, user)
    page = address_of(claim)
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
                "needs_confirmation": step.needs_confirmation,
                "refusals": [item.text for item in step.refusals],
            }
            for step in panel["steps"]
        ],
        "replies": [_reply(row) for row in claim.replies.all()],
        "evidence": evidence_cards.cards(claim),
        "evidence_at": reverse("admin:articles_claim_evidence", args=[claim.pk]),
    }


def respond(claim: Claim, user: User, *, status: int = 200) -> JsonResponse:
    """The current claim, in full."""
    row = Claim.objects.select_related("claimant", "assignee").get(pk=claim.pk)
    return JsonResponse(full(row, user), status=status)


def _field_values(claim: Claim) -> dict[str, Any]:
    """What a form about ``claim`` starts with."""
    return {
        "text": claim.text,
        "claimant": str(claim.claimant) if claim.claimant else "",
        "claimant_id": str(claim.claimant_id) if claim.claimant_id else "",
        "is_unattributed": claim.is_unattributed,
        "claimed_on": claim.claimed_on.isoformat() if claim.claimed_on else "",
        "topics": ", ".join(claim.topics),
        "why_chosen": claim.why_chosen,
    }


def _reply(row: RightOfReply) -> dict[str, Any]:
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
