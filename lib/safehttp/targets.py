"""Addresses as typed, read once: what is connected to, what is asked for, which name the certificate must bear."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import idna

from lib.safehttp.errors import OutboundError
from lib.safehttp.policy import Address, Policy

_PORTS = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029\ud800-\udfff]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
#: Characters that are allowed in a path (RFC 3986, 3.3); everything else is percent-encoded.
_KEPT = "/%:@!$&'()*+,;=~-._"
#: Longer addresses than any server takes.
MAX_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. ``host`` is in ASCII, without brackets; ``literal`` is its address if it is one."""

    scheme: str
    host: str
    port: int
    path: str
    literal: Address | None

    @property
    def authority(self) -> str:
        """The Host header (RFC 9110, 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str, policy: Policy) -> Target:
    """Read an address. Raises ``OutboundError`` ("bad_url", "address_refused") for what no request is sent to.

    Parsers disagree about user names, backslashes, control characters and numbers written in other ways than four
    decimal parts; each such disagreement has been used to reach inside, so all of them are refused.
    """
    if len(url) > MAX_LENGTH or _UNSAFE.search(url):
        raise OutboundError("bad_url", "The address is too long, or holds spaces, control characters or backslashes.")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise OutboundError("bad_url") from None
    if parts.scheme not in (("http", "https") if policy.http else ("https",)):
        raise OutboundError("bad_url", f"The address must begin with {'http:// or ' if policy.http else ''}https://.")
    if "@" in parts.netloc:
        raise OutboundError("bad_url", "The address may not hold a user name or password.")
    port = _PORTS[parts.scheme] if port is None else port
    if not policy.admits_port(parts.scheme, port):
        raise OutboundError("bad_url", f"Port {port} is not one requests are sent to.")
    ascii_host, literal = _host(host, bracketed="[" in parts.netloc)
    if literal is not None and not policy.admits(literal):
        raise OutboundError("address_refused")
    path = quote(parts.path or "/", safe=_KEPT)
    if parts.query:
        path += "?" + quote(parts.query, safe=_KEPT + "?[]")
    return Target(parts.scheme, ascii_host, port, path, literal)


def _host(host: str, *, bracketed: bool) -> tuple[str, Address | None]:
    """The host in ASCII, and its address when it is a literal in its one canonical form."""
    if bracketed:
        return _literal(host, ipaddress.IPv6Address)
    if not host:
        raise OutboundError("bad_url", "The address names no host.")
    last = host.rsplit(".", 1)[-1]
    if host.isascii() and _NUMBER.fullmatch(last):
        return _literal(host, ipaddress.IPv4Address)
    try:
        name = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise OutboundError("bad_url", "The host is not a valid name.") from None
    labels = name.lower().split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels) or _NUMBER.fullmatch(labels[-1]):
        raise OutboundError("bad_url", "The host is not a valid name.")
    return name.lower(), None


def _literal(host: str, kind: type[ipaddress.IPv4Address] | type[ipaddress.IPv6Address]) -> tuple[str, Address]:
    try:
        address = kind(host)
    except ValueError:
        raise OutboundError("bad_url", "The host is not an IP address in its usual form.") from None
    if address.compressed != host or "%" in host:
        raise OutboundError("bad_url", "The host is not an IP address in its usual form.")
    return host, address
