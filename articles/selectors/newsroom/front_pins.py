"""The top of the front page, for the desk."""

from datetime import date

from articles.models import Claim, FrontPin


def of_language(language: str) -> FrontPin | None:
    """What is pinned in a language of the site, with the person who did it; also one whose day has passed."""
    return FrontPin.objects.select_related("pinned_by").filter(language=language).first()


def pinned_claim(row: FrontPin) -> Claim | None:
    """The claim of a pin."""
    return Claim.objects.filter(pk=row.claim_id).first()


def standing_of(claim: Claim, *, today: date) -> FrontPin | None:
    """The pin of a claim whose day has not passed, with the person who pinned it."""
    return FrontPin.objects.select_related("pinned_by").filter(claim_id=claim.pk, until__gte=today).first()
