"""What somebody typed on a claim's page and has not saved. Only that person may read it."""

from typing import Any

from articles.models import Claim, UnsavedForm


def of_person(claim: Claim, user: Any) -> UnsavedForm | None:
    """What ``user`` kept of ``claim``, if anything."""
    return UnsavedForm.objects.filter(claim=claim, user=user).first()
