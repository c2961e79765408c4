"""The key by which push services know this site, as the settings give it."""

from django.core.exceptions import ImproperlyConfigured

from lib.webpush import signing


def checked(text: str) -> str:
    """The same text; stops the start of the process where it is no key. Empty is no key, and none is needed."""
    try:
        if text:
            signing.read(text)
    except signing.BadSigningKeyError:
        raise ImproperlyConfigured(
            "VAPID_PRIVATE_KEY is not a key. manage.py push_key makes one, of 43 characters."
        ) from None
    return text
