"""Who may do what about partners."""

from typing import TYPE_CHECKING

from partners.choices import Scope
from partners.models import Key, Partner

if TYPE_CHECKING:
    from accounts.models import User


def may_edit_partners(user: "User") -> bool:
    """Add partners, change them, turn them off and on."""
    return user.is_active and user.has_perm("partners.change_partner")


def may_manage_keys(user: "User") -> bool:
    """Issue, rotate and revoke keys."""
    return user.is_active and user.has_perm("partners.change_key")


def may_manage_endpoints(user: "User") -> bool:
    """Add endpoints, change them, pause, disable and try them, replace their secrets, send again."""
    return user.is_active and user.has_perm("partners.change_endpoint")


def key_may_manage_endpoints(key: Key, partner: Partner) -> bool:
    """The same with a key: of its own organisation, with the scope for it."""
    return key.partner_id == partner.pk and Scope.WEBHOOKS in key.scopes
