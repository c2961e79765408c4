"""Deleting old webhook rows: a portion at a time, each in a short transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from partners.services import notices, schedule

#: Rows of one portion: publishing and delivering never wait long for it.
PORTION = 1000
#: At least this much is always kept: deliveries are tried and receivers look back for days.
LEAST = timedelta(days=7)

# Each chooses its portion by itself, first: a plan may ask a subquery once for each row, and its limit holds each time.
_DELIVERIES = """
WITH done AS (
    SELECT id FROM partners_delivery WHERE state <> 'pending' AND done_at < %(before)s
    ORDER BY done_at LIMIT %(portion)s FOR UPDATE SKIP LOCKED
), tries AS (
    DELETE FROM partners_attempt WHERE delivery_id IN (SELECT id FROM done)
)
DELETE FROM partners_delivery WHERE id IN (SELECT id FROM done)"""
#: What was waiting when an endpoint was disabled: it was not resumed for so long. A test may be under way there.
_FORSAKEN = """
WITH forsaken AS (
    SELECT delivery.id FROM partners_delivery delivery JOIN partners_endpoint endpoint
        ON endpoint.id = delivery.endpoint_id
    WHERE delivery.state = 'pending' AND endpoint.state = 'disabled' AND endpoint.state_changed_at < %(before)s
      AND (delivery.lease_until IS NULL OR delivery.lease_until < %(now)s)
    LIMIT %(portion)s FOR UPDATE OF endpoint, delivery SKIP LOCKED
), tries AS (
    DELETE FROM partners_attempt WHERE delivery_id IN (SELECT id FROM forsaken)
)
DELETE FROM partners_delivery WHERE id IN (SELECT id FROM forsaken)"""
#: An event that somebody still waits for is kept, however old it is.
_EVENTS = """
WITH old AS (
    SELECT id FROM partners_event event WHERE at < %(before)s
      AND NOT EXISTS (SELECT 1 FROM partners_delivery WHERE event_id = event.id)
    ORDER BY id LIMIT %(portion)s FOR UPDATE SKIP LOCKED
)
DELETE FROM partners_event WHERE id IN (SELECT id FROM old)"""
#: The notice of a key's end says that its partner was told, so it stays as long as the key may be told of.
_NOTICES = """
WITH old AS (
    SELECT notice.id FROM partners_notice notice LEFT JOIN partners_key key ON key.id = notice.key_id
    WHERE notice.created_at < %(before)s AND (key.id IS NULL OR key.revoked_at < %(now)s OR key.expires_at < %(now)s)
    ORDER BY notice.id LIMIT %(portion)s FOR UPDATE OF notice SKIP LOCKED
)
DELETE FROM partners_notice WHERE id IN (SELECT id FROM old)"""
_SECRETS = """
WITH old AS (
    SELECT id FROM partners_endpointsecret WHERE expires_at < %(now)s LIMIT %(portion)s FOR UPDATE SKIP LOCKED
)
DELETE FROM partners_endpointsecret WHERE id IN (SELECT id FROM old)"""


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows went."""

    deliveries: int
    events: int
    notices: int
    secrets: int


def prune(*, at: datetime, keep: timedelta) -> Pruned:
    """Delete deliveries that were done ``keep`` ago with their attempts, old events without pending deliveries, notices
    as old, and secrets that sign no more. Deliveries that wait stay, those of paused endpoints, too; those of an
    endpoint that was disabled ``keep`` ago go.

    What was pruned cannot be replayed. Call it outside of transactions. Raises ValueError for less than ``LEAST``.
    """
    if keep < max(LEAST, notices.TRIED_FOR) or keep.total_seconds() < 2 * sum(schedule.retry_seconds()):
        raise ValueError("That would delete what is still being tried.")
    values = {"now": at, "before": at - keep, "portion": PORTION}
    deliveries = _all(_DELIVERIES, values) + _all(_FORSAKEN, values)
    return Pruned(deliveries, *(_all(sql, values) for sql in (_EVENTS, _NOTICES, _SECRETS)))


def _all(sql: str, values: dict[str, Any]) -> int:
    gone = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            portion = int(cursor.rowcount)
        gone += portion
        if portion < PORTION:
            return gone
