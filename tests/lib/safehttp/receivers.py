"""Receivers on real sockets of this machine, hostile ones among them."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Act = Callable[[socket.socket], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def read_request(wire: socket.socket) -> bytes:
    """One request, head and content."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = wire.recv(65536)
        if not part:
            return data
        data += part
    head, _, content = data.partition(b"\r\n\r\n")
    length = next((int(li.split(b":")[1]) for li in head.lower().split(b"\r\n") if li.startswith(b"content-length")), 0)
    while len(content) < length:
        content += wire.recv(65536)
    return head + b"\r\n\r\n" + content


def answer(data: bytes) -> Act:
    """Read the request, say this, hang up."""

    def act(wire: socket.socket) -> None:
        read_request(wire)
        wire.sendall(data)

    return act


def hang(wire: socket.socket) -> None:
    """Never answer: wait, 20 seconds at most, until the other side gives up."""
    read_request(wire)
    wire.settimeout(20)
    with contextlib.suppress(OSError):
        wire.recv(1)


def drip(wire: socket.socket) -> None:
    """A byte at a time, each well within any time-out per read."""
    read_request(wire)
    for byte in OK.replace(b": 2", b": 200") + b"x" * 198:
        wire.sendall(bytes([byte]))
        time.sleep(0.1)  # not a wait: it is this slow on purpose


def pour(first: bytes, again: bytes) -> Act:
    """Say something, then something else without end."""

    def act(wire: socket.socket) -> None:
        read_request(wire)
        wire.sendall(first)
        while True:
            wire.sendall(again)

    return act


def reset(wire: socket.socket) -> None:
    """Break the connection off with a TCP reset."""
    read_request(wire)
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


class Receiver:
    """A listening socket; each connection is handed to the act of that turn, the last act from then on."""

    def __init__(self, *acts: Act, tls: ssl.SSLContext | None = None) -> None:
        self._acts, self._tls = list(acts), tls
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.connections = 0
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}/hook"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                wire, _ = self._socket.accept()
            except OSError:
                return
            act = self._acts[min(self.connections, len(self._acts) - 1)]
            self.connections += 1
            threading.Thread(target=self._serve, args=(wire, act), daemon=True).start()

    def _serve(self, wire: socket.socket, act: Act) -> None:
        with contextlib.suppress(OSError), wire:
            if self._tls:
                with self._tls.wrap_socket(wire, server_side=True) as inside:
                    act(inside)
            else:
                act(wire)

    def close(self) -> None:
        """Listen no more."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@contextlib.contextmanager
def receiver(*acts: Act, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver for the length of a block."""
    made = Receiver(*acts, tls=tls)
    try:
        yield made
    finally:
        made.close()


def certificate(folder: Path, *names: x509.GeneralName) -> tuple[ssl.SSLContext, Path]:
    """TLS for a receiver with a certificate that it signed itself, and the file that certificate is in."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "receiver")])
    made = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    no_password = serialization.NoEncryption()
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_password))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_file, key_file)
    return context, certificate_file
