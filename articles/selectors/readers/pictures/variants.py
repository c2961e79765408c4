"""The sizes of published pictures, asked on the readers' connection: its role gets what a record names and no more."""

from collections.abc import Sequence

from articles.selectors.readers import prepared

_LENGTHS = """
    SELECT asked.sha256, octet_length(found.content)
    FROM unnest(%s::text[], %s::integer[]) AS asked (sha256, wide),
        LATERAL factcheck_public_picture(asked.sha256, asked.wide, %s) AS found
"""


class NoPictureError(LookupError):
    """No published record names this picture, or it does not have this size."""


def content(sha256: str, *, width: int, ending: str) -> bytes:
    """The bytes of a variant. Raises ``NoPictureError``."""
    found = prepared.row("SELECT content FROM factcheck_public_picture(%s, %s, %s)", sha256, width, ending)
    if found is None:
        raise NoPictureError
    return bytes(found[0])


def lengths(wanted: Sequence[tuple[str, int]], *, ending: str) -> dict[str, int]:
    """How many bytes variants have, by the hash of their picture: ``wanted`` are hashes with widths.

    What is not public is left out.
    """
    if not wanted:
        return {}
    hashes, wide = zip(*wanted, strict=True)
    found = prepared.rows(_LENGTHS, list(hashes), list(wide), ending)
    return {str(sha256): int(length) for sha256, length in found}
