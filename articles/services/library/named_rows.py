"""What sources and claimants have in common: rows with an address of their own that many claims name."""

from datetime import datetime
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from accounts.models import User
from articles import folding, rules
from articles.models import Claimant, Source
from articles.services import audit, editing
from articles.services.library import citations
from lib.refusals import NotAllowedError, NotNowError

Named = TypeVar("Named", Source, Claimant)


class MergedError(NotNowError):
    """The row was merged into another one: that one is to be changed. ``row`` is the merged row."""

    code = "merged"

    def __init__(self, row: Claimant | Source) -> None:
        self.row = row
        stays = row.kept()
        super().__init__(
            _("This was merged into “%(stays)s” (%(pk)s). Change that one instead.") % {"stays": stays, "pk": stays.pk}
        )


def add(model: type[Named], name: str, *, by: User, at: datetime, fields: dict[str, Any]) -> Named:
    """A new row whose address is made from ``name``. Raises ``ValidationError``, ``NotAllowedError``."""
    _check(by)
    with audit.act_as(by=by):
        row = model(created_by=by, created_at=at)
        row.slug = editing.unique_slug(model, name, pk=row.pk)
        editing.assign(row, fields)
        row.folded = folding.name_key(name_of(row))
        row.save(force_insert=True)
    return row


def edit(row: Named, *, by: User, version: int, fields: dict[str, Any]) -> Named:
    """Change the row and count up the open claims that name it.

    Raises ``StaleError``, ``MergedError``, ``ValidationError``, ``NotAllowedError``.
    """
    _check(by)
    with citations.edited(row, by=by, version=version) as locked:
        if locked.merged_into is not None:
            raise MergedError(locked)
        editing.assign(locked, fields)
        locked.folded = folding.name_key(name_of(locked))
    return locked


def name_of(row: Named) -> str:
    """The name by which it is found: a source's title, a claimant's name."""
    return row.title if isinstance(row, Source) else row.name


def kept(row: Named) -> Named:
    """The row to use, as it is now: ``row``, or the one that it was merged into. It is not merged until the
    transaction ends."""
    model = type(row)
    editing.share_lock(model._default_manager.filter(pk=row.pk))
    return model._default_manager.select_related("merged_into").get(pk=row.pk).kept()


def _check(by: User) -> None:
    if not rules.may_edit_sources(by):
        raise NotAllowedError.for_(_("You do not have permission to change sources and claimants."))
