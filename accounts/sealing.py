"""Secrets that must be readable again, encrypted at rest under keys derived from SECRET_KEY."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes


def seal(secret: str, *, purpose: bytes) -> bytes:
    """The secret as it is stored. ``purpose`` makes the key, so that each kind of secret has its own."""
    return _keys(purpose).encrypt(secret.encode())


def unseal(sealed: bytes | memoryview, *, purpose: bytes) -> str:
    """The secret in clear. Raises ``cryptography.fernet.InvalidToken`` when its SECRET_KEY is not known any more."""
    return _keys(purpose).decrypt(bytes(sealed)).decode()


def _keys(purpose: bytes) -> MultiFernet:
    """The key of today first, then those of SECRET_KEY_FALLBACKS."""
    return MultiFernet([_key(key, purpose) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(material: str | bytes, purpose: bytes) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(force_bytes(material))
    return Fernet(base64.urlsafe_b64encode(derived))
