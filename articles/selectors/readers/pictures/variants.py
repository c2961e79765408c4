"""One size of a published picture, asked on the readers' connection: its role gets what a record names and no more."""

from articles.selectors.readers import prepared


class NoPictureError(LookupError):
    """No published record names this picture, or it does not have this size."""


def content(sha256: str, *, width: int, ending: str) -> bytes:
    """The bytes of a variant. Raises ``NoPictureError``."""
    found = prepared.row("SELECT content FROM factcheck_public_picture(%s, %s, %s)", sha256, width, ending)
    if found is None:
        raise NoPictureError
    return bytes(found[0])
