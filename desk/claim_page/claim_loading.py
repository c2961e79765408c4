"""Loading a claim with everything that its page shows: one statement for each table, for any number of rows."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from articles.choices import AnchorState
from articles.models import AnchorCheck, Appearance, Claim, Evidence, Relation, Verdict
from articles.selectors.verification import second_verdicts


def load_claim(pk: UUID, *, viewer: Any) -> Claim | None:
    """The claim with its passages, evidence, replies, relations and verdicts; ``None`` where there is none.

    Raises ``VerdictHiddenError`` for a viewer who has to give a verdict of their own first.
    """
    rows = (
        Claim.objects.select_related(
            "claimant", "assignee", "translation_of", "schedule__created_by", "lead_picture__picture"
        )
        .defer("lead_picture__picture__content")
        .prefetch_related(
            Prefetch("verdicts", Verdict.objects.select_related("rating", "proposed_by", "approved_by")),
            Prefetch(
                "appearances",
                Appearance.objects.select_related("article_version__article").defer("article_version__body"),
            ),
            Prefetch(
                "evidence",
                Evidence.objects.select_related("source", "capture__source", "capture__attachment").defer(
                    "capture__attachment__content"
                ),
            ),
            "replies",
            Prefetch("relations", Relation.objects.select_related("other")),
        )
    )
    claim: Any = rows.annotate(has_open_second_verdict=second_verdicts.is_open()).filter(pk=pk).first()
    if claim is not None:
        if claim.has_open_second_verdict:
            second_verdicts.check_shown(claim, viewer)
        _prefetch_passage_checks([row for row in claim.appearances.all() if row.state != AnchorState.EXACT])
    return claim  # type: ignore[no-any-return]


def _prefetch_passage_checks(unsettled: list[Appearance]) -> None:
    """Read what was found when a newer text came in, for the passages about which somebody has to decide."""
    newest_first: Any = AnchorCheck.objects.select_related("article_version").defer("article_version__body")
    prefetch_related_objects(unsettled, Prefetch("checks", newest_first.order_by("-id")))
