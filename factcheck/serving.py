"""Serving on this machine: which port, whether it is free, and the server itself. For ``demo`` and ``serve``."""

import os
import socket
import sys
from typing import Final

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections

from lib.parsing.errors import ParseError
from lib.parsing.integers import parse_integer

HOST: Final = "127.0.0.1"
#: More than CHANGES_WAITERS and the queue of the sign-in: each who waits takes one.
_BLOCKING_THREADS = "32"


def port() -> int:
    """``PORT``, or 8000. Raises ``CommandError`` when it is none."""
    given = os.environ.get("PORT", "8000")
    try:
        return parse_integer(given, at_least=1, at_most=65535)
    except ParseError:
        raise CommandError(f"PORT={given} is no port: choose a number from 1 to 65535.") from None


def check_free(port: int, *, routine: str) -> None:
    """Raise ``CommandError`` when the port is taken; ``routine`` is what is called again with another.

    The server would not refuse: two of them share a port, and requests would reach one or the other.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({(error.strerror or str(error)).lower()}). "
                f"Stop what runs there, or choose another: {routine} PORT=8001."
            ) from error


def serve(port: int) -> None:
    """Become the server: signals reach it directly, and its exit code is the command's."""
    connections.close_all()
    server = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", _BLOCKING_THREADS, "--working-dir", str(settings.BASE_DIR)),
        *("--log-level", "warning", "factcheck.wsgi:application"),
    ]
    sys.stdout.flush()
    os.execv(sys.executable, server)  # noqa: S606 - fixed arguments, no shell
