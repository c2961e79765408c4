"""The key by which push services know who sends (VAPID, RFC 8292), and the header that it signs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from lib.webpush.receiver import decoded, encoded

_SECRET_BYTES: Final = 32
#: Push services refuse a token that is good for more than a day; clocks may differ.
GOOD_FOR: Final = timedelta(hours=12)


class BadSigningKeyError(ValueError):
    """The text is no key of ours."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key pair of the site."""

    _key: ec.EllipticCurvePrivateKey

    def secret_text(self) -> str:
        """The secret half, for a setting: 32 bytes in base64url."""
        return encoded(self._key.private_numbers().private_value.to_bytes(_SECRET_BYTES, "big"))

    def public_text(self) -> str:
        """The public half, as browsers take it (``applicationServerKey``)."""
        return encoded(self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def authorization(self, endpoint: str, *, contact: str, at: datetime) -> str:
        """The header ``Authorization`` of a request to ``endpoint``. ``contact`` is an address of who sends."""
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}".lower(),
            "exp": int((at + GOOD_FOR).timestamp()),
            "sub": contact,
        }
        return f"vapid t={jwt.encode(claims, self._key, 'ES256')}, k={self.public_text()}"


def generate() -> SigningKey:
    """A new key pair."""
    return SigningKey(ec.generate_private_key(ec.SECP256R1()))


def read(text: str) -> SigningKey:
    """The key pair whose secret half ``secret_text`` wrote. Raises ``BadSigningKeyError``."""
    try:
        return SigningKey(ec.derive_private_key(int.from_bytes(decoded(text, _SECRET_BYTES), "big"), ec.SECP256R1()))
    except ValueError:
        raise BadSigningKeyError from None
