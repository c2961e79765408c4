"""Signatures of Standard Webhooks 1.0.0: pure functions, and how secrets are kept.

With ``v1`` both sides hold the same secret (``whsec_…``). With ``v1a`` we hold a private key (``whsk_…``) that never
leaves, and the partner its public half (``whpk_…``), which is no secret.
"""

import base64
import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Iterable

from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accounts import sealing

PREFIX, PRIVATE, PUBLIC = "whsec_", "whsk_", "whpk_"
#: Bytes of a new secret; the standard asks for 24 to 64.
SECRET_BYTES = 32
#: What the key that secrets are kept under is for, so that it is no other key made from SECRET_KEY (RFC 5869, 3.2).
_PURPOSE = b"factcheck/partners/webhook-secret/1"


#: A private key is written as its 32 bytes with those of its public key behind them.
_SEED_BYTES = 32


def new_secret() -> str:
    """A fresh signing secret, to be shown once."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def new_pair() -> tuple[str, str]:
    """A new private key, which is never shown, and its public key, which verifies signatures."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    written = base64.b64encode(private.private_bytes_raw() + public).decode()
    return PRIVATE + written, PUBLIC + base64.b64encode(public).decode()


def sign(secret: str, *, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature of ``id.timestamp.body`` in base64: ``v1,`` and the HMAC-SHA256 under a shared secret, or ``v1a,``
    and the Ed25519 signature by a private key."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    if secret.startswith(PRIVATE):
        private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(secret.removeprefix(PRIVATE))[:_SEED_BYTES])
        return f"v1a,{base64.b64encode(private.sign(signed)).decode()}"
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
    """The stored form of the secret."""
    return sealing.seal(secret, purpose=_PURPOSE)


def unseal(sealed: bytes | memoryview) -> str:
    """The secret in clear. Raises ``InvalidToken`` when it was sealed under a SECRET_KEY that is not known any more."""
    return sealing.unseal(sealed, purpose=_PURPOSE)


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
