"""The file of checkpoints: what was signed, kept outside the database so that no restore can take it back.

One JSON object a line: origin, epoch, size, root (base64), at, database. Lines are only ever added. Lines of the first
edition have no database.
"""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

#: The newest line of an origin is looked for here first; the whole file is read only when it is further up.
_TAIL_BYTES = 65_536


class CheckpointFileError(Exception):
    """The file holds a line that is none of ours."""


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A tree that a checkpoint was signed for."""

    origin: str
    epoch: str
    size: int
    root: bytes
    database: str = ""  # which database it was read from; empty when that is not known


def read(path: Path, origin: str) -> Iterator[SignedCheckpoint]:
    """All checkpoints of one log, oldest first; none when there is no file. Raises ``CheckpointFileError``."""
    if not path.exists():
        return
    with path.open("rb") as file:
        yield from (line for line in _lines(file) if line.origin == origin)


def last(file: IO[bytes], origin: str) -> SignedCheckpoint | None:
    """The newest checkpoint of one log in the open file. Raises ``CheckpointFileError``."""
    size = file.seek(0, 2)
    for start in (max(0, size - _TAIL_BYTES), 0):
        file.seek(start)
        if start:
            file.readline()  # the rest of a line that began before
        found = [line for line in _lines(file) if line.origin == origin]
        if found:
            return found[-1]
    return None


def line(checkpoint: SignedCheckpoint, at: str) -> bytes:
    """A checkpoint as a line of the file."""
    values = {
        "origin": checkpoint.origin,
        "epoch": checkpoint.epoch,
        "size": checkpoint.size,
        "root": base64.b64encode(checkpoint.root).decode(),
        "at": at,
    }
    if checkpoint.database:
        values["database"] = checkpoint.database
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _lines(file: IO[bytes]) -> Iterator[SignedCheckpoint]:
    """Whole lines only: one without its end was being written when the machine stopped, and was never signed."""
    for raw in file:
        if not raw.endswith(b"\n"):
            return
        try:
            values = json.loads(raw)
            yield SignedCheckpoint(
                origin=str(values["origin"]),
                epoch=str(values["epoch"]),
                size=int(values["size"]),
                root=base64.b64decode(values["root"]),
                database=str(values.get("database", "")),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise CheckpointFileError(f"This line is no checkpoint: {raw[:80]!r}") from error
