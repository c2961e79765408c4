"""What sources and claimants have in common: rows with an address of their own that many claims name."""

from datetime import datetime
from typing import Any, TypeVar

from accounts.models import User
from articles import rules
from articles.models import Claimant, Source
from articles.services import audit, editing
from articles.services.library import citations
from lib.refusals import NotAllowedError

Named = TypeVar("Named", Source, Claimant)


def add(model: type[Named], name: str, *, by: User, at: datetime, fields: dict[str, Any]) -> Named:
    """A new row whose address is made from ``name``. Raises ``ValidationError``, ``NotAllowedError``."""
    _check(by)
    with audit.act_as(by=by):
        row = model(created_by=by, created_at=at)
        row.slug = editing.unique_slug(model, name, pk=row.pk)
        editing.assign(row, fields)
        row.save(force_insert=True)
    return row


def edit(row: Named, *, by: User, version: int, fields: dict[str, Any]) -> Named:
    """Change the row and count up the open claims that name it.

    Raises ``StaleError``, ``ValidationError``, ``NotAllowedError``.
    """
    _check(by)
    with citations.edited(row, by=by, version=version) as locked:
        editing.assign(locked, fields)
    return locked


def _check(by: User) -> None:
    if not rules.may_edit_sources(by):
        raise NotAllowedError.for_("change sources and claimants")
