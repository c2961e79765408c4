"""From a target to an open, checked connection, within a deadline."""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from queue import Empty, Queue

from lib.safehttp.errors import OutboundError
from lib.safehttp.policy import Address, Limits, Policy
from lib.safehttp.targets import Target

#: How many of a name's addresses are tried.
_TRIED = 3
#: Look-ups that may hang at the same time: the system's resolver cannot be interrupted, only left behind.
_LOOKUPS = threading.BoundedSemaphore(32)


class Deadline:
    """A deadline for the whole exchange. A time-out per read would let a slow server go on without end."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until then. Raises ``OutboundError`` ("timeout") when it has passed."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise OutboundError("timeout")
        return left


def resolve(target: Target, policy: Policy, deadline: Deadline) -> list[Address]:
    """The host's addresses, asked for once. Raises ``OutboundError`` when a single one of them is not admitted."""
    found = [target.literal] if target.literal is not None else _look_up(target, deadline)
    return admitted(found, policy)


def admitted(found: Sequence[Address], policy: Policy) -> list[Address]:
    """All of ``found``, or ``OutboundError``: a name with one inside address among public ones is an attack."""
    if not found:
        raise OutboundError("unknown_host")
    if not all(policy.admits(address) for address in found):
        raise OutboundError("address_refused")
    return list(dict.fromkeys(found))


def _look_up(target: Target, deadline: Deadline) -> list[Address]:
    answers: Queue[list[Address]] = Queue()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            answers.put([ipaddress.ip_address(str(row[4][0])) for row in rows])
        except (OSError, ValueError, UnicodeError):
            answers.put([])
        finally:
            _LOOKUPS.release()

    if not _LOOKUPS.acquire(timeout=deadline.left()):
        raise OutboundError("timeout")
    threading.Thread(target=ask, daemon=True, name="look-up").start()
    try:
        return answers.get(timeout=deadline.left())
    except Empty:
        raise OutboundError("timeout") from None


def connect(target: Target, policy: Policy, limits: Limits, deadline: Deadline) -> socket.socket:
    """A connection to one of the target's addresses, whose other end was looked at, inside TLS for https."""
    plain = _open(resolve(target, policy, deadline), target.port, limits, deadline)
    try:
        _check_peer(plain, policy)
        if target.scheme == "http":
            return plain
        plain.settimeout(deadline.left())
        return policy.context().wrap_socket(plain, server_hostname=target.host)
    except OutboundError:
        plain.close()
        raise
    except TimeoutError:
        plain.close()
        raise OutboundError("timeout") from None
    except (ssl.SSLError, ssl.CertificateError, ValueError):
        plain.close()
        raise OutboundError("tls_failed") from None
    except OSError:
        plain.close()
        raise OutboundError("connection_lost") from None


def _open(addresses: list[Address], port: int, limits: Limits, deadline: Deadline) -> socket.socket:
    for address in addresses[:_TRIED]:
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        try:
            plain = socket.socket(family, socket.SOCK_STREAM)
        except OSError:  # this machine has no IPv6, or no descriptor left
            continue
        try:
            plain.settimeout(min(limits.connect_seconds, deadline.left()))
            plain.connect((str(address), port))
        except OutboundError:
            plain.close()
            raise
        except OSError:
            plain.close()
            continue
        return plain
    raise OutboundError("connect_failed")


def _check_peer(plain: socket.socket, policy: Policy) -> None:
    """Ask the socket itself whom it reached: what was checked has to be what was connected to."""
    if not policy.admits(ipaddress.ip_address(str(plain.getpeername()[0]))):
        raise OutboundError("address_refused")
