"""Noting who opened which content of a claim."""

from datetime import datetime

from accounts.models import User
from articles import rules, workflow
from articles.models import Claim, Reading
from articles.selectors.log import approved_content
from articles.selectors.verification import readings, second_verdicts


def note(*, claim: Claim, by: User, at: datetime) -> None:
    """Note that ``by`` has the claim in front of them as it is now. Opening it again changes nothing.

    Nothing is noted of people who may not approve, in a stage without approval, or while the verdict is hidden from
    ``by`` because they have to rate the claim first.
    """
    approve = workflow.get("approve")
    if claim.stage not in approve.sources or not rules.may_take_step(by, approve) or second_verdicts.hides(claim, by):
        return
    if readings.has_opened(claim, by):
        return
    sha256 = approved_content.sha256(claim)
    row = Reading(claim=claim, user=by, content_sha256=sha256, version=claim.version, at=at)
    Reading.objects.bulk_create([row], ignore_conflicts=True)
