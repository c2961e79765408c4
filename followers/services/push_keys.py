"""The key by which push services know this site."""

from functools import cache

from django.conf import settings

from lib.webpush import signing
from lib.webpush.signing import SigningKey


def site_key() -> SigningKey:
    """The key of the settings. Call it only while notifications are on."""
    return _read(settings.VAPID_PRIVATE_KEY)


_read = cache(signing.read)
