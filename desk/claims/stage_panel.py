"""The panel with a claim's stage, its possible steps, what it lacks, and what readers see of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.groups import groups_by_permission, groups_sentence
from accounts.models import User
from articles import explanations, guards, rules, text, workflow
from articles.choices import Stage
from articles.guards import Unmet
from articles.models import Claim, PublishedClaim
from articles.selectors import admin_lists, reports, translations
from articles.selectors.claims import duplicates, progress
from articles.selectors.log import record_content
from articles.selectors.newsroom import front_pins
from articles.selectors.verification import schedules, sent_back
from articles.text import in_sentence
from articles.workflow import Transition
from desk.claims import explanation_words, next_step
from desk.http import badges
from desk.http.views import address_of
from lib.refusals import NotAllowedError

#: Where on the page what a guard asks for is filled in.
_ANCHORS = {"evidence": "evidence-group", "appearances": "appearances-group", "picture": "picture-group"}
#: Conditions that no content can meet.
_OF_A_PERSON = ("second_person", "approval_stale", "never_public")
_CLOSED = {
    Stage.PUBLISHED: gettext_lazy(
        "Published, so its content does not change in place. To change it, start a re-check: "
        "readers keep the last record until you publish again."
    ),
    Stage.RETRACTED: gettext_lazy(
        "Retracted, so its content does not change in place. To take it up again, start a re-check."
    ),
    Stage.DROPPED: gettext_lazy("Dropped, so its content is not edited. To work on it, take it up again."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step is not possible now, and the place on the page where that is met."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """One step as the panel shows it; ``refusals`` are the reasons why a click would not succeed."""

    key: str
    label: str
    help: str
    tone: str
    address: str
    ready: bool
    needs_confirmation: bool
    refusals: list[Reason]
    #: The page on which the step is taken, where it has one.
    page: str = ""
    #: Whether this person may take it once the content suffices.
    may: bool = True


def panel(claim: Claim, user: User) -> dict[str, Any]:
    """What the claim page says about its stage, its next step, and what readers have."""
    face = admin_lists.current_publication(claim.pk)
    known = progress.progress_of(claim, asker=user, faces=[face] if face else [], will_open=True)
    return {
        **foot(claim, known, face),
        "stage_badge": badges.stage(claim.stage),
        "stage": claim.stage,
        "closed": _CLOSED.get(Stage(claim.stage), ""),
        "sent_back": sent_back.sent_back_claims([claim]).get(claim.pk),
        "verdict": record_content.current_verdict(claim),
        "face": face,
        "face_address": f"/claims/{face.slug}/" if face else "",
        "face_checked_on": face.checked_on if face else None,
        "face_recheck_on": _recheck_day(face),
        "open_reports": reports.open_about(claim),
        "reports_address": _reports_address(claim) if user.has_perm("articles.view_report") else "",
        **_duplicates(claim),
        **_translations(claim),
        **_front_pin(claim, user, face),
        "may_translate": rules.may_edit_claims(user),
        "schedule": schedules.standing(claim),
        "publish_address": step_address(claim, "publish"),
        "preview_address": reverse("admin:articles_claim_preview", args=[claim.pk]),
        "newer_draft": face is not None and claim.stage not in (Stage.PUBLISHED, Stage.RETRACTED),
    }


def foot(claim: Claim, known: progress.Progress, face: PublishedClaim | None) -> dict[str, Any]:
    """The steps that lead on and what is missing, from facts that need not be saved yet."""
    is_editable = rules.is_editable(claim)
    missing = known.missing if is_editable else []
    steps = [*_short_way(known), *known.steps]
    buttons = _buttons([step for step in steps if _has_an_object(step)], claim, face)
    items = next_step.checklist(known.facts, missing, {item.key: _reason(item).anchor for item in missing})
    placed = next_step.arranged(buttons, claim.stage, is_approved=known.facts.approval_fresh)
    return {
        "steps": buttons,
        "checklist": [_reason(item) for item in missing],
        "checklist_done": is_editable and not missing,
        "checklist_items": items if is_editable else [],
        "next_reasons": next_step.reasons_beside(placed["next_step"], items if is_editable else []),
        **placed,
    }


def _short_way(known: progress.Progress) -> list[progress.Step]:
    """From a draft that lacks nothing, the step that starts its check and submits it."""
    submit = workflow.get("submit")
    may = any(step.transition.key in workflow.way(known.facts.stage, "submit") and step.ready for step in known.steps)
    is_short = known.facts.stage == Stage.DRAFT and may and not workflow.unmet(submit, known.facts)
    return [progress.Step(submit, may, [])] if is_short else []


def needs_confirmation_page(transition: Transition) -> bool:
    """Whether a step asks for more than a click: a comment, reading it, or a look at what readers will get."""
    return transition.needs_comment or transition.key in ("approve", "publish")


def _buttons(steps: list[progress.Step], claim: Claim, face: PublishedClaim | None) -> list[Button]:
    groups = groups_by_permission({step.transition.permission for step in steps if not step.allowed})
    return [button(step, claim, face, groups.get(step.transition.permission, [])) for step in steps]


def button(step: progress.Step, claim: Claim, face: PublishedClaim | None, groups: Sequence[str] = ()) -> Button:
    """A step of ``claim`` as a button; ``groups`` are the names of those who may take it."""
    transition = step.transition
    refusals = [_reason(item) for item in step.unmet]
    if not step.allowed:
        refusals.insert(
            0,
            Reason(
                str(NotAllowedError.for_(_("You do not have permission to do this."), groups=groups_sentence(groups)))
            ),
        )
    needs_confirmation = needs_confirmation_page(transition)
    return Button(
        key=transition.key,
        label=transition.label + ("…" if needs_confirmation else ""),
        help=transition.help,
        tone=transition.tone,
        address=step_address(claim, transition.key),
        ready=step.ready,
        needs_confirmation=needs_confirmation,
        refusals=refusals,
        page=next_step.page_of_step(claim, transition.key),
        may=step.allowed and not any(item.key in _OF_A_PERSON for item in step.unmet),
    )


def step_address(claim: Claim, key: str) -> str:
    """The address of the page on which a step is confirmed."""
    if key == "approve":
        return reverse("admin:articles_claim_review", args=[claim.pk])
    if key == "publish":
        return reverse("admin:articles_claim_publish", args=[claim.pk])
    return reverse("admin:articles_claim_step", args=[claim.pk, key])


def done_text(transition: Transition, claim: Claim) -> str:
    """What is said once a step was taken."""
    return _("%(label)s: done. The claim is %(stage)s now.") % {
        "label": transition.label,
        "stage": in_sentence(claim.get_stage_display()),
    }


def _recheck_day(face: PublishedClaim | None) -> date | None:
    """The day of the next check as readers have it, which need not be the desk's any more."""
    day = face.record.document().get("recheck_on") if face else None
    return date.fromisoformat(day) if day else None


