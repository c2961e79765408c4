"""One size of a published picture, asked on the readers' connection: its role gets what a record names and no more."""

from django.db import connections

from articles.selectors.readers.connection import ALIAS


class NoPictureError(LookupError):
    """No published record names this picture, or it does not have this size."""


def content(sha256: str, *, width: int, ending: str) -> bytes:
    """The bytes of a variant. Raises ``NoPictureError``."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT content FROM factcheck_public_picture(%s, %s, %s)", [sha256, width, ending])
        found = cursor.fetchone()
    if found is None:
        raise NoPictureError
    return bytes(found[0])
