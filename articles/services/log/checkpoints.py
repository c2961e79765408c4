"""Signing the head of the log, and refusing to sign one that would remove records.

A log that signs two trees of which one does not continue the other has lied to somebody. So each tree is written to a
file outside the database before it is signed, and nothing is signed that is smaller than the last line there, or that
does not contain it. A restored backup, or a history rewritten in the database, therefore ends in a refusal.
"""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils import timezone

from articles.models import Head, Record
from articles.selectors.log import checkpoint_file
from articles.selectors.log.checkpoint_file import SignedCheckpoint
from articles.selectors.log.record_content import instant
from articles.selectors.readers import log
from articles.services.log import signing_keys
from lib.refusals import RefusedError
from lib.transparency import merkle, signed_notes

logger = logging.getLogger(__name__)


class CheckpointRefusedError(RefusedError):
    """No checkpoint can be signed. The text may be shown to anyone."""

    code = "checkpoint_refused"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed tree: its size, its root, and the note that says so."""

    size: int
    root: bytes
    note: str


#: What this process signed last, and under which circumstances. Signing again would give the same bytes.
_newest: tuple[object, Checkpoint] | None = None


def current() -> Checkpoint:
    """The head of the log, signed by every key. Raises ``NoSigningKeyError`` and ``CheckpointRefusedError``.

    Safe in any number of threads and processes of one machine: the file is locked while a new tree is written to it.
    """
    global _newest
    signers, path = signing_keys.signers(), Path(settings.LOG_CHECKPOINT_FILE)
    known = _newest
    if known is not None and known[0] == _circumstances(log.head(), signers, path):
        return known[1]
    try:
        with _locked(path) as file:
            head = log.head()
            _write(file, head)
            text = signed_notes.checkpoint(settings.LOG_ORIGIN, head.seq, bytes(head.root))
            checkpoint = Checkpoint(head.seq, bytes(head.root), signed_notes.sign(text, signers))
            _newest = (_circumstances(head, signers, path), checkpoint)
    except (OSError, checkpoint_file.CheckpointFileError) as error:
        logger.exception("The file of checkpoints, %s, cannot be used.", path)
        raise CheckpointRefusedError("The record of earlier checkpoints cannot be used, so none is signed.") from error
    return checkpoint


def proof(row: Record) -> str:
    """That ``row`` is in the log, to be checked offline (C2SP tlog-proof), with the entry in its ``extra`` line.

    Raises what ``current`` raises, and ``CheckpointRefusedError`` when the log does not hold together.
    """
    checkpoint = current()
    index = row.seq - 1
    try:
        hashes = log.inclusion_proof(index, checkpoint.size) if index < checkpoint.size else []
        root = merkle.root_from_inclusion(index, checkpoint.size, merkle.leaf(log.entry(row)), hashes)
    except (ValueError, LookupError):
        root = b""
    if root != checkpoint.root:
        logger.error("The log does not hold at number %s: its proof leads to another root. Run verify_log.", row.seq)
        raise CheckpointRefusedError("The log does not hold together here, so there is no proof to give.")
    return signed_notes.proof(index, hashes, checkpoint.note, extra=log.entry(row))


def _circumstances(head: Head, signers: tuple[signed_notes.Signer, ...], path: Path) -> object:
    """All that a signed checkpoint depends on; the file counts too, as another process may have written to it."""
    try:
        stat = path.stat()
    except OSError:
        return object()  # equal to nothing: look again
    keys = tuple(signer.key_id for signer in signers)
    return (settings.LOG_ORIGIN, str(path), stat.st_ino, stat.st_size, keys, head.epoch, head.seq, bytes(head.root))


@contextmanager
def _locked(path: Path) -> Iterator[IO[bytes]]:
    """The file, for this process and thread alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def owner() -> SignedCheckpoint | None:
    """The newest line of this log in the file: it names the epoch and the database that may write.

    Raises ``CheckpointFileError``.
    """
    path = Path(settings.LOG_CHECKPOINT_FILE)
    if not path.exists():
        return None
    with path.open("rb") as file:
        return checkpoint_file.last(file, settings.LOG_ORIGIN)


