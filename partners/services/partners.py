"""Partner newsrooms: added, changed, turned off."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from lib.refusals import NotAllowedError
from partners import rules
from partners.choices import Act
from partners.models import Partner
from partners.services import history

if TYPE_CHECKING:
    from accounts.models import User

_FIELDS = ("name", "site", "contact_name", "contact_email", "note", "is_active")


@transaction.atomic
def add_partner(*, by: "User | None", at: datetime, **fields: Any) -> Partner:
    """A new partner. ``by`` is None at the command line. Raises NotAllowedError and ValidationError."""
    _check(by)
    partner = Partner(**fields)
    partner.full_clean()
    partner.save(force_insert=True)
    history.record_change(partner=partner, act=Act.ADDED, by=by, at=at, what=partner.name)
    return partner


@transaction.atomic
def change_partner(*, partner: Partner, by: "User | None", at: datetime, **fields: Any) -> Partner:
    """Change some of a partner's fields; one that is not active is refused from its next request on."""
    _check(by)
    current = Partner.objects.select_for_update().get(pk=partner.pk)
    changed = {name: value for name, value in fields.items() if getattr(current, name) != value}
    if unknown := set(fields) - set(_FIELDS):
        raise TypeError(f"A partner has no {', '.join(sorted(unknown))} to change")
    if not changed:
        return current
    before = {name: getattr(current, name) for name in changed}
    for name, value in changed.items():
        setattr(current, name, value)
    current.full_clean()
    current.save(update_fields=list(changed))
    words = [f"{name}: {_shown(before[name])} → {_shown(value)}" for name, value in changed.items()]
    history.record_change(partner=current, act=Act.CHANGED, by=by, at=at, what="; ".join(words))
    return current


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"“{value}”" if value else "nothing"


def _check(by: "User | None") -> None:
    if by is not None and not rules.may_edit_partners(by):
        raise NotAllowedError.for_(_("You do not have permission to change partners."))
