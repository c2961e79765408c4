"""The publication log: the one place where a record gets its number."""

import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from articles.choices import RecordKind
from articles.models import Head, Record, Subtree
from articles.models.readers.log import LOG_CHANNEL
from articles.selectors.log import record_content
from articles.selectors.log.log_verification import TILE_HEIGHT, leaf_entry
from articles.services import copying
from articles.services.log import changes, log_clock, webhook_events, witnesses
from caching import keys
from lib.transparency import canonical_json, merkle


def append(
    document: dict[str, Any], *, claim_id: UUID, revision: int, kind: str, at: datetime, previous: Record | None
) -> Record:
    """Freeze ``document`` under the next number. Call it last in the transaction: it holds the log's only lock.

    The lock is released after the commit is visible, so a client that sees n can see 1…n-1, and a rolled-back act
    gives its number back: the sequence is dense.
    """
    head = _lock_head()
    appended = _grow(head, document, claim_id=claim_id, revision=revision, kind=kind, at=at, previous=previous)
    head.save()
    appended.save(force_insert=True)
    webhook_events.announce(appended, epoch=head.epoch, previous=previous)
    witnesses.wake()
    return appended


def append_first(documents: Iterable[tuple[UUID, dict[str, Any]]], *, at: datetime) -> list[Record]:
    """Freeze the first record of many new claims under one block of numbers, in their order.

    The block is the caller's transaction: other publications wait until it ends. No event is announced for each
    record; who imports an archive announces the batch.
    """
    head, kind = _lock_head(), RecordKind.PUBLISHED
    appended = [
        _grow(head, document, claim_id=claim_id, revision=1, kind=kind, at=at, previous=None)
        for claim_id, document in documents
    ]
    head.save()
    copying.copy_rows(appended)
    changes.note([keys.SITE], seq=head.seq)
    witnesses.wake()
    return appended


def sketch(
    document: dict[str, Any], *, claim_id: UUID, revision: int, kind: str, at: datetime, previous: Record | None
) -> Record:
    """The record that ``append`` would make now, neither stored nor in the log. Its number may go to another one."""
    seq = Head.objects.values_list("seq", flat=True).get(pk=1) + 1
    body = _freeze(document, seq=seq, kind=kind, revision=revision, at=at)
    digests = {"sha256": canonical_json.sha256(body), "previous_sha256": previous.sha256 if previous else None}
    return Record(seq=seq, claim_id=claim_id, revision=revision, kind=kind, at=at, body=body, **digests)


def lock_for_record(at: datetime | None) -> datetime:
    """Take the log's lock, before the document is made, and return the moment of the next record.

    Without ``at`` it is the time of the database. The record before it is never later: see
    ``log_clock.moment_after``, whose ``ClockBehindError`` this raises.
    """
    head = Head.objects.select_for_update().get(pk=1)
    return log_clock.moment_after(head.seq, at)


def _lock_head() -> Head:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        cursor.execute("SELECT pg_notify(%s, '')", [LOG_CHANNEL])  # heard when the commit is visible
    return Head.objects.select_for_update().get(pk=1)


def _grow(
    head: Head,
    document: dict[str, Any],
    *,
    claim_id: UUID,
    revision: int,
    kind: str,
    at: datetime,
    previous: Record | None,
) -> Record:
    """The next record, not stored yet; ``head`` counts it."""
    seq = head.seq + 1
    body = _freeze(document, seq=seq, kind=kind, revision=revision, at=at)
    digest = canonical_json.sha256(body)
    previous_digest = bytes(previous.sha256) if previous else None
    leaf = merkle.leaf(leaf_entry(seq, claim_id, revision, kind, at, digest, previous_digest))
    _advance(head, leaf)
    return Record(
        seq=seq,
        claim_id=claim_id,
        revision=revision,
        kind=kind,
        at=at,
        body=body,
        sha256=digest,
        previous_sha256=previous_digest,
        leaf=leaf,
        root=head.root,
    )


def _freeze(document: dict[str, Any], *, seq: int, kind: str, revision: int, at: datetime) -> bytes:
    """The record's bytes. The salt keeps the hash of an erased record from being guessed back to its text."""
    return canonical_json.canonical(
        {
            **document,
            "schema": canonical_json.SCHEMA,
            "seq": seq,
            "kind": kind,
            "revision": revision,
            "published_at": record_content.instant(at),
            "salt": secrets.token_hex(16),
        }
    )


def _advance(head: Head, leaf: bytes) -> None:
    """Count up and grow the tree by one leaf. Every 256th leaf fills a tile, which is then kept as one hash."""
    frontier, completed = merkle.grow([bytes(part) for part in head.frontier], head.seq, leaf)
    head.frontier = list(frontier)
    head.root = merkle.root(frontier)
    head.seq += 1
    for level, hash_ in enumerate(completed[TILE_HEIGHT::TILE_HEIGHT], start=1):
        Subtree.objects.create(level=level, index=(head.seq >> TILE_HEIGHT * level) - 1, hash=hash_)


def begin_epoch() -> uuid.UUID:
    """Give the log a new epoch, after a backup was restored that lacks records which had been public; returns it.

    Mirrors then notice that a number may mean another record, and start again.
    """
    with transaction.atomic():
        head = Head.objects.select_for_update().get(pk=1)
        head.epoch = uuid.uuid4()
        head.save(update_fields=["epoch"])
    return head.epoch
