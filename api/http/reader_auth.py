"""Who is asking for what is public: anyone, a partner, or the newsroom's staff."""

from typing import Any

from django.db import InterfaceError, OperationalError
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import PersonalToken
from api.http.auth import PersonalTokenAuthentication, PersonalTokenScheme
from api.http.partner_auth import PartnerAuthentication, PartnerKeyScheme
from factcheck import outages


class ReaderAuthentication(PartnerAuthentication):
    """A partner's key or a personal token: a valid credential of either kind reads what is public.

    Without the header Authorization nobody is asking.
    """

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """Whose credential it is. Raises a 401 for one that does not work.

        While the primary is away no credential can be looked up: what is public is then read as by anyone.
        """
        try:
            return self._authenticate(request)
        except (InterfaceError, OperationalError) as error:
            if not outages.is_outage(error):
                raise
            outages.note(error)
            return None

    def _authenticate(self, request: Request) -> tuple[Any, Any] | None:
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip().startswith(PersonalToken.BEGINS_WITH):
            return super().authenticate(request)
        try:
            return PersonalTokenAuthentication().authenticate(request)
        except AuthenticationFailed as error:  # one code for all credentials that do not work here
            raise AuthenticationFailed(str(error.detail), code="invalid_key") from error


class ReaderScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How both credentials are described in the OpenAPI document: by the schemes of the classes they belong to."""

    target_class = ReaderAuthentication
    name: Any = ()

    def get_security_definition(self, auto_schema: Any) -> Any:
        """None of its own."""
        return []

    def get_security_requirement(self, auto_schema: Any) -> Any:
        """One of the two is enough."""
        return [{PartnerKeyScheme.name: []}, {PersonalTokenScheme.name: []}]
