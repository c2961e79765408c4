"""The content of an answer: decompressed, bounded."""

import zlib

from lib.safehttp.errors import OutboundError

#: zlib's window arguments for what servers send as "gzip" and "deflate" (RFC 9110, 8.4.1).
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class Content:
    """Collects an answer's content up to a number of bytes, counted after decompression.

    Content that cannot be unpacked is an ``OutboundError``; where it is not ``needed``, it counts as cut off.
    """

    def __init__(self, encoding: str, max_bytes: int, *, needed: bool = True) -> None:
        coding = encoding.strip().lower()
        self._needed, self._is_known = needed, coding in _WINDOWS or coding in ("", "identity")
        if needed and not self._is_known:
            raise OutboundError("bad_answer", "The answer is compressed in a way that was not asked for.")
        self._inflate = zlib.decompressobj(_WINDOWS[coding]) if coding in _WINDOWS else None
        self._max, self._parts, self._size = max_bytes, list[bytes](), 0

    def take(self, data: bytes) -> bool:
        """Add what came in; False when it is more than is kept, and then only the beginning of it was."""
        if not self._is_known:
            return False
        room = self._max - self._size
        if self._inflate is not None:
            try:
                data = self._inflate.decompress(data, room + 1)
            except zlib.error:
                if not self._needed:
                    return False
                raise OutboundError("bad_answer", "The answer's compression is broken.") from None
        self._parts.append(data[:room])
        self._size += min(len(data), room)
        return len(data) <= room

    def end(self) -> None:
        """There is no more. Raises ``OutboundError`` when the compressed content stops in the middle."""
        if self._needed and self._inflate is not None and self._parts and not self._inflate.eof:
            raise OutboundError("bad_answer", "The answer's compression is broken.")

    def whole(self) -> bytes:
        """What was kept."""
        return b"".join(self._parts)
