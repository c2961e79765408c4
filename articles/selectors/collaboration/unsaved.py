"""What somebody typed on a page of the desk and has not saved. Only that person may read it."""

from typing import Any

from articles.models import Claim, UnsavedForm, UnsavedPage


def of_person(claim: Claim, user: Any) -> UnsavedForm | None:
    """What ``user`` kept of ``claim``, if anything."""
    return UnsavedForm.objects.filter(claim=claim, user=user).first()


def of_page(page: str, user: Any) -> UnsavedPage | None:
    """What ``user`` kept of the form at the address ``page``, if anything."""
    return UnsavedPage.objects.filter(page=page, user=user).first()
