"""A claim with all that its review page shows."""

from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch
from django.db.models.functions import Greatest, Substr
from django.http import Http404

from articles.models import Appearance, Claim, Evidence, Verdict
from articles.selectors.verification import second_verdicts
from articles.selectors.verification.statements import whole_words

#: So much of the article is shown on both sides of a passage, in code points.
CONTEXT = 240


def load(pk: UUID) -> Any:
    """The claim; its passages have ``around``, the text of the article near them. Raises ``Http404``."""
    around: Any = Substr(
        "article_version__body",
        Greatest(F("start") - CONTEXT, 0) + 1,
        F("end") - Greatest(F("start") - CONTEXT, 0) + CONTEXT,
    )
    passages = Appearance.objects.select_related("article_version__article").defer("article_version__body")
    named = ("claimant", "assignee", "translation_of", "lead_picture__picture")
    rows = (
        Claim.objects.select_related(*named)
        .defer("lead_picture__picture__content")
        .prefetch_related(
            Prefetch("verdicts", Verdict.objects.select_related("rating", "proposed_by", "approved_by")),
            Prefetch("appearances", passages.annotate(around=around)),
            Prefetch("evidence", Evidence.objects.select_related("source", "capture")),
            "replies",
            "relations",
        )
    )
    claim = rows.annotate(has_open_second_verdict=second_verdicts.is_open()).filter(pk=pk).first()
    if claim is None:
        raise Http404
    return claim


def passage(appearance: Any) -> dict[str, Any]:
    """A passage with the text on both sides of it."""
    lead = min(appearance.start, CONTEXT)
    length = appearance.end - appearance.start
    body, cut = appearance.around, appearance.start > CONTEXT
    after = body[lead + length :]
    return {
        "before": whole_words(body[:lead]) if cut else body[:lead],
        "exact": body[lead : lead + length],
        "after": after + ("…" if len(after) >= CONTEXT else ""),
        "article": appearance.article_version.article,
        "locator": appearance.locator,
    }
