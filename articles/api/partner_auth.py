"""Who is asking: a partner newsroom, by one of its keys."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from articles.api.problems import ProblemError
from partners.choices import Scope
from partners.models import Key
from partners.services import keys

if TYPE_CHECKING:
    from rest_framework.views import APIView


class PartnerAuthentication(BaseAuthentication):
    """``Authorization: Bearer fcp_…``; the key is ``request.auth``. A key in the address is never looked at."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Key] | None:
        """The key, or nobody when another scheme (or none) is used."""
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        key = keys.use_key(secret=secret.strip(), at=timezone.now())
        if key is None:
            raise AuthenticationFailed("This key is unknown, expired or revoked.", code="invalid_key")
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        """What a 401 tells the client to send."""
        return 'Bearer realm="partners"'


class PartnerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the key is described in the OpenAPI document."""

    target_class = PartnerAuthentication
    name = "partnerKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The security scheme object."""
        return {"type": "http", "scheme": "bearer", "description": "A partner's key (fcp_…)."}


class MaySubmit(BasePermission):
    """Keys that may send claims for checking."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """False without a key (401). Raises ``ProblemError`` (403) for a key that is for other things."""
        if not isinstance(request.auth, Key):
            return False
        if Scope.SUBMIT not in request.auth.scopes:
            raise ProblemError(403, "scope_missing", "This key may not send claims: it lacks the scope “submit”.")
        return True
