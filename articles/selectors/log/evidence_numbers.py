"""The numbers under which an explanation cites the evidence of its claim."""

from articles.models import Claim
from lib.richtext import citations


def rows(claim: Claim) -> list[int]:
    """The claim's evidence in its order: the first row is cited as [1]."""
    if "evidence" in getattr(claim, "_prefetched_objects_cache", {}):
        return [row.pk for row in claim.evidence.all()]
    return list(claim.evidence.order_by("position", "id").values_list("pk", flat=True))


def numbered(claim: Claim, html: str) -> str:
    """A stored explanation with the numbers of its citations, as readers would get it now."""
    return citations.numbered(html, rows(claim)) if citations.cited(html) else html
