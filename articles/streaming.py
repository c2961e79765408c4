"""Long answers: put together in pieces, packed on the way, and always giving back what they hold."""

import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack

#: Bytes are handed on in pieces of about this size.
PIECE = 64 * 1024
_NEVER = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*", re.IGNORECASE)


def takes_gzip(accepted: str) -> bool:
    """Whether a header Accept-Encoding takes gzip: it names it, and not with a weight of 0 (RFC 9110, 12.5.3)."""
    weights = {coding.strip(): weight for coding, _, weight in (part.partition(";") for part in accepted.split(","))}
    weight = next((weights[name] for name in weights if name.lower() in ("gzip", "x-gzip")), None)
    return weight is not None and not _NEVER.fullmatch(weight)


class _Closing:
    """A stream that gives back what it holds when it ends, when the client disconnects, or when it is never sent.

    The last is an answer that a middleware replaces, or after which one fails: Django closes only what it sends.
    """

    def __init__(self, pieces: Iterator[bytes], held: ExitStack) -> None:
        self._pieces, self._held = pieces, held

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._pieces
        finally:
            self.close()

    def close(self) -> None:
        """Called by the server, also for a stream that was never begun."""
        close = getattr(self._pieces, "close", None)
        try:
            if close:
                close()
        finally:
            self._held.close()

    def __del__(self) -> None:
        self.close()


def closing(lines: Iterator[bytes], held: ExitStack, *, zipped: bool) -> Iterable[bytes]:
    """The bytes of ``lines`` in pieces of about ``PIECE``, as gzip if asked; ``held`` is closed with the stream."""
    pieces = _pieces(lines)
    return _Closing(_gzip(pieces) if zipped else pieces, held)


def _pieces(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Lines put together, so that a hundred thousand of them are not a hundred thousand writes."""
    waiting: list[bytes] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def _gzip(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()
