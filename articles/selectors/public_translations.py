"""A published claim beside the same claim in other languages, in one statement."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from articles.models import PublishedClaim
from articles.selectors.public import PLANE


@dataclass(frozen=True, slots=True)
class Face:
    """The newest record of a claim in one language, as far as its other languages speak of it.

    ``at`` is when that record was published, in ISO 8601; ``kind`` what it did.
    """

    claim_id: str
    slug: str
    language: str
    revision: int
    kind: str
    at: str
    is_original: bool
    is_retracted: bool

    @property
    def name(self) -> str:
        """What a page that shows this is named by."""
        return f"{self.claim_id}/{self.revision}"


def claim(slug: str) -> tuple[PublishedClaim, list[Face]]:
    """The claim with its newest record, and the other languages it is published in, the original first.

    A retracted translation is not among them; a retracted original is. Raises ``PublishedClaim.DoesNotExist``.
    """
    rows = PublishedClaim.objects.using(PLANE).select_related("record").annotate(faces=ArraySubquery(_others()))
    row = rows.get(slug=slug)
    faces = [Face(**face) for face in row.faces]  # type: ignore[attr-defined] # an annotation
    return row, sorted(faces, key=lambda face: (not face.is_original, face.language))


def _others() -> QuerySet[PublishedClaim, Any]:
    root = Coalesce(OuterRef("original_id"), OuterRef("claim_id"))
    rows = PublishedClaim.objects.filter(Q(claim_id=root) | Q(original_id=root, is_retracted=False))
    return rows.exclude(claim_id=OuterRef("claim_id")).values(
        json=JSONObject(
            claim_id="claim_id",
            slug="slug",
            language="language",
            revision="revision",
            kind="record__kind",
            at="published_at",
            is_original=Q(original_id=None),
            is_retracted=F("is_retracted"),
        )
    )
