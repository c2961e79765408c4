"""A browser's side of Web Push: its keys, and how it reads a message (RFC 8291, written from the standard)."""

import json
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from lib.webpush.receiver import encoded


class BrowserKeys:
    """A key pair and a secret, as a browser makes them for a subscription."""

    def __init__(self, *, private: ec.EllipticCurvePrivateKey | None = None, secret: bytes | None = None) -> None:
        self.private = private or ec.generate_private_key(ec.SECP256R1())
        self.secret = secret or os.urandom(16)
        self.public = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def given(self) -> dict[str, str]:
        """What ``PushSubscription.toJSON()`` says of them."""
        return {"p256dh": encoded(self.public), "auth": encoded(self.secret)}

    def read(self, body: bytes) -> bytes:
        """The message in ``body``. Raises ``InvalidTag`` for one to somebody else."""
        salt, size, named = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + named], body[21 + named :]
        assert len(sealed) <= size
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.private.exchange(ec.ECDH(), point)
        secret = HKDF(SHA256(), 32, self.secret, b"WebPush: info\0" + self.public + sender).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
        opened = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert opened.endswith(b"\x02")
        return opened[:-1]

    def notification(self, body: bytes) -> dict[str, Any]:
        """The message as the service worker reads it."""
        found: dict[str, Any] = json.loads(self.read(body))
        return found
