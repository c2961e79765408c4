"""How people look at the list of claims: views that they save, columns that they choose."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from articles import rules
from articles.models import ListColumns, SavedView
from articles.services import editing
from lib.refusals import NotAllowedError

#: More views one person does not need: each is counted whenever the list is shown.
MOST_VIEWS: Final = 20


def save_view(*, name: str, query: dict[str, str], is_shared: bool, by: User, at: datetime) -> SavedView:
    """Keep what the list shows under a name. Raises ``ValidationError``, ``NotAllowedError``."""
    if not rules.may_see_the_desk(by):
        raise NotAllowedError.for_(_("You do not have permission to see the desk."))
    if SavedView.objects.filter(owner=by).count() >= MOST_VIEWS:
        raise ValidationError({"name": _("You have %(n)s views. Delete one first.") % {"n": MOST_VIEWS}})
    view = SavedView(owner=by, created_at=at)
    return _write(view, {"name": name, "is_shared": is_shared}, query)


def change_view(*, view: SavedView, by: User, query: dict[str, str] | None = None, **values: Any) -> SavedView:
    """Give a view of one's own another name, share it or not, or let it show something else.

    Raises ``ValidationError``, ``NotAllowedError``.
    """
    _check_owner(view, by)
    return _write(view, values, view.query if query is None else query)


def delete_view(*, view: SavedView, by: User) -> None:
    """Delete a view of one's own. Raises ``NotAllowedError``."""
    _check_owner(view, by)
    view.delete()


def choose_columns(*, columns: Sequence[str], known: Sequence[str], by: User) -> ListColumns:
    """Show these columns of ``known`` to ``by`` from now on. Raises ``NotAllowedError``."""
    if not rules.may_see_the_desk(by):
        raise NotAllowedError.for_(_("You do not have permission to see the desk."))
    chosen = [name for name in known if name in columns]
    return ListColumns.objects.update_or_create(user=by, defaults={"columns": chosen})[0]


def _check_owner(view: SavedView, by: User) -> None:
    if view.owner_id != by.pk or not rules.may_see_the_desk(by):
        raise NotAllowedError.for_(_("You do not have permission to change a view of somebody else."))


def _write(view: SavedView, values: dict[str, Any], query: dict[str, str]) -> SavedView:
    view.query = {str(key)[:40]: str(value)[:200] for key, value in list(query.items())[:40]}
    try:
        with transaction.atomic():
            editing.assign(view, values)
            view.save()
    except IntegrityError as error:  # the same name was saved in another tab a moment ago
        raise ValidationError({"name": _("You have a view of this name already. Choose another name.")}) from error
    return view
