"""Partners are told when the state of what they sent in changes: in the transaction that changes it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from articles.models import Submission
from articles.selectors import submissions
from articles.selectors.submissions import PartnerView
from partners.services import webhooks


def decided(submission: Submission, *, at: datetime) -> None:
    """Somebody decided on it."""
    if submission.partner is not None:
        _announce(submissions.one_of_partner(submission.partner, submission.pk), at)


def published(claim_id: UUID, *, at: datetime) -> None:
    """The claim became public, or its verdict was withdrawn."""
    for view in submissions.sent_in_for(claim_id):
        if view.is_answered_by(claim_id):
            _announce(view, at)


def work_stopped_or_began(claim_id: UUID, *, at: datetime) -> None:
    """The claim was dropped, perhaps as a repeat of another, or taken up again.

    Where it is public itself, its senders see no difference.
    """
    for view in submissions.sent_in_for(claim_id):
        if view.face is None or not view.is_answered_by(claim_id):
            _announce(view, at)


def _announce(view: PartnerView, at: datetime) -> None:
    row = view.submission
    assert row.partner_id is not None  # noqa: S101
    webhooks.enqueue_submission(
        webhooks.SubmissionAnnouncement(
            partner=row.partner_id,
            submission=row.pk,
            reference=row.reference,
            state=view.public_state,
            url=f"{settings.SITE_URL}/api/v1/submissions/{row.pk}/",
            at=at,
        )
    )
