"""Whom a limit concerns who comes without a name: a network, since an address is changed within it at will."""

import ipaddress
from typing import Any, Final

from rest_framework.throttling import BaseThrottle

_PREFIXES: Final = {4: 24, 6: 64}


def network(request: Any) -> str:
    """The network a request comes from. Behind a proxy (``BEHIND_PROXY``) it is the one the nearest proxy saw."""
    return of(BaseThrottle().get_ident(request) or "")


def of(ident: str) -> str:
    """The network of an address as a server or proxy writes it: 24 bits of IPv4, 64 of IPv6; ``unknown`` for others."""
    try:
        address = ipaddress.ip_address(ident.strip().partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ipaddress.ip_network((address, _PREFIXES[address.version]), strict=False))
