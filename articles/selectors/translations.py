"""Translations of published claims: what the desk has, and which no longer say what their original says."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.choices import Stage
from articles.models import Claim, PublishedClaim, Verdict


def facts(claim: Claim, verdict: Verdict | None) -> dict[str, Any]:
    """What the guards of a translation look at; nothing for a claim in its own right."""
    if claim.translation_of_id is None:
        return {}
    original = PublishedClaim.objects.not_retracted().filter(claim_id=claim.translation_of_id).first()
    return {
        "is_translation": True,
        "original_stands": original is not None,
        "original_rating": original.rating_key if original else "",
        "is_of_newest_revision": original is not None and original.revision == claim.translated_revision,
        "is_in_another_language": claim.language != Claim.objects.get(pk=claim.translation_of_id).language,
    }


def of(claim: Claim) -> QuerySet[Claim]:
    """The translations of a claim that were not dropped, by language."""
    return Claim.objects.filter(translation_of=claim).exclude(stage=Stage.DROPPED).order_by("language")


def behind() -> QuerySet[Claim]:
    """Translations that readers see and whose original has moved on since, or was retracted."""
    moved_on = PublishedClaim.objects.filter(claim_id=OuterRef("original_id")).filter(
        Q(is_retracted=True) | Q(revision__gt=OuterRef("translated_revision"))
    )
    faces = PublishedClaim.objects.not_retracted().filter(Exists(moved_on), original_id__isnull=False)
    return Claim.objects.filter(pk__in=faces.values("claim_id"))
