"""The change feed: the log in order, and cursors that know which epoch of it they belong to.

The log's numbers have no gaps and become visible in order (``services.log``), so a client that has read n and comes
back for what follows n has read everything. A cursor is direction, epoch and n, signed: it never expires, and
when the log was restored in the meantime it is recognised as one of an ended epoch instead of quietly skipping.
"""

import base64
import binascii
import struct
from dataclasses import dataclass
from uuid import UUID

from articles.selectors import cursor_signatures
from articles.selectors.keyset import CursorError
from articles.selectors.readers.published import LogHead
from articles.selectors.readers.record_bytes import Stored, of_log

#: What a signature is for, so that one of another kind is none here.
_PURPOSE = b"feed cursor"
_PAYLOAD = struct.Struct(">?16sQ")
_LAST_SEQ = 2**63 - 1


class EpochEndedError(Exception):
    """A cursor of a log that was replaced by a restored one. ``epoch`` is the one in force."""

    def __init__(self, epoch: UUID) -> None:
        self.epoch = epoch
        super().__init__(
            "The log was restored since this cursor was given, so it no longer says what you have seen. "
            "Take the snapshot, then go on with its cursor."
        )


class LogBehindError(Exception):
    """A cursor beyond the end of the log in this database: a replica that lags, or a restore without a new epoch."""


@dataclass(frozen=True, slots=True)
class Position:
    """A position in the log: after ``seq`` when reading forwards, before it when reading backwards."""

    seq: int = 0
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of the log, oldest first. ``resume`` goes on after its last record, now or later."""

    rows: list[Stored]
    resume: str
    next: str
    previous: str
    head_seq: int


def cursor(epoch: UUID, seq: int, *, backwards: bool = False) -> str:
    """The cursor of what follows ``seq`` (or comes before it) in ``epoch``."""
    payload = _PAYLOAD.pack(backwards, epoch.bytes, seq)
    return base64.urlsafe_b64encode(cursor_signatures.signature(_PURPOSE + payload) + payload).decode().rstrip("=")


def position(head: LogHead, given: str) -> Position:
    """The position of a cursor; the beginning when there is none.

    Raises ``CursorError`` for what we did not make, ``EpochEndedError``, ``LogBehindError``.
    """
    if not given:
        return Position()
    backwards, epoch, seq = _read(given)
    if epoch != head.epoch:
        raise EpochEndedError(head.epoch)
    if seq > head.seq + backwards:
        raise LogBehindError
    return Position(seq, backwards)


def feed(head: LogHead, stands: Position, *, size: int) -> Feed:
    """The page of at most ``size`` records at a position. One statement, the same cost at any depth."""
    found = of_log(stands.seq, stands.backwards, size)
    if stands.backwards:
        found.reverse()
    last = found[-1].record_id if found else 0 if stands.backwards else stands.seq
    newest = max(head.seq, last)  # one published between the two statements
    resume = cursor(head.epoch, last)
    return Feed(
        found,
        resume,
        next=resume if last < newest else "",
        previous=cursor(head.epoch, found[0].record_id, backwards=True) if found and found[0].record_id > 1 else "",
        head_seq=newest,
    )


def _read(given: str) -> tuple[bool, UUID, int]:
    try:
        raw = base64.b64decode(given.encode("ascii") + b"=" * (-len(given) % 4), altchars=b"-_", validate=True)
        signature, payload = raw[: cursor_signatures.BYTES], raw[cursor_signatures.BYTES :]
        canonical = base64.urlsafe_b64encode(raw).decode().rstrip("=") == given
        if not canonical or not cursor_signatures.is_valid(signature, _PURPOSE + payload):
            raise CursorError("This cursor is not one of ours. Start again without it.")
        backwards, epoch, seq = _PAYLOAD.unpack(payload)
    except (binascii.Error, UnicodeEncodeError, struct.error) as error:
        raise CursorError("This cursor is not one of ours. Start again without it.") from error
    return backwards, UUID(bytes=epoch), seq
