"""Signed notes and the keys that sign them: C2SP signed-note with Ed25519 (signature type 0x01).

A checkpoint is a note whose text is three lines: origin, number of leaves, root (C2SP tlog-checkpoint). Keys are
written as Go's ``sumdb/note`` writes them: ``PRIVATE+KEY+name+id+base64`` and ``name+id+base64``.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_ED25519 = b"\x01"
_SECRET = re.compile(r"PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")


class KeyFormatError(ValueError):
    """What was given is not a signing key. The text never repeats the key."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs notes under a name."""

    name: str
    private: Ed25519PrivateKey

    @property
    def public_bytes(self) -> bytes:
        """The 32 bytes of the public key (RFC 8032)."""
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public_bytes).digest()[:4]

    def verifier_key(self) -> str:
        """What others need to check this key's signatures; public."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(_ED25519 + self.public_bytes)}"

    def secret_key(self) -> str:
        """The key itself, as ``read_key`` reads it; secret."""
        return f"PRIVATE+KEY+{self.name}+{self.key_id.hex()}+{_base64(_ED25519 + self.private.private_bytes_raw())}"


def generate(name: str) -> Signer:
    """A new key. Raises ``KeyFormatError`` for a name that a note cannot carry."""
    if not re.fullmatch(r"[^\s+]+", name) or not name.isprintable():
        raise KeyFormatError("The name of a key has no spaces and no plus sign, such as facts.example.org/log.")
    return Signer(name, Ed25519PrivateKey.generate())


def read_key(secret: str) -> Signer:
    """The key written as ``PRIVATE+KEY+name+id+base64``. Raises ``KeyFormatError``."""
    parts = _SECRET.fullmatch(secret.strip())
    if parts is None:
        raise KeyFormatError("A signing key reads PRIVATE+KEY+name+id+base64, on one line.")
    try:
        data = base64.b64decode(parts[3], validate=True)
    except binascii.Error as error:
        raise KeyFormatError("The last part of the signing key is not base64.") from error
    if len(data) != 33 or data[:1] != _ED25519:
        raise KeyFormatError("The signing key is not an Ed25519 key.")
    signer = Signer(parts[1], Ed25519PrivateKey.from_private_bytes(data[1:]))
    if signer.key_id.hex() != parts[2]:
        raise KeyFormatError("The name, the id and the secret of the signing key do not belong together.")
    return signer


def checkpoint(origin: str, size: int, root: bytes) -> str:
    """The text of a checkpoint."""
    return f"{origin}\n{size}\n{_base64(root)}\n"


def sign(text: str, signers: Sequence[Signer]) -> str:
    """``text``, which ends in a newline, as a note with one signature line for each key."""
    lines = (f"— {s.name} {_base64(s.key_id + s.private.sign(text.encode()))}\n" for s in signers)
    return f"{text}\n{''.join(lines)}"


def proof(index: int, hashes: Sequence[bytes], note: str, *, extra: bytes) -> str:
    """That leaf ``index`` is in the tree of a signed checkpoint, in the format of C2SP tlog-proof."""
    path = "".join(f"{_base64(value)}\n" for value in hashes)
    return f"c2sp.org/tlog-proof@v1\nextra {_base64(extra)}\nindex {index}\n{path}\n{note}"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
