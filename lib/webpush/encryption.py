"""A message that only one browser can read (RFC 8291), as one record of aes128gcm (RFC 8188)."""

import os
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from lib.webpush.receiver import Receiver

#: What push services have to take (RFC 8030, 7.2). More they may refuse.
MAX_BODY: Final = 4096
_RECORD_SIZE: Final = MAX_BODY
_SALT_BYTES: Final = 16
_TAG_BYTES: Final = 16
_HEADER_BYTES: Final = _SALT_BYTES + 4 + 1 + 65
#: The longest message: its body is not larger than ``MAX_BODY``.
MAX_MESSAGE: Final = MAX_BODY - _HEADER_BYTES - _TAG_BYTES - 1
_LAST_RECORD: Final = b"\x02"


def encrypt(
    message: bytes,
    receiver: Receiver,
    *,
    length: int = 0,
    sender: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a request. A message shorter than ``length`` (bytes) is padded to it.

    ``sender`` and ``salt`` are for test vectors: each message needs new ones. Raises ``ValueError`` for a message
    beyond ``MAX_MESSAGE``, ``BadKeysError`` for keys of no browser.
    """
    if max(len(message), length) > MAX_MESSAGE:
        raise ValueError("The message is too long.")
    sender, salt = sender or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(_SALT_BYTES)
    public = sender.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = sender.exchange(ec.ECDH(), receiver.point())
    secret = _derived(shared, receiver.secret, b"WebPush: info\x00" + receiver.public + public, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\x00", 12)
    record = message + _LAST_RECORD + bytes(max(0, length - len(message)))
    header = salt + _RECORD_SIZE.to_bytes(4, "big") + bytes([len(public)]) + public
    return header + AESGCM(key).encrypt(nonce, record, None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)
