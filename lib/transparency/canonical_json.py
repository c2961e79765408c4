"""The bytes of a publication record.

A record is serialised once, here, and served as it is from then on. The form is RFC 8785 (JSON
Canonicalization Scheme): keys in UTF-16 order, no white space, shortest escapes. Floats are refused
(their text form is where canonical JSON goes wrong), strings are put into NFC.
"""

import hashlib
import json
import unicodedata
from typing import Any, Final

SCHEMA: Final = "factcheck.record/1"

_WRONG_TYPE = "A record holds only text, whole numbers, true, false, null, lists and objects; found {found}."


class NotCanonicalError(ValueError):
    """The value cannot be written as canonical JSON."""


def canonical(value: Any) -> bytes:
    """``value`` as RFC 8785 bytes (UTF-8). Raises ``NotCanonicalError`` on floats, other types and lone surrogates."""
    plain = _plain(value)
    try:
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except UnicodeEncodeError as error:
        raise NotCanonicalError("A record cannot hold half of a surrogate pair.") from error


def sha256(data: bytes) -> bytes:
    """The 32 bytes of SHA-256 over ``data``."""
    return hashlib.sha256(data).digest()


def entry(
    *, seq: int, claim: str, revision: int, kind: str, at: str, record_sha256: str, previous_record_sha256: str | None
) -> bytes:
    """The leaf entry of a record in the Merkle tree: canonical JSON of what binds it to its place.

    The record itself is bound by its hash alone, so a court-ordered erasure of its text leaves the tree whole.
    """
    return canonical(
        {
            "seq": seq,
            "claim": claim,
            "revision": revision,
            "kind": kind,
            "at": at,
            "record_sha256": record_sha256,
            "previous_record_sha256": previous_record_sha256,
        }
    )


def _plain(value: Any) -> Any:
    match value:
        case None | bool():
            return value
        case int():
            if abs(value) > 2**53 - 1:
                raise NotCanonicalError("A whole number in a record must be exact in every JSON reader (below 2^53).")
            return int(value)
        case str():
            return str(value) if value.isascii() else unicodedata.normalize("NFC", str(value))
        case list() | tuple():
            return [_plain(item) for item in value]
        case dict():
            keys = sorted(value, key=_utf16)
            return {unicodedata.normalize("NFC", key): _plain(value[key]) for key in keys}
    raise NotCanonicalError(_WRONG_TYPE.format(found=type(value).__name__))


def _utf16(key: Any) -> bytes:
    if not isinstance(key, str):
        raise NotCanonicalError(_WRONG_TYPE.format(found=f"a key of type {type(key).__name__}"))
    return key.encode("utf-16-be", "surrogatepass")
