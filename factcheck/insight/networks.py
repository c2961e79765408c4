"""Who may read the metrics: those with the token, or in one of the networks."""

import ipaddress
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

_SHORTEST: Final = 16
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def checked_token(given: str) -> str:
    """A token that cannot be guessed, or none. Raises ``ImproperlyConfigured``, which does not repeat it."""
    if given and len(given) < _SHORTEST:
        raise ImproperlyConfigured(
            f"METRICS_TOKEN is shorter than {_SHORTEST} characters. Use the output of: "
            "python -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    return given


def checked_networks(given: Sequence[str]) -> list[Network]:
    """Networks or single addresses. Raises ``ImproperlyConfigured``."""
    found: list[Network] = []
    for text in filter(None, map(str.strip, given)):
        try:
            found.append(ipaddress.ip_network(text))
        except ValueError:
            raise ImproperlyConfigured(
                f"METRICS_NETWORKS: {text} is not a network such as 10.0.0.0/8, 127.0.0.1 or fd00::/8."
            ) from None
    return found


def may_read(request: HttpRequest) -> bool:
    """Whether the request has the token or comes from one of the networks."""
    scheme, _, given = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if settings.METRICS_TOKEN and scheme.lower() == "bearer":
        return constant_time_compare(given.strip(), settings.METRICS_TOKEN)
    address = _address(request)
    return address is not None and any(address in network for network in settings.METRICS_NETWORKS)


def _address(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Who asks; behind a proxy the address that the nearest proxy saw."""
    given = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY and (passed_on := request.META.get("HTTP_X_FORWARDED_FOR", "")):
        given = passed_on.rpartition(",")[2]
    try:
        found = ipaddress.ip_address(given.strip())
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
