"""Ticking figures and quotations of a claim that were compared with their sources."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.groups import who_may
from accounts.models import User
from articles import rules, workflow
from articles.models import Claim, Tick
from articles.selectors.claims import progress
from articles.selectors.log import record_content
from articles.selectors.verification import second_verdicts, statements
from articles.selectors.verification.statements import Item
from articles.services import audit
from articles.services.errors import WrongStageError
from articles.text import in_sentence
from lib.refusals import NotAllowedError, RefusedError


class ItemChangedError(RefusedError):
    """The sentence or the passage of its source is not what was on the screen."""

    code = "statement_changed"


def set_tick(*, claim: Claim, key: str, by: User, at: datetime) -> Tick:
    """Note that ``by`` compared the figure or quotation ``key`` with its source. Ticking twice changes nothing.

    Raises ``NotAllowedError`` (also for people who worked on the claim), ``WrongStageError``, ``ItemChangedError``.
    """
    with audit.act_as(by=by):
        locked = _checked(claim, by)
        item = _item(locked, key)
        if item.tick:
            return item.tick
        passages = (f"{passage.label}: {passage.before}{passage.words}{passage.after}" for passage in item.passages)
        source = "\n".join([*passages, *([item.worked_out] if item.worked_out else [])])
        tick = Tick(claim=locked, key=key, words=item.words, sentence=item.sentence, source=source)
        tick.created_by, tick.created_at = by, at
        tick.save(force_insert=True)
    return tick


def take_back(*, claim: Claim, key: str, by: User) -> None:
    """Take a tick back; one that is not there is none. Raises as ``set_tick``."""
    with audit.act_as(by=by):
        locked = _checked(claim, by)
        Tick.objects.filter(claim=locked, key=key).delete()


def _checked(claim: Claim, by: User) -> Claim:
    approve = workflow.get("approve")
    if not rules.may_take_step(by, approve):
        raise NotAllowedError.for_(_("You do not have permission to tick figures."), groups=who_may(approve.permission))
    second_verdicts.check_shown(claim, by)
    locked = Claim.objects.select_for_update(no_key=True, of=("self",)).get(pk=claim.pk)
    if locked.stage not in approve.sources:
        raise WrongStageError(
            _("Figures are ticked in review, and the claim is %(stage)s.")
            % {"stage": in_sentence(locked.get_stage_display())},
            stage=locked.stage,
        )
    record_content.prefetch(locked)
    if part := progress.contribution_phrase(locked, by):
        raise NotAllowedError(
            _("You cannot tick figures here: you %(part)s. Somebody else has to compare them.") % {"part": part}
        )
    return locked


def _item(claim: Claim, key: str) -> Item:
    found = next((item for item in statements.of_claim(claim) if item.key == key), None)
    if found is None:
        raise ItemChangedError(_("The sentence or its source changed meanwhile. Read it again, then tick it."))
    return found