def take_over() -> SignedCheckpoint:
    """Make this database the one that may write to the file, if its log continues what was signed; returns its line.

    Raises ``CheckpointRefusedError``, and what using the file raises.
    """
    with _locked(Path(settings.LOG_CHECKPOINT_FILE)) as file:
        return _write(file, log.head(), is_taken_over=True)


def _write(file: IO[bytes], head: Head, *, is_taken_over: bool = False) -> SignedCheckpoint:
    """Write the tree that is about to be signed behind the one that was, if it continues that one."""
    origin = settings.LOG_ORIGIN
    last = checkpoint_file.last(file, origin)
    stands = SignedCheckpoint(origin, str(head.epoch), head.seq, bytes(head.root), log.database())
    if settings.DEBUG and last and (last.epoch, last.database) != (stands.epoch, stands.database):
        last = None  # databases of development come and go
    if last:
        _refuse_to_take_back(last, stands)
        if not is_taken_over or last.epoch != stands.epoch:
            _refuse_another_owner(last, stands)
        if last == stands:
            return stands
    if log.root_at(stands.size) != stands.root:
        _refuse("The head of the log does not belong to its last record.", last, stands)
    _drop_torn_line(file)
    file.write(checkpoint_file.line(stands, instant(timezone.now())))
    file.flush()
    os.fsync(file.fileno())
    return stands


def _refuse_to_take_back(last: SignedCheckpoint, stands: SignedCheckpoint) -> None:
    if stands.size < last.size:
        _refuse(
            f"A checkpoint of {last.size} records was signed, and the log now has {stands.size}: it was put back, or "
            "is read from a copy that lags behind.",
            last,
            stands,
        )
    if log.root_at(last.size) != last.root:
        _refuse(
            f"The first {last.size} records are not those for which a checkpoint was signed: the log was rewritten.",
            last,
            stands,
        )


def _refuse_another_owner(last: SignedCheckpoint, stands: SignedCheckpoint) -> None:
    """The line of a copy would stop the signing of the original for good, so none is written for it."""
    if last.epoch != stands.epoch:
        _refuse(f"The log of this database has the epoch {stands.epoch}.", last, stands)
    if last.database and last.database != stands.database:
        _refuse("This database is a copy: the checkpoints were signed from another database.", last, stands)


def _refuse(text: str, last: SignedCheckpoint | None, stands: SignedCheckpoint) -> None:
    logger.error(
        "No checkpoint is signed. %s Signed last: %s. In the database: %s. What to do: docs/log.md.", text, last, stands
    )
    belongs = f" {_belongs_to(last, stands)}" if last else ""
    raise CheckpointRefusedError(f"No checkpoint is signed. {text}{belongs}")


def _belongs_to(last: SignedCheckpoint, stands: SignedCheckpoint) -> str:
    """Whose file it is, and what an operator can do when this is another log."""
    owner = f"The file of checkpoints belongs to {last.origin}, epoch {last.epoch}."
    if (last.epoch, last.database or stands.database) == (stands.epoch, stands.database):
        return owner
    return (
        f"{owner} For a test or staging site set another LOG_CHECKPOINT_FILE and LOG_ORIGIN. If this database replaces "
        "the former one, run manage.py checkpoint_owner --take-over."
    )


def _drop_torn_line(file: IO[bytes]) -> None:
    """A crash while writing leaves a line without its end. It was not signed yet, so it may go."""
    end = file.seek(0, 2)
    file.seek(max(0, end - 4096))
    tail = file.read()
    if tail and not tail.endswith(b"\n"):
        file.truncate(end - len(tail) + tail.rfind(b"\n") + 1)
        file.seek(0, 2)
