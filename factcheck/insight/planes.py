"""Which part of the site a request is for, and which of its addresses."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest

PROBES: Final = ("/healthz", "/readyz", "/metrics")
_DESK: Final = ("/admin/", "/api/v1/desk/")
_API: Final = ("/api/", "/v1alpha1/")
#: The route of a request that no view got: an unknown address, or one that was refused before.
NO_ROUTE: Final = "none"


def plane_of(path: str) -> str:
    """``desk``, ``api``, ``static``, ``probes`` or, for all other addresses, ``readers``."""
    if path.startswith(_DESK):
        return "desk"
    if path.startswith(_API):
        return "api"
    if path.startswith(settings.STATIC_URL):
        return "static"
    return "probes" if path in PROBES else "readers"


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, such as ``claims/<str:slug>/``: there are as many as views."""
    match: Any = request.resolver_match
    if match is not None:
        return str(match.route) or "/"
    return request.path_info[1:] if request.path_info in PROBES else NO_ROUTE
