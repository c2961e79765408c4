"""One door to every step of the life cycle, for surfaces that learn the step's name at run time."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from articles.attribution import Attribution
from articles.models import Claim
from articles.services.verification import publishing, verdicts
from articles.services.verification.publishing import Correction


def apply_transition(
    *,
    claim: Claim,
    transition: str,
    by: User,
    at: datetime | None = None,
    version: int,
    comment: str = "",
    correction: Correction | None = None,
    attribution: str = Attribution.WITHDRAWN,
) -> Claim:
    """Take the step called ``transition`` and return the changed claim.

    ``comment`` is what a sending back, a drop or a retraction says; ``correction`` goes with ``publish`` alone,
    ``attribution`` with ``retract``. Without ``at`` it is now; records get the time of the database. Raises
    ``KeyError`` for an unknown step, and what the step itself raises.
    """
    now = at or timezone.now()
    match transition:
        case "approve":
            verdicts.approve(claim=claim, by=by, at=now, version=version, comment=comment)
        case "publish":
            publishing.publish(claim=claim, by=by, at=at, version=version, correction=correction, comment=comment)
        case "retract":
            publishing.retract(claim=claim, by=by, at=at, version=version, note=comment, attribution=attribution)
        case _:
            verdicts.transition(claim=claim, transition=transition, by=by, at=now, version=version, comment=comment)
    return Claim.objects.select_related("claimant", "assignee").get(pk=claim.pk)
