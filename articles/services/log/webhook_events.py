"""The webhook events of an appended record: from the words of the log to those of ``partners``."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from articles.models import ArchiveBatch, Record
from partners.services import webhooks


def announce(record: Record, *, epoch: UUID, previous: Record | None) -> None:
    """Leave a delivery for every endpoint that wants it, in the transaction that appended ``record``.

    A retraction names no topics, and a correction may take one off: so the record before counts as well.
    """
    claims = [row.document()["claim"] for row in (record, previous) if row]
    webhooks.enqueue(
        webhooks.Announcement(
            type=record.kind,
            seq=record.seq,
            epoch=epoch,
            claim_id=record.claim_id,
            revision=record.revision,
            previous_seq=previous.seq if previous else None,
            record_sha256=bytes(record.sha256).hex(),
            record_url=f"{settings.SITE_URL}/api/v1/claims/{record.claim_id}/revisions/{record.revision}/",
            claim_url=claims[0]["url"],
            at=record.at,
            topics={topic for claim in claims for topic in claim["topics"]},
            languages={claim["language"] for claim in claims},
        )
    )


def announce_archive(batch: ArchiveBatch, *, epoch: UUID, at: datetime) -> None:
    """Leave one delivery for a whole batch, in the transaction that finished it. Without records there is none."""
    if batch.first_seq is None or batch.last_seq is None:
        return
    webhooks.enqueue_archive(
        webhooks.ArchiveAnnouncement(
            batch=batch.pk,
            count=batch.published,
            first_seq=batch.first_seq,
            last_seq=batch.last_seq,
            epoch=epoch,
            changes_url=f"{settings.SITE_URL}/api/v1/changes/?since={batch.first_seq - 1}",
            at=at,
        )
    )
