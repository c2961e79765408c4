"""Keeps the vectors of claims up to date, for search by meaning. One process writes at a time; any number may try.

A published claim's vector is made again with each of its records, an open claim's with each of its versions. Vectors
of another encoder are replaced, those of claims that are no longer there are deleted.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction

from articles.choices import OPEN_STAGES
from articles.models import OpenVector, PublishedVector
from lib.encoding import Encoder

#: The advisory lock of all who write vectors: the number is this project's alone.
_LOCK = 7_202_033
BATCH = 200


@dataclass(frozen=True, slots=True)
class Filled:
    """How many vectors were made, and whether none is missing any more."""

    published: int
    open: int
    is_complete: bool

    def __str__(self) -> str:
        rest = "" if self.is_complete else "; others follow"
        return f"{self.published} published and {self.open} open claims{rest}"


def fill(encoder: Encoder, *, seconds: float | None = None, report: Callable[[int], None] | None = None) -> Filled:
    """Make the vectors that are missing or out of date, until none is, or ``seconds`` have passed.

    Each batch is a transaction: what was done stays when the process is killed. ``report`` is told how many vectors
    were made so far. Raises ``EncoderError``.
    """
    until = None if seconds is None else time.monotonic() + seconds
    made = {"published": 0, "open": 0}
    for kind, missing in (("published", _MISSING_PUBLISHED), ("open", _MISSING_OPEN)):
        while count := _fill_batch(encoder, kind, missing):
            made[kind] += count
            if report:
                report(sum(made.values()))
            if until is not None and time.monotonic() >= until:
                return Filled(made["published"], made["open"], is_complete=False)
    _forget_gone()
    return Filled(made["published"], made["open"], is_complete=True)


def clear() -> None:
    """Delete all vectors, to make them again."""
    with transaction.atomic():
        _lock_writers()
        PublishedVector.objects.all().delete()
        OpenVector.objects.all().delete()


def _lock_writers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _fill_batch(encoder: Encoder, kind: str, missing: str) -> int:
    """Make one batch; how many were made. Under the lock, stamps become visible in their order."""
    with transaction.atomic(), connection.cursor() as cursor:
        _lock_writers()
        cursor.execute(missing, {"encoder": encoder.name, "limit": BATCH, "open_stages": list(OPEN_STAGES)})
        claims = cursor.fetchall()
        if claims:
            rows = encoder.encode([text for _, text, _ in claims]).astype("<f2")
            values = [
                (claim, encoder.name, origin, row.tobytes())
                for (claim, _, origin), row in zip(claims, rows, strict=True)
            ]
            cursor.executemany(_WRITE.format(table=f"articles_{kind}vector"), values)
    return len(claims)


def _forget_gone() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        _lock_writers()
        cursor.execute(_GONE_OPEN, {"open_stages": list(OPEN_STAGES)})
        cursor.execute(_GONE_PUBLISHED)


#: In the order of their records, so that what is missing is what comes after the newest that is there.
_MISSING_PUBLISHED = """
SELECT c.claim_id, c.text, c.record_id FROM articles_publishedclaim c
WHERE c.record_id > coalesce((SELECT max(v.origin) FROM articles_publishedvector v WHERE v.encoder = %(encoder)s), 0)
ORDER BY c.record_id LIMIT %(limit)s
"""
_MISSING_OPEN = """
SELECT c.id, c.text, c.version FROM articles_claim c
LEFT JOIN articles_openvector v ON v.claim_id = c.id AND v.encoder = %(encoder)s
WHERE c.stage = ANY (%(open_stages)s::text[]) AND v.origin IS DISTINCT FROM c.version
ORDER BY c.id LIMIT %(limit)s
"""
_WRITE = """
INSERT INTO {table} (claim_id, encoder, origin, numbers, stamp)
VALUES (%s, %s, %s, %s, (SELECT coalesce(max(stamp), 0) + 1 FROM {table}))
ON CONFLICT (claim_id) DO UPDATE SET
    encoder = excluded.encoder, origin = excluded.origin, numbers = excluded.numbers, stamp = excluded.stamp
"""
_GONE_OPEN = """
DELETE FROM articles_openvector v WHERE NOT EXISTS (
    SELECT FROM articles_claim c WHERE c.id = v.claim_id AND c.stage = ANY (%(open_stages)s::text[])
)
"""
_GONE_PUBLISHED = """
DELETE FROM articles_publishedvector v
WHERE NOT EXISTS (SELECT FROM articles_publishedclaim c WHERE c.claim_id = v.claim_id)
"""
