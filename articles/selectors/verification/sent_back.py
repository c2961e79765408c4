"""Claims that a second person sent back, with what they said is missing."""

from collections.abc import Iterable
from uuid import UUID

from articles import workflow
from articles.choices import ChangeKind
from articles.models import Change, Claim

_STEP = workflow.get("send_back")


def sent_back_claims(claims: Iterable[Claim]) -> dict[UUID, Change]:
    """Those of ``claims`` that were sent back and not submitted since, each with that change: who, when, and why."""
    open_ones = [claim.pk for claim in claims if claim.stage == _STEP.target]
    if not open_ones:
        return {}
    moves = Change.objects.filter(
        claim_id__in=open_ones, table="articles_claim", kind=ChangeKind.UPDATE, after__has_key="stage"
    )
    last = moves.select_related("actor").order_by("claim_id", "-id").distinct("claim_id")
    return {move.claim_id: move for move in last if move.claim_id and _is_sent_back(move)}


def _is_sent_back(move: Change) -> bool:
    """Whether a second person did it, and said why. Who takes the own submission back gives no reason."""
    return (move.before or {}).get("stage") in _STEP.sources and bool(move.reason)
