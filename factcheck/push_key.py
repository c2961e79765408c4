"""The key by which push services know this site, as the settings give it."""

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string


def checked(text: str) -> str:
    """The same text; stops the start of the process where it is no key. Empty is no key, and none is needed."""
    try:
        if text:
            import_string("lib.webpush.signing.read")(text)  # not loaded where there is no key
    except ValueError:
        raise ImproperlyConfigured(
            "VAPID_PRIVATE_KEY is not a key. manage.py push_key makes one, of 43 characters."
        ) from None
    return text
