"""Webhook events and their deliveries, written in the transaction that publishes."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from partners.choices import EventType
from partners.models import Delivery, Endpoint, Event

#: Workers listen here; a notice is only a wake-up, the rows are the truth.
CHANNEL = "partners_webhooks"


#: Which endpoints want which events. What is about no claim has neither topics nor languages, and goes to all.
WANTED = """
(endpoint.event_types = '{}' OR event.type = ANY (endpoint.event_types))
AND (coalesce(endpoint.topics, '{}') = '{}' OR event.topics IS NULL OR EXISTS (
    SELECT 1 FROM unnest(endpoint.topics) one, unnest(event.topics) other WHERE lower(one) = lower(other)))
AND (coalesce(endpoint.languages, '{}') = '{}' OR event.languages IS NULL OR EXISTS (
    SELECT 1 FROM unnest(endpoint.languages) one, unnest(event.languages) other
    WHERE lower(split_part(one, '-', 1)) = lower(split_part(other, '-', 1))))"""


@dataclass(frozen=True, slots=True)
class Announcement:
    """The part of an appended record that partners receive.

    ``topics`` and ``languages`` are those of the record and of the one before: by them endpoints choose.
    """

    type: str
    seq: int
    epoch: UUID
    claim_id: UUID
    revision: int
    previous_seq: int | None
    record_sha256: str
    record_url: str
    claim_url: str
    at: datetime
    topics: Collection[str] = ()
    languages: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class SubmissionAnnouncement:
    """The state in which one of a partner's submissions is now. No other partner hears of it."""

    partner: UUID
    submission: UUID
    reference: str
    state: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ArchiveAnnouncement:
    """An archive whose records were appended to the log: ``count`` of those from ``first_seq`` to ``last_seq``."""

    batch: UUID
    count: int
    first_seq: int
    last_seq: int
    epoch: UUID
    changes_url: str
    at: datetime


def receivers(*, type: str, topics: Collection[str], languages: Collection[str]) -> tuple[int, int]:
    """How many endpoints would get an event of this type about a claim with these topics and languages now, and of how
    many partners they are."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT count(*), count(DISTINCT endpoint.partner_id)
            FROM (SELECT %(type)s::text AS type, %(topics)s::varchar[] AS topics, %(languages)s::varchar[] AS languages)
                AS event, partners_endpoint endpoint JOIN partners_partner partner ON partner.id = endpoint.partner_id
            WHERE partner.is_active AND endpoint.state <> 'disabled' AND {WANTED}
            """,  # noqa: S608 - our own text
            {"type": type, "topics": sorted(topics), "languages": sorted(languages)},
        )
        endpoints, partners = cursor.fetchone()
    return endpoints, partners


def enqueue(announced: Announcement) -> None:
    """Note the event, and a delivery for every endpoint that wants it and is not disabled.

    To be called in the publishing transaction. Nothing is sent here; a worker is woken when it commits.
    """
    _enqueue(
        type=announced.type,
        seq=announced.seq,
        epoch=announced.epoch,
        claim=announced.claim_id,
        at=announced.at,
        body=body_of(announced),
        topics=sorted(announced.topics),
        languages=sorted(announced.languages),
    )


def enqueue_submission(announced: SubmissionAnnouncement) -> None:
    """``enqueue`` for the endpoints of one partner."""
    document: dict[str, object] = {
        "type": "submission.changed",
        "timestamp": _instant(announced.at),
        "data": {
            "submission": str(announced.submission),
            "reference": announced.reference,
            "state": announced.state,
            "url": announced.url,
        },
    }
    _enqueue(type=EventType.SUBMISSION, at=announced.at, body=_json(document), partner=announced.partner)


def enqueue_archive(announced: ArchiveAnnouncement) -> None:
    """``enqueue`` for a whole archive: one event under the number of its last record."""
    _enqueue(
        type=EventType.IMPORTED,
        seq=announced.last_seq,
        epoch=announced.epoch,
        claim=None,
        at=announced.at,
        body=_json(
            {
                "type": "archive.imported",
                "timestamp": _instant(announced.at),
                "data": {
                    "batch": str(announced.batch),
                    "count": announced.count,
                    "first_seq": announced.first_seq,
                    "last_seq": announced.last_seq,
                    "epoch": str(announced.epoch),
                    "url": announced.changes_url,
                },
            }
        ),
    )


def _enqueue(
    *,
    type: str,
    at: datetime,
    body: bytes,
    seq: int | None = None,
    epoch: UUID | None = None,
    claim: UUID | None = None,
    partner: UUID | None = None,
    topics: list[str] | None = None,
    languages: list[str] | None = None,
) -> None:
    """The event and its deliveries, in one statement."""
    values: dict[str, Any] = {"seq": seq, "epoch": epoch, "claim": claim, "type": str(type), "at": at, "body": body}
    values |= {"channel": CHANNEL, "partner": partner, "topics": topics, "languages": languages}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH event AS (
                INSERT INTO partners_event (seq, epoch, claim_id, type, at, body, topics, languages)
                VALUES (%(seq)s, %(epoch)s, %(claim)s, %(type)s, %(at)s, %(body)s, %(topics)s::varchar[],
                        %(languages)s::varchar[])
                RETURNING id, type, topics, languages
            ), made AS (
                INSERT INTO partners_delivery (endpoint_id, event_id, seq, claim_id, state, attempts, next_at)
                SELECT endpoint.id, event.id, %(seq)s::bigint, %(claim)s::uuid, 'pending', 0, clock_timestamp()
                FROM event, partners_endpoint endpoint JOIN partners_partner partner ON partner.id = endpoint.partner_id
                WHERE partner.is_active AND endpoint.state <> 'disabled'
                  AND (%(partner)s::uuid IS NULL OR partner.id = %(partner)s::uuid) AND {WANTED}
                FOR KEY SHARE OF endpoint  -- one that is being removed is waited for, and then it is not there
                RETURNING 1
            )
            SELECT pg_notify(%(channel)s, '') FROM made LIMIT 1
            """,  # noqa: S608 - our own text
            values,
        )


def body_of(announced: Announcement) -> bytes:
    """The message: what happened, to which claim, and where the record is; never the record itself."""
    return _json(
        {
            "type": f"claim.{announced.type}",
            "timestamp": _instant(announced.at),
            "data": {
                "claim": str(announced.claim_id),
                "revision": announced.revision,
                "seq": announced.seq,
                "epoch": str(announced.epoch),
                "prev_seq_for_claim": announced.previous_seq,
                "record_sha256": announced.record_sha256,
                "url": announced.record_url,
                "page_url": announced.claim_url,
            },
        }
    )


def ping(*, endpoint: Endpoint, at: datetime) -> Delivery:
    """A test message for one endpoint, to be sent by the caller (``deliveries.take``)."""
    body = _json({"type": "ping", "timestamp": _instant(at), "data": {"endpoint": endpoint.pk}})
    event = Event.objects.create(type=EventType.PING, at=at, body=body)
    return Delivery.objects.create(endpoint=endpoint, event=event, next_at=at)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _json(document: dict[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
