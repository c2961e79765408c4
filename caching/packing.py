"""Pages as they are kept: packed by Zstandard (RFC 8878), which unpacks three times as fast as zlib into less room."""

from threading import local
from typing import Final

from zstandard import ZstdCompressor, ZstdDecompressor

#: The usual level: of the higher ones each saves a few per cent, and the next takes twice the time.
_LEVEL: Final = 3


class _Packers(local):
    """What packs and unpacks, once for each thread: they are not made to be shared."""

    def __init__(self) -> None:
        self.pack = ZstdCompressor(level=_LEVEL).compress
        self.unpack = ZstdDecompressor().decompress


_PACKERS: Final = _Packers()


def pack(content: bytes) -> bytes:
    """A page's bytes as they are kept.

    They are copied once: packing takes room for the worst case, and what was left of it could not be used again.
    """
    return bytes(memoryview(_PACKERS.pack(content)))


def unpack(packed: bytes) -> bytes:
    """The bytes of a page that was kept."""
    return _PACKERS.unpack(packed)