def _has_an_object(step: progress.Step) -> bool:
    """Whether the step is about this claim: what was never published cannot be retracted, nor others' work recalled."""
    return not {guards.IS_PUBLIC.key, guards.OWN_SUBMISSION.key} & {unmet.key for unmet in step.unmet}


def _reports_address(claim: Claim) -> str:
    return f"{reverse('admin:articles_report_changelist')}?claim__id__exact={claim.pk}"


def _reason(item: Unmet) -> Reason:
    return Reason(item.text, _ANCHORS.get(item.field, f"id_{item.field}" if item.field else ""))


def _duplicates(claim: Claim) -> dict[str, Any]:
    """Of which claim this one is a repeat, and which passages of its own repeats wait."""
    relation = duplicates.of(claim)
    waiting = list(duplicates.waiting(claim))
    return {
        "repeats": relation.other if relation else None,
        "undo_address": reverse("admin:articles_claim_undo_repeat", args=[claim.pk]),
        "waiting_passages": waiting,
        "take_over_address": reverse("admin:articles_claim_take_over", args=[claim.pk])
        if waiting and rules.is_editable(claim)
        else "",
    }


def _front_pin(claim: Claim, user: User, face: PublishedClaim | None) -> dict[str, Any]:
    """Who pinned the claim to the front page, and where that is done."""
    if face is None or face.is_retracted:
        return {}
    may = rules.may_publish(user)
    return {
        "front_pin": front_pins.standing_of(claim, today=localdate()),
        "pin_address": reverse("admin:articles_claim_pin", args=[claim.pk]) if may else "",
    }


def _original_words(face: PublishedClaim) -> dict[str, Any]:
    """What the original says, to be read while it is translated."""
    words = translations.words_of(face)
    explanation = explanations.on_desk(
        words.explanation_html, words.language, picture_base=explanation_words.picture_base()
    )
    return {"words": words, "explanation": explanation}


def _translations(claim: Claim) -> dict[str, Any]:
    """Of which claim this one is a translation, and which translations it has."""
    original = claim.translation_of
    face = admin_lists.current_publication(original.pk) if original else None
    stands = face is not None and not face.is_retracted
    is_behind = original is not None and (face is None or not stands or face.revision != claim.translated_revision)
    may_begin = original is None and claim.stage == Stage.PUBLISHED
    return {
        "translation_of": original,
        "original_face": face,
        "original_words": _original_words(face) if face is not None and stands else None,
        "is_behind": is_behind,
        "catch_up_address": reverse("admin:articles_claim_catch_up", args=[claim.pk])
        if is_behind and stands and rules.is_editable(claim)
        else "",
        "translations": [
            (row, text.language_name(row.language), badges.stage(row.stage), address_of(row))
            for row in translations.of(claim)
        ],
        "translate_address": reverse("admin:articles_claim_translate", args=[claim.pk]) if may_begin else "",
    }
