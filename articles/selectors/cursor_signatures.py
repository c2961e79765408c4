"""Short signatures on cursors, by today's ``SECRET_KEY``; those that one of ``SECRET_KEY_FALLBACKS`` made are as good.

A client of the feed may come back months later; a change of the key must not send them back to the beginning.
"""

import hmac

from django.conf import settings

BYTES = 12


def signature(payload: bytes) -> bytes:
    """The signature of ``payload``, which begins with what it is for."""
    return _made(settings.SECRET_KEY, payload)


def is_valid(signature: bytes, payload: bytes) -> bool:
    """Whether a key of ours made this signature of ``payload``."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(signature, _made(key, payload)) for key in keys)


def _made(key: str, payload: bytes) -> bytes:
    return hmac.digest(key.encode(), payload, "sha256")[:BYTES]
