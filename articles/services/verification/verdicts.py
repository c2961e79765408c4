"""From a proposed verdict to an approved one: the steps of the life cycle that stay inside the newsroom."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from accounts.groups import who_may
from accounts.models import User
from articles import guards, rules, text, workflow
from articles.models import Claim, Picture, Rating, Verdict
from articles.selectors.claims import progress
from articles.selectors.log import approved_content, evidence_numbers, record_content
from articles.selectors.verification import approval_reason, second_verdicts
from articles.services import audit, editing, submission_events
from articles.services.collaboration import comments, mentions, notices
from articles.services.errors import GuardsUnmetError, WrongStageError
from articles.text import in_sentence
from articles.workflow import Transition
from lib.refusals import NotAllowedError
from lib.richtext import checks, citations
from lib.richtext.cleaning import clean as sanitize

__all__ = ["approve", "propose_verdict", "sanitize", "step", "transition"]


def propose_verdict(
    *,
    claim: Claim,
    rating: Rating,
    summary: str,
    by: User,
    at: datetime,
    version: int,
    explanation_html: str = "",
) -> Verdict:
    """Propose a verdict. One that is not approved yet is changed; an approved one is followed by a new one.

    Raises ``ValidationError`` for a retired rating and for an explanation that cites other claims' evidence or has a
    table or chart that cannot be shown, ``VerdictHiddenError`` for somebody who has to give a second verdict first,
    and what ``editing.claim_content`` raises.
    """
    with editing.claim_content(claim, by=by, at=at, version=version) as locked:
        second_verdicts.check_shown(locked, by)
        verdict = record_content.current_verdict(locked)
        if rating.retired_on is not None and (verdict is None or verdict.rating_id != rating.pk):
            raise ValidationError(
                {"rating": gettext("“%(rating)s” is no longer in use. Choose a current rating.") % {"rating": rating}}
            )
        before = verdict.explanation_html if verdict else ""
        if verdict is None or verdict.approved_by_id is not None:
            verdict = Verdict(claim=locked)
        explanation = _explanation(explanation_html, locked, before)
        verdict.proposed_by, verdict.proposed_at = by, at
        editing.assign(verdict, {"rating": rating, "summary": summary, "explanation_html": explanation})
        verdict.save()
    return verdict


def _explanation(html: str, claim: Claim, before: str) -> str:
    """``html`` as it is stored. What ``before`` cited may stay: a guard says when its evidence is gone."""
    cleaned = sanitize(html)
    faults = checks.faults(cleaned)
    if "evidence-" in cleaned or citations.cited(cleaned):
        rows = evidence_numbers.rows(claim)
        cleaned = citations.stored(cleaned, rows)
        if not set(citations.cited(cleaned)) <= {*rows, *citations.cited(before)}:
            faults.append(
                "It cites evidence that is not listed for this claim. Take that citation out, and cite from the list."
            )
    if unknown := checks.pictures(cleaned) - set(
        Picture.objects.filter(sha256__in=checks.pictures(cleaned)).values_list("sha256", flat=True)
    ):
        faults.append(f"A picture is not kept here ({', '.join(sorted(unknown))[:12]}…): put it in again.")
    if faults:
        raise ValidationError({"explanation_html": faults})
    return cleaned


@contextmanager
def step(
    key: str, claim: Claim, *, by: User, at: datetime, version: int, comment: str = ""
) -> Iterator[tuple[Claim, Transition]]:
    """Take a step of the table: permission, lock, stage, guards, then the caller's part, then the new stage.

    Raises ``NotAllowedError``, ``StaleError``, ``WrongStageError``, ``GuardsUnmetError``, or ``ValidationError`` when
    a comment is required and missing. Nothing is changed then.
    """
    transition = workflow.get(key)
    if not rules.may_take_step(by, transition):
        raise NotAllowedError.for_(
            gettext("You do not have permission to do this: %(label)s.") % {"label": transition.label},
            groups=who_may(transition.permission),
        )
    if transition.needs_comment and text.is_blank(comment):
        raise ValidationError({"comment": gettext("Say why: the others need to know.")}, code="required")
    with audit.act_as(by=by, reason=comment.strip()):
        locked = editing.lock(Claim, claim.pk, version=version)
        if locked.stage not in transition.sources:
            raise WrongStageError(
                gettext("“%(label)s” is not possible now: the claim is %(stage)s.")
                % {"label": transition.label, "stage": in_sentence(locked.get_stage_display())},
                stage=locked.stage,
            )
        editing.share_lock_dependencies(locked)
        record_content.prefetch(locked)
        unmet = workflow.unmet(transition, progress.facts(locked, asker=by))
        if unmet:
            raise GuardsUnmetError(unmet)
        notices.step_taken(locked, step=key, comment=comment.strip(), by=by, at=at)
        yield locked, transition
        locked.stage = transition.target
        editing.bump_version(locked, at=at)


def transition(*, claim: Claim, transition: str, by: User, at: datetime, version: int, comment: str = "") -> Claim:
    """Take a step that changes nothing but the stage: start, submit, send_back, recall, recheck, drop, reopen.

    A sending back that calls colleagues is a comment, too: it is in their inbox, and they can answer it.
    """
    with transaction.atomic():
        with step(transition, claim, by=by, at=at, version=version, comment=comment) as (locked, _):
            pass
        if transition == "send_back" and mentions.called_in(comment, refuses_unknown=False).people:
            comments.write(text=comment, claim=locked, by=by, at=at)
        if transition in ("drop", "reopen"):
            submission_events.work_stopped_or_began(locked.pk, at=at)
    return locked


def approve(*, claim: Claim, by: User, at: datetime, version: int, comment: str = "") -> Claim:
    """Approve the present content: the approval is bound to the content's hash.

    Raises what ``step`` raises, and ``ValidationError`` about ``comment`` when figures or quotations are not ticked, or
    a second verdict differs, and no reason is given.
    """
    with step("approve", claim, by=by, at=at, version=version, comment=comment) as (locked, _):
        if text.is_blank(comment) and (needed := approval_reason.needed(locked)):
            said = " ".join([*needed, gettext("Say why you approve it all the same.")])
            raise ValidationError({"comment": ValidationError(said, code="required")})
        verdict = record_content.current_verdict(locked)
        if verdict is None:
            raise GuardsUnmetError([guards.Unmet("verdict", gettext(guards.VERDICT.text), "rating")])
        verdict.approved_by, verdict.approved_at = by, at
        verdict.approved_sha256 = approved_content.sha256(locked)
        verdict.save()
    return locked
