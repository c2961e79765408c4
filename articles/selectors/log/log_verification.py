"""Reading the log back, and finding out whether anybody rewrote it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from articles.models import Head, Record, Subtree
from articles.selectors.log import lead_pictures
from articles.selectors.log.record_content import instant
from lib.transparency import canonical_json as record
from lib.transparency import merkle

#: A full tile holds 2 to this many hashes (C2SP tlog-tiles).
TILE_HEIGHT = 8


def leaf_entry(
    seq: int, claim_id: UUID, revision: int, kind: str, at: datetime, digest: bytes, previous: bytes | None
) -> bytes:
    """The entry of a record in the tree."""
    return record.entry(
        seq=seq,
        claim=str(claim_id),
        revision=revision,
        kind=kind,
        at=instant(at),
        record_sha256=digest.hex(),
        previous_record_sha256=previous.hex() if previous else None,
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """The first place where the log is not what was published."""

    seq: int
    problem: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A record that was recomputed, with the size and root of the tree it closes."""

    record: Record
    entry: bytes
    root: bytes


class LogDiffersError(Exception):
    """The log differs from what was published; ``finding`` says where first."""

    def __init__(self, seq: int, problem: str) -> None:
        self.finding = Finding(seq, problem)
        super().__init__(f"seq {seq}: {problem}")


@contextmanager
def snapshot() -> Iterator[None]:
    """Within this block every query sees the log as the first query saw it."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def head() -> Head:
    """The head of the log in the desk's database."""
    return Head.objects.get(pk=1)


def root_at(size: int) -> bytes | None:
    """The root that the desk's log had at this size; None when it never was that large."""
    if size == 0:
        return merkle.EMPTY_ROOT
    root = Record.objects.filter(seq=size).values_list("root", flat=True).first()
    return bytes(root) if root is not None else None


def verify(signed: Mapping[int, bytes] | None = None) -> Iterator[Checked]:
    """Recompute the whole log in order, yielding each record that holds.

    ``signed`` are the roots, by size, that checkpoints were signed for: the tree must have had them. Raises
    ``LogDiffersError`` at the first record that was edited, dropped, swapped or re-numbered, and at the end when the
    head disagrees or a signed size is not reached. Memory stays flat; one pass.
    """
    stands, signed = head(), signed or {}
    frontier: list[bytes] = []
    last_of_claim: dict[UUID, tuple[int, bytes]] = {}
    expected = 1
    for row in Record.objects.order_by("seq").iterator(chunk_size=500):
        if row.seq != expected:
            raise LogDiffersError(expected, f"the record is missing; the next one there is {row.seq}")
        checked = _check(row, last_of_claim.get(row.claim_id))
        frontier, completed = merkle.grow(frontier, row.seq - 1, merkle.leaf(checked))
        root = merkle.root(frontier)
        if root != bytes(row.root):
            raise LogDiffersError(row.seq, "the tree has another root here than when the record was appended")
        if signed.get(row.seq, root) != root:
            raise LogDiffersError(row.seq, "a checkpoint of this size was signed for another tree")
        _check_tiles(row.seq, completed)
        last_of_claim[row.claim_id] = (row.revision, bytes(row.sha256))
        expected += 1
        yield Checked(row, checked, root)
    _check_head(stands, last=expected - 1, frontier=frontier)
    if signed and max(signed) >= expected:
        raise LogDiffersError(expected, f"a checkpoint was signed for {max(signed)} records")


def _check_tiles(size: int, completed: list[bytes]) -> None:
    """The tiles that are full with this record must be kept as the hashes they have."""
    for level, right in enumerate(completed[TILE_HEIGHT::TILE_HEIGHT], start=1):
        index = (size >> TILE_HEIGHT * level) - 1
        kept = Subtree.objects.filter(level=level, index=index).values_list("hash", flat=True).first()
        if kept is None or bytes(kept) != right:
            raise LogDiffersError(size, f"the tree's tile {index} of level {level - 1} is kept as another hash")


def _check(row: Record, previous: tuple[int, bytes] | None) -> bytes:
    body = bytes(row.body)
    if record.sha256(body) != bytes(row.sha256):
        raise LogDiffersError(row.seq, "the record's bytes do not have the hash they were published under")
    try:
        document = json.loads(body)
    except ValueError as error:
        raise LogDiffersError(row.seq, "the record is no JSON") from error
    columns = {
        "seq": row.seq,
        "revision": row.revision,
        "kind": row.kind,
        "published_at": instant(row.at),
        "schema": record.SCHEMA,
    }
    for name, value in columns.items():
        if document.get(name) != value:
            raise LogDiffersError(row.seq, f"the record says {name} {document.get(name)!r}, its row {value!r}")
    if document.get("claim", {}).get("id") != str(row.claim_id):
        raise LogDiffersError(row.seq, "the record is filed under another claim than it names")
    revision, digest = previous or (0, None)
    if row.revision != revision + 1:
        raise LogDiffersError(row.seq, f"revision {row.revision} follows revision {revision} of the same claim")
    if (bytes(row.previous_sha256) if row.previous_sha256 else None) != digest:
        raise LogDiffersError(row.seq, "the record does not follow the one that was there before it")
    named = lead_pictures.names(document)
    if named and (lost := lead_pictures.altered(named)):
        raise LogDiffersError(row.seq, f"the picture {lost} that the record names is not kept as it was")
    entry = leaf_entry(row.seq, row.claim_id, row.revision, row.kind, row.at, bytes(row.sha256), digest)
    if merkle.leaf(entry) != bytes(row.leaf):
        raise LogDiffersError(row.seq, "the leaf of the tree does not stand for this record")
    return entry


def _check_head(head: Head, *, last: int, frontier: list[bytes]) -> None:
    if head.seq != last:
        first_bad = min(head.seq, last) + 1
        raise LogDiffersError(first_bad, f"the head counts {head.seq} records, the log holds {last}")
    if bytes(head.root) != merkle.root(frontier) or [bytes(part) for part in head.frontier] != frontier:
        raise LogDiffersError(last, "the head's tree is not the tree of these records")
