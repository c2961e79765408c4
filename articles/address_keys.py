"""Short keys of web addresses, by which claims are found that were made at an address or have a source there."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

from articles.choices import AddressKind
from lib import webaddress

_LENGTH: Final = 22


def key_of(kind: AddressKind, address: str) -> str:
    """The key of an address of this kind: the same one in every spelling that leads to the same page."""
    digest = sha256(webaddress.normalized(address).encode()).digest()
    return f"{kind}:{urlsafe_b64encode(digest).decode()[:_LENGTH]}"


def keys_of(document: dict[str, Any]) -> list[str]:
    """The keys of all addresses that a record names: where the claim was made, and its sources. Each once."""
    return sorted({key_of(kind, address) for kind, address in _addresses(document) if address})


def _addresses(document: dict[str, Any]) -> Iterator[tuple[AddressKind, str]]:
    for appearance in document["appearances"]:
        yield AddressKind.MADE, appearance["article"]["url"]
    yield AddressKind.MADE, document["claim"].get("origin_url") or ""
    for evidence in document["evidence"]:
        yield AddressKind.SOURCE, evidence["source"].get("url") or ""
        yield AddressKind.SOURCE, (evidence["archived"] or {}).get("url") or ""
