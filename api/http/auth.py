"""Who is asking at the desk: a personal token or the session of the admin."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts import services
from accounts.models import PersonalToken, User
from articles import rules
from partners.models.key import PREFIX as PARTNER_PREFIX

if TYPE_CHECKING:  # the views' module reads the settings that name this one
    from rest_framework.views import APIView


class PersonalTokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer fct_…``. A token in the address is never looked at: addresses end up in logs."""

    def authenticate(self, request: Request) -> tuple[User, PersonalToken] | None:
        """The token's owner, or nobody when another scheme (or none) is used."""
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        if secret.strip().startswith(PARTNER_PREFIX):
            raise AuthenticationFailed(
                "This is a partner's key. The desk is for the newsroom's staff, who use personal tokens (fct_…).",
                code="partner_key",
            )
        token = services.use_token(secret=secret.strip(), at=timezone.now())
        if token is None:
            raise AuthenticationFailed("This token is unknown, expired or revoked.", code="invalid_token")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 tells the client to send."""
        return 'Bearer realm="desk"'


class PersonalTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the token is described in the OpenAPI document."""

    target_class = PersonalTokenAuthentication
    name = "personalToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The security scheme object."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A personal token (fct_…). It acts with its owner's rights and name.",
        }


class IsOnTheDesk(BasePermission):
    """Members of the staff who may see claims."""

    message = "The desk is for the newsroom's staff."

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Whether the person asking works here."""
        return isinstance(request.user, User) and rules.may_see_the_desk(request.user)
