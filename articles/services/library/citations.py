"""Rows that several claims have in common: a source, a claimant, an article.

Editing one edits what readers would see of every claim that names it. So each of those claims goes one version on, and
a stale approval must be given again. Locks are taken in one order everywhere: claims by id, then the
row they name (``editing.share_lock_dependencies``); no cycle of waiting can arise.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Model, QuerySet

from accounts.models import User
from articles.choices import EDITABLE_STAGES
from articles.models import Appearance, Article, Claim, Claimant, Evidence, Source
from articles.services import audit, editing

Shared = TypeVar("Shared", Source, Claimant, Article)


@contextmanager
def edited(row: Shared, *, by: User, version: int) -> Iterator[Shared]:
    """Yields ``row`` locked, for the block to change; saves it, and counts up every open claim that names it.

    Raises ``StaleError`` when the row has another version than ``version``. Nothing is counted up when nothing changed.
    """
    with audit.act_as(by=by):
        claims, locked = _lock_with_claims(row, version=version)
        before = _values(locked)
        yield locked
        changed = _values(locked) != before
        locked.version += 1
        locked.save()
        if changed:
            Claim.objects.filter(pk__in=claims).update(version=F("version") + 1)


def _lock_with_claims(row: Shared, *, version: int) -> tuple[list[Any], Shared]:
    """The open claims that name the row, then the row itself; again from the start when one more names it by then."""
    while True:
        point = transaction.savepoint()
        naming = _NAMING[type(row)](row)
        held = list(naming.select_for_update(no_key=True, of=("self",)).order_by("pk").values_list("pk", flat=True))
        locked = editing.lock(type(row), row.pk, version=version)
        if set(naming.values_list("pk", flat=True)) <= set(held):
            transaction.savepoint_commit(point)
            return held, locked
        transaction.savepoint_rollback(point)


def _values(row: Model) -> dict[str, Any]:
    """What claims say of the row: a reference is known to programs of the newsroom only."""
    fields = [field.attname for field in row._meta.concrete_fields if field.name != "reference"]
    return {name: getattr(row, name) for name in fields}


def _open() -> QuerySet[Claim]:
    return Claim.objects.filter(stage__in=EDITABLE_STAGES)


_NAMING: dict[type[Model], Callable[[Any], QuerySet[Claim]]] = {
    Source: lambda row: _open().filter(pk__in=Evidence.objects.filter(source=row).values("claim")),
    Claimant: lambda row: _open().filter(claimant=row),
    Article: lambda row: _open().filter(pk__in=Appearance.objects.filter(article_version__article=row).values("claim")),
}
