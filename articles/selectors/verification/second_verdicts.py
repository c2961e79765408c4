"""Verdicts that were asked for from a second person: whose are open, and which differ."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from articles.models import Claim, SecondVerdict, Verdict
from lib.refusals import NotAllowedError


class VerdictHiddenError(NotAllowedError):
    """The verdict of the claim is hidden from this person until they have given one of their own."""

    code = "verdict_hidden"

    def __init__(self) -> None:
        super().__init__(
            _("You are asked for a verdict of your own: give it first. Until then this is hidden from you.")
        )


def of_claim(claim: Claim) -> list[SecondVerdict]:
    """Those that count, oldest first."""
    rows = claim.second_verdicts.filter(withdrawn_at=None)
    return list(rows.select_related("person", "created_by", "rating", "beside").order_by("id"))


def open_for(user: Any) -> QuerySet[SecondVerdict]:
    """Those that ``user`` is asked for and has not given."""
    return SecondVerdict.objects.filter(person=user.pk, rated_at=None, withdrawn_at=None)


def hides(claim: Claim, user: Any) -> bool:
    """Whether rating, summary and explanation of ``claim`` are hidden from ``user``, who has to rate it first."""
    return open_for(user).filter(claim=claim.pk).exists()


def check_shown(claim: Claim, user: Any) -> None:
    """Raises ``VerdictHiddenError`` where ``hides``."""
    if hides(claim, user):
        raise VerdictHiddenError


def is_open() -> Exists:
    """For a query of claims: whether somebody still has to give a second verdict."""
    return Exists(SecondVerdict.objects.filter(claim=OuterRef("pk"), rated_at=None, withdrawn_at=None))


def differing(claim: Claim, verdict: Verdict | None) -> list[SecondVerdict]:
    """Those given that have another rating than the claim has now."""
    if verdict is None:
        return []
    given = [second for second in of_claim(claim) if second.rating]
    return [second for second in given if second.rating and second.rating.key != verdict.rating.key]
