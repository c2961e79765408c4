"""Cosignatures of witnesses: C2SP tlog-cosignature with Ed25519 (signature type 0x04), and reading signed notes.

A witness signs the text of a checkpoint together with the time. Its line stands below the log's own, in the same note.
Keys are written as those of notes are: ``name+id+base64``.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from lib.transparency.signed_notes import KeyFormatError, Signer

NOTE, COSIGNATURE = b"\x01", b"\x04"
_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/=]+)\n")
_CHECKPOINT = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n")


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key of a log (``kind`` is ``NOTE``) or of a witness (``COSIGNATURE``), under its name."""

    name: str
    kind: bytes
    public_bytes: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind + self.public_bytes).digest()[:4]

    def __str__(self) -> str:
        key = base64.b64encode(self.kind + self.public_bytes).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"


@dataclass(frozen=True, slots=True)
class Tree:
    """What a checkpoint says: which log, how many leaves, which root."""

    origin: str
    size: int
    root: bytes


def read_verifier(text: str) -> Verifier:
    """The key written as ``name+id+base64``. Raises ``KeyFormatError``."""
    name, _, rest = text.strip().partition("+")
    key_id, _, key = rest.partition("+")
    data = _bytes(key)
    if data is None or len(data) != 33 or data[:1] not in (NOTE, COSIGNATURE) or not name:
        raise KeyFormatError("A public key reads name+id+base64, and is an Ed25519 key of a log or a witness.")
    found = Verifier(name, data[:1], data[1:])
    if found.key_id.hex() != key_id:
        raise KeyFormatError(f"The key of {name} was copied wrongly: its id is not that of its key.")
    return found


def verifier(signer: Signer) -> Verifier:
    """The public key under which a witness with this key cosigns."""
    return Verifier(signer.name, COSIGNATURE, signer.public_bytes)


def split(note: str) -> tuple[str, str]:
    """The text of a signed note and its signature lines. Raises ``ValueError``."""
    text, blank, lines = note.rpartition("\n\n")
    if not blank or not re.fullmatch(f"({_LINE.pattern})+", lines):
        raise ValueError("This is not a signed note.")
    return f"{text}\n", lines


def read_tree(text: str) -> Tree:
    """What the text of a checkpoint says. Raises ``ValueError``."""
    if (parts := _CHECKPOINT.match(text)) is None:
        raise ValueError("This is not a checkpoint: origin, number of leaves and root, one a line.")
    return Tree(parts[1], int(parts[2]), base64.b64decode(parts[3]))


def cosign(text: str, signer: Signer, *, seconds: int) -> str:
    """The line of a witness below ``text``; ``seconds`` is the time (since 1970)."""
    signature = signer.private.sign(_message(text, seconds))
    data = verifier(signer).key_id + seconds.to_bytes(8, "big") + signature
    return f"— {signer.name} {base64.b64encode(data).decode()}\n"


def valid_lines(text: str, lines: str, key: Verifier) -> Iterator[str]:
    """The lines with which ``key`` signed ``text``. Lines of other keys, and wrong signatures, are left out."""
    for line in _LINE.finditer(lines):
        data = _bytes(line[2]) or b""
        if line[1] == key.name and data[:4] == key.key_id and _is_valid(text, data[4:], key):
            yield line[0]


def _is_valid(text: str, data: bytes, key: Verifier) -> bool:
    message, signature = text.encode(), data
    if key.kind == COSIGNATURE:
        message, signature = _message(text, int.from_bytes(data[:8], "big")), data[8:]
    try:
        Ed25519PublicKey.from_public_bytes(key.public_bytes).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _bytes(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
