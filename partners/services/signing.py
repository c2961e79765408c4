"""Signatures of Standard Webhooks 1.0.0: pure functions, and how secrets are kept."""

import base64
import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Iterable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

PREFIX = "whsec_"
#: Bytes of a new secret; the standard asks for 24 to 64.
SECRET_BYTES = 32
#: What the key that secrets are kept under is for, so that it is no other key made from SECRET_KEY (RFC 5869, 3.2).
_PURPOSE = b"factcheck/partners/webhook-secret/1"


def new_secret() -> str:
    """A fresh signing secret, to be shown once."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(secret: str, *, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature: ``v1,`` and the HMAC-SHA256 of ``id.timestamp.body`` in base64."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(base64.b64decode(secret.removeprefix(PREFIX)), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def headers(live_secrets: Iterable[str], *, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers of one attempt, signed with each secret: while one is replaced, both are good."""
    signatures = (sign(secret, message_id=message_id, timestamp=timestamp, body=body) for secret in live_secrets)
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def seal(secret: str) -> bytes:
    """The secret as it is stored."""
    return _keys().encrypt(secret.encode())


def unseal(sealed: bytes | memoryview) -> str:
    """The secret in clear. Raises ``InvalidToken`` when it was sealed under a SECRET_KEY that is not known any more."""
    return _keys().decrypt(bytes(sealed)).decode()


def readable(sealed: Iterable[bytes | memoryview]) -> list[str]:
    """Those of the secrets that can be read. Raises ``InvalidToken`` when none can.

    After SECRET_KEY was lost, a new secret signs at once, though the one before it can never be read again.
    """
    found = []
    for one in sealed:
        with contextlib.suppress(InvalidToken):
            found.append(unseal(one))
    if not found:
        raise InvalidToken
    return found


def _keys() -> MultiFernet:
    """The key of today first, then those of SECRET_KEY_FALLBACKS."""
    return MultiFernet([_key(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(material: str | bytes) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(force_bytes(material))
    return Fernet(base64.urlsafe_b64encode(derived))
