"""Who may do what about partners."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User


def may_see_partners(user: "User") -> bool:
    """Look at partners, their keys and who did what about them."""
    return user.is_active and user.has_perm("partners.view_partner")


def may_edit_partners(user: "User") -> bool:
    """Add partners, change them, turn them off and on."""
    return user.is_active and user.has_perm("partners.change_partner")


def may_manage_keys(user: "User") -> bool:
    """Issue, rotate and revoke keys."""
    return user.is_active and user.has_perm("partners.change_key")


def may_manage_endpoints(user: "User") -> bool:
    """Add endpoints, change them, pause, disable and try them, replace their secrets, send again."""
    return user.is_active and user.has_perm("partners.change_endpoint")
