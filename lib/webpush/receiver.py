"""The keys of a browser's subscription (Push API): a point of the curve P-256, and a secret of 16 bytes."""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

POINT_BYTES: Final = 65
SECRET_BYTES: Final = 16
_BASE64 = re.compile(r"[A-Za-z0-9_-]+={0,2}")


class BadKeysError(ValueError):
    """These are not the keys of a subscription."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom a message is encrypted to: the browser's public key, uncompressed, and the secret that it shares with us."""

    public: bytes
    secret: bytes

    def point(self) -> ec.EllipticCurvePublicKey:
        """The public key. Raises ``BadKeysError`` for what is no point of the curve."""
        try:
            return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.public)
        except ValueError:
            raise BadKeysError from None


def read(p256dh: str, auth: str) -> Receiver:
    """The keys as ``PushSubscription.toJSON()`` gives them (base64url). Raises ``BadKeysError``."""
    found = Receiver(decoded(p256dh, POINT_BYTES), decoded(auth, SECRET_BYTES))
    found.point()
    return found


def decoded(text: str, length: int) -> bytes:
    """The bytes of a text in base64url, with or without its padding. Raises ``BadKeysError`` for another length."""
    if not _BASE64.fullmatch(text):
        raise BadKeysError
    bare = text.rstrip("=")
    try:
        found = base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error:
        raise BadKeysError from None
    if len(found) != length:
        raise BadKeysError
    return found


def encoded(data: bytes) -> str:
    """Bytes in base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
