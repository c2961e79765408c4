"""Partner newsrooms and their keys: ``Authorization: Bearer fcp_…``, as RFC 6750 has it."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from api.http.problems import ProblemError
from partners.choices import Scope
from partners.models import Key
from partners.models.key import PREFIX
from partners.services import keys

if TYPE_CHECKING:  # the views' module reads the settings that name this one
    from rest_framework.views import APIView

_REALM = 'Bearer realm="partners"'


class PartnerAuthentication(BaseAuthentication):
    """A partner's key. ``request.auth`` is the ``Key`` (``request.auth.partner``); ``request.user`` stays nobody.

    Without the header Authorization nobody is asking, which some addresses allow; a header that does not hold a key
    that works is a 401 everywhere.
    """

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Key] | None:
        """The key, or None without the header. Raises a 401 for anything that is no live key of an active partner."""
        header = get_authorization_header(request).decode("latin-1").strip()
        if not header:
            return None
        scheme, _, secret = header.partition(" ")
        secret = secret.strip()
        if scheme.lower() != "bearer" or not secret:
            raise AuthenticationFailed("Send the key as “Authorization: Bearer fcp_…”.", code="invalid_key")
        if not secret.startswith(PREFIX):
            raise AuthenticationFailed(
                "This is no partner's key: those begin with fcp_. Personal tokens (fct_…) work below /api/v1/desk/ "
                "and for reading what is public.",
                code="invalid_key",
            )
        key = keys.use_key(secret=secret, at=timezone.now())
        if key is None:
            raise AuthenticationFailed(
                "This key is unknown, expired or revoked, or its partner is not active.", code="invalid_key"
            )
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        """What a 401 tells the client to send."""
        return f'{_REALM}, error="invalid_token"' if get_authorization_header(request) else _REALM


class HasScope(BasePermission):
    """Keys with a scope: ``permission_classes = (HasScope(Scope.SUBMIT),)``. Nobody without a key: 401."""

    def __init__(self, scope: str, *, anonymous: bool = False) -> None:
        self.scope, self.anonymous = str(scope), anonymous

    def __call__(self) -> "HasScope":
        """The framework makes an instance of every permission class it is given; this is one already."""
        return self

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Whether the key has the scope. Raises a 403 that names the scope when it lacks it."""
        if not isinstance(request.auth, Key):
            return self.anonymous
        if self.scope in request.auth.scopes:
            return True
        raise ProblemError(
            403,
            "scope_missing",
            f"This key ({request.auth.prefix}…) lacks the scope “{self.scope}”. "
            f"It has: {', '.join(request.auth.scopes)}.",
            headers={"WWW-Authenticate": f'{_REALM}, error="insufficient_scope", scope="{self.scope}"'},
        )


#: Anyone may read; a key that is sent along has to be one for reading.
MayRead = HasScope(Scope.READ, anonymous=True)


class PartnerKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the key is described in the OpenAPI document."""

    target_class = PartnerAuthentication
    name = "partnerKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The security scheme object."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A partner's key (fcp_…). Its scopes say what it may be used for.",
        }
