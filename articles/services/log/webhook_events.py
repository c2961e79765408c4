"""The webhook events of an appended record: from the words of the log to those of ``partners``."""

from uuid import UUID

from django.conf import settings

from articles.models import Record
from partners.services import webhooks


def announce(record: Record, *, epoch: UUID, previous: Record | None) -> None:
    """Leave a delivery for every endpoint that wants it, in the transaction that appended ``record``."""
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
            claim_url=record.document()["claim"]["url"],
            at=record.at,
        )
    )
