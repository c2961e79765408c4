"""What a request may reach and how much it may cost; the addresses that are never reached."""

import ipaddress
import ssl
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

#: Special-purpose blocks (IANA registries; RFC 6890 and its updates) that ``is_global`` lets through in one of the
#: Python versions the product runs on: protocol assignments, 6to4 relays, carrier-grade NAT.
_REFUSED_V4 = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10")))
#: All of unicast IPv6 that is handed out (RFC 4291, 2.4), minus protocol assignments, documentation and 6to4.
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet. IPv4 inside IPv6 (``::ffff:…``) is judged as the IPv4 it is."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        return address in _GLOBAL_V6 and not any(address in network for network in _REFUSED_V6)
    return address.is_global and not address.is_multicast and not any(address in network for network in _REFUSED_V4)


@dataclass(frozen=True, slots=True)
class Policy:
    """Where requests may go. The default is the open internet over https on port 443.

    ``loopback`` also admits 127.0.0.0/8 and ::1, on any port: for tests and a demo on one's own machine.
    ``any_address`` admits every address and port: only for addresses that the operator names in a setting. ``tls``
    stands in for the machine's own roots of trust; it must verify.
    """

    http: bool = False
    loopback: bool = False
    any_address: bool = False
    tls: ssl.SSLContext | None = None

    def admits(self, address: Address) -> bool:
        """Whether a connection to this address may be made."""
        return self.any_address or is_public(address) or (self.loopback and address.is_loopback)

    def admits_port(self, scheme: str, port: int) -> bool:
        """Whether this port may be connected to."""
        return self.any_address or self.loopback or port in ((80, 443) if self.http else (443,))

    def context(self) -> ssl.SSLContext:
        """TLS that verifies the certificate and the name in it."""
        return self.tls or ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost: seconds by the clock, and bytes of the answer's content after decompression."""

    connect_seconds: float = 3.0
    total_seconds: float = 15.0
    max_bytes: int = 64 * 1024


#: For an article that somebody wants to bring in.
ARTICLE = Limits(max_bytes=10 * 1024 * 1024)
