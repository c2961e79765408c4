"""A second, independent verdict: asked for from a named person, who rates before seeing the first one."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.groups import who_may
from accounts.models import User
from articles import rules, workflow
from articles.models import Claim, Rating, Reading, SecondVerdict
from articles.selectors.claims import progress
from articles.selectors.log import record_content
from articles.services import audit, editing
from articles.services.collaboration import notices
from articles.services.errors import WrongStageError
from articles.text import in_sentence
from lib.refusals import NotAllowedError, RefusedError


class VerdictSettledError(RefusedError):
    """The second verdict was given or withdrawn already."""

    code = "second_verdict_settled"


def ask(*, claim: Claim, person: User, by: User, at: datetime) -> SecondVerdict:
    """Ask ``person`` for a verdict of their own. Until they give it, the claim's verdict is hidden from them.

    Raises ``NotAllowedError``, ``WrongStageError``, and ``ValidationError`` about ``person`` when they are asked
    already, worked on the claim, opened it for review, or may not give verdicts.
    """
    _check_may_ask(by)
    with audit.act_as(by=by):
        locked = _lock(claim)
        if locked.stage not in workflow.get("approve").sources:
            now = in_sentence(locked.get_stage_display())
            raise WrongStageError(
                _("A second verdict is asked for in review, and the claim is %(now)s.") % {"now": now},
                stage=locked.stage,
            )
        _check_person(locked, person, by)
        second = SecondVerdict(claim=locked, created_by=by, created_at=at)
        editing.assign(second, {"person": person})
        second.save(force_insert=True)
        notices.second_verdict_asked(second, at=at)
    return second


def give(*, second: SecondVerdict, rating: Rating | None, reason: str, by: User, at: datetime) -> SecondVerdict:
    """Give the verdict that ``by`` was asked for. It is kept beside the rating that the claim has at that moment.

    Raises ``NotAllowedError``, ``VerdictSettledError``, ``ValidationError``.
    """
    if second.person_id != by.pk or not rules.may_edit_claims(by):
        raise NotAllowedError(_("Only the person who was asked can give this verdict."))
    with audit.act_as(by=by):
        locked = SecondVerdict.objects.select_for_update(of=("self",)).get(pk=second.pk)
        _check_open(locked)
        errors = {}
        if rating is None or rating.retired_on is not None:
            errors["rating"] = _("Choose a rating that is in use.")
        if not editing.normalize(reason, field="reason"):
            errors["reason"] = _("Say in a sentence why.")
        if errors:
            raise ValidationError(errors)
        verdict = record_content.current_verdict(locked.claim)
        beside = verdict.rating if verdict else None
        editing.assign(locked, {"rating": rating, "reason": reason, "rated_at": at, "beside": beside})
        locked.save()
    return locked


def withdraw(*, second: SecondVerdict, by: User, at: datetime) -> SecondVerdict:
    """Do without a verdict that was asked for. Raises ``NotAllowedError``, ``VerdictSettledError``."""
    _check_may_ask(by)
    if second.person_id == by.pk:
        raise NotAllowedError(_("Somebody else has to withdraw it: you were asked for this verdict."))
    with audit.act_as(by=by):
        locked = SecondVerdict.objects.select_for_update(of=("self",)).get(pk=second.pk)
        _check_open(locked)
        editing.assign(locked, {"withdrawn_at": at})
        locked.save()
    return locked


def _check_may_ask(by: User) -> None:
    if not rules.may_ask_for_second_verdict(by):
        raise NotAllowedError.for_(
            _("You do not have permission to ask for a second verdict."), groups=who_may("articles.review_claim")
        )


def _check_open(second: SecondVerdict) -> None:
    if second.withdrawn_at:
        raise VerdictSettledError(_("This verdict was withdrawn meanwhile. Nobody needs it any more."))
    if second.rated_at:
        raise VerdictSettledError(_("This verdict was given already. It does not change any more."))


def _check_person(claim: Claim, person: User, by: User) -> None:
    """Raises ``ValidationError`` when a verdict of ``person`` would not be a second, independent one."""
    name = person.display_name()
    problem = ""
    if person == by:
        problem = _("Choose somebody else: you have seen the verdict.")
    elif not (rules.may_see_the_desk(person) and rules.may_edit_claims(person)):
        problem = _("%(name)s may not give verdicts.") % {"name": name}
    elif claim.second_verdicts.filter(person=person, withdrawn_at=None).exists():
        problem = _("%(name)s was asked already.") % {"name": name}
    elif progress.contribution_phrase(claim, person):
        problem = _("%(name)s worked on this claim and cannot give an independent verdict.") % {"name": name}
    elif Reading.objects.filter(claim=claim, user=person).exists():
        problem = _("%(name)s opened this claim for review and has seen the verdict.") % {"name": name}
    if problem:
        raise ValidationError({"person": problem})


def _lock(claim: Claim) -> Claim:
    locked = Claim.objects.select_for_update(no_key=True, of=("self",)).get(pk=claim.pk)
    record_content.prefetch(locked)
    return locked
