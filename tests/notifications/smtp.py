"""A mail server for tests: speaks enough SMTP to take messages, to refuse them, or to hang."""

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what came in. ``refused`` are recipients it does not take; with ``hangs`` it never says a word."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self, *, refused: tuple[str, ...] = (), hangs: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.received: list[EmailMessage] = []
        self.connections = 0
        self.refused, self.hangs = refused, hangs
        self.closing = threading.Event()

    @property
    def port(self) -> int:
        """Where it listens on this machine."""
        return int(self.server_address[1])

    def hang(self) -> None:
        """Say no word to new connections."""
        self.hangs = True
        self.closing.clear()

    def answer(self) -> None:
        """Answer again."""
        self.hangs = False
        self.closing.set()

    def to(self, address: str) -> list[EmailMessage]:
        """What came in for one address."""
        return [message for message in self.received if message["To"] == address]


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.connections += 1
        if self.server.hangs:
            self.server.closing.wait(30)
            return
        self._say("220 test")
        for line in self.rfile:
            verb = line.decode("ascii", "replace").strip().upper()
            if verb == "DATA":
                self._say("354 go on")
                self._take()
                self._say("250 taken")
            elif verb == "QUIT":
                return self._say("221 bye")
            elif any(address.upper() in verb for address in self.server.refused):
                self._say("550 no such mailbox")
            else:
                self._say("250 ok")
        return None

    def _take(self) -> None:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b"..") else line)
        message: Any = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        self.server.received.append(message)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server(settings: Any, **how: Any) -> Iterator[MailServer]:
    """A server that the settings name until the block ends."""
    with MailServer(**how) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
