"""Pictures for readers: read safely, freed of all that they say about themselves, and made in the sizes of pages.

Pure: bytes in, bytes out. What comes out is written anew from the pixels alone.
"""

from lib.pictures.encoding import (
    FORMATS,
    MASTER_SIDE,
    MOST_BYTES,
    WIDTHS,
    Cleaned,
    Variant,
    clean,
    clean_image,
    file_name,
    largest,
    widths,
)
from lib.pictures.reading import MAX_BYTES, MAX_PIXELS, MIN_SIDE, PictureError

__all__ = [
    "FORMATS",
    "MASTER_SIDE",
    "MAX_BYTES",
    "MAX_PIXELS",
    "MIN_SIDE",
    "MOST_BYTES",
    "WIDTHS",
    "Cleaned",
    "PictureError",
    "Variant",
    "clean",
    "clean_image",
    "file_name",
    "largest",
    "widths",
]
