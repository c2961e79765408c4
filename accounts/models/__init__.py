"""The tables about people: who they are, what roles need, invitations, and what happened to an account."""

from accounts.models.event import AccountEvent
from accounts.models.invitation import Invitation
from accounts.models.role import RolePolicy
from accounts.models.token import PersonalToken
from accounts.models.user import User

__all__ = ["AccountEvent", "Invitation", "PersonalToken", "RolePolicy", "User"]
