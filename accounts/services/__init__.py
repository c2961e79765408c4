"""Every write about people, their roles, tokens, invitations and sessions."""

from accounts.services.people import ensure_import_user, ensure_user
from accounts.services.roles import ensure_roles
from accounts.services.tokens import issue_token, revoke_token, use_token

__all__ = ["ensure_import_user", "ensure_roles", "ensure_user", "issue_token", "revoke_token", "use_token"]
