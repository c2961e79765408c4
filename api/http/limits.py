"""Who is asking and how often they may: settled before anything else is done for a request.

The header fields are those of draft-ietf-httpapi-ratelimit-headers: in ``RateLimit-Policy`` ``q`` is the quota and
``w`` the window in seconds; in ``RateLimit`` ``r`` is what is left at once and ``t`` the seconds until all of it is
back.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.conf import settings
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import User
from api.http.problems import ProblemError
from partners import rates
from partners.models import Key
from partners.networks import network
from partners.services import limits
from partners.services.limits import BucketState, Quota

_WHOSE: Final = {
    "read": "your network without a key",
    "match": "questions from your network without a key",
    "key": "this key",
    "desk": "one person",
    "failures": "your network with wrong or missing credentials",
    "global": "all callers together",
}


class LimitedView(APIView):
    """A view whose every request is counted, and whose every answer says what is left."""

    standings: list[BucketState]
    #: Which limits requests without credentials fall under.
    anonymous_quota: ClassVar[str] = "read"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find out who is asking and count the request, then negotiate and authorise."""
        self.admit(request)
        super().initial(request, *args, **kwargs)

    def admit(self, request: Request) -> None:
        """Authenticate and count. Raises a 401, or a 429 that says when to come back."""
        self.standings = []
        try:
            request.user  # noqa: B018 (authenticates)
        except (AuthenticationFailed, PermissionDenied):
            self._charge(_quotas("failures", request))
            raise
        self._charge(_quotas(self.anonymous_quota, request))

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say what is left. What was not sent again costs nothing of the caller's own limit."""
        response = super().finalize_response(request, response, *args, **kwargs)
        standings = getattr(self, "standings", [])
        if response.status_code == 304:
            own = [one for one in standings if one.quota.name != "global"]
            standings = limits.refund(own)
        for name, value in headers(standings).items():
            response[name] = value
        return response

    def charge_again(self) -> None:
        """Count the request once more, such as for each further question in it. Raises a 429."""
        self._charge([one.quota for one in self.standings])

    def _charge(self, quotas: list[Quota]) -> None:
        self.standings = limits.take(quotas)
        if refused := [one for one in self.standings if one.wait and not one.taken]:
            worst = max(refused, key=lambda one: one.wait)
            raise ProblemError(
                429,
                "throttled",
                f"Too many requests: {worst.quota.rate.limit} in {worst.quota.rate.window} seconds are possible for "
                f"{_WHOSE[worst.quota.name]}. Come back in {worst.wait} seconds.",
                headers={"Retry-After": str(worst.wait)},
            )


def headers(standings: list[BucketState]) -> Mapping[str, str]:
    """The header fields that say what is left; the limit of all together is nobody's own and is not told."""
    own = [one for one in standings if one.quota.name != "global"]
    if not own:
        return {}
    policies = (f'"{one.quota.name}";q={one.quota.rate.limit};w={one.quota.rate.window}' for one in own)
    left = (f'"{one.quota.name}";r={one.remaining};t={one.full_in}' for one in own)
    return {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(left)}


def _quotas(anonymous: str, request: Request) -> list[Quota]:
    """The limits that the request falls under: its own, and that of all together."""
    name, subject, own_rate = anonymous, None, ""
    if isinstance(request.auth, Key):
        name, subject, own_rate = "key", str(request.auth.pk), request.auth.rate
    elif isinstance(request.user, User):
        name, subject = "desk", str(request.user.pk)
    texts = {
        "read": settings.API_READ_RATE,
        "match": settings.API_MATCH_RATE,
        "key": own_rate or settings.API_KEY_RATE,
        "desk": settings.API_DESK_RATE,
        "failures": settings.API_FAILURE_RATE,
    }
    found = []
    if own := rates.parse(texts[name]):
        found.append(Quota(name, subject or network(request), own))
    if everybody := rates.parse(settings.API_GLOBAL_RATE):
        found.append(Quota("global", "all", everybody))
    return found
