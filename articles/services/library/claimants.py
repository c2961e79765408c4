"""Claimants: who makes claims, known by name."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from articles import text
from articles.models import Claimant
from articles.services.library import named_rows


class SeveralClaimantsError(ValidationError):
    """Several people or bodies have this name: which of them is meant is for somebody to say."""


def add_claimant(*, by: User, at: datetime, **fields: Any) -> Claimant:
    """Enter a claimant. Raises ``ValidationError``, ``NotAllowedError``."""
    return named_rows.add(Claimant, fields["name"], by=by, at=at, fields=fields)


def edit_claimant(*, claimant: Claimant, by: User, version: int, **fields: Any) -> Claimant:
    """Change a claimant, and count up the open claims that name them: approvals become stale; records stay."""
    return named_rows.edit(claimant, by=by, version=version, fields=fields)


def find_or_add_claimant(*, name: str, by: User, at: datetime, **fields: Any) -> Claimant:
    """The claimant of this name, upper or lower case; else a new one with ``fields``.

    Raises ``SeveralClaimantsError``, because a claimant is never guessed; ``ValidationError``
    with the claimant's own field names; ``NotAllowedError``.
    """
    wanted = text.one_line(text.clean_public(name, field="name")).strip()
    named = list(Claimant.objects.filter(name__iexact=wanted)[:2])
    if len(named) > 1:
        words = f"Several claimants are called “{wanted}”: choose one from the list, by their role."
        raise SeveralClaimantsError({"name": words})
    return named[0] if named else add_claimant(by=by, at=at, name=wanted, **fields)
