"""Which network a request comes from: what limits for people without a name are counted by."""

import ipaddress
from typing import Any, Final

from rest_framework.throttling import BaseThrottle

_PREFIXES: Final = {4: 24, 6: 64}


def network(request: Any) -> str:
    """The caller's network: the first 24 bits of an IPv4 address, the first 64 of an IPv6 one.

    Behind a proxy (``BEHIND_PROXY``) it is the address that the nearest proxy saw.
    """
    ident = BaseThrottle().get_ident(request) or ""
    try:
        address = ipaddress.ip_address(ident.strip().partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ipaddress.ip_network((address, _PREFIXES[address.version]), strict=False))
