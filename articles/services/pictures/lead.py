"""The picture that leads a claim: choosing it, describing it, taking it off."""

from datetime import datetime
from typing import Any, Final

from accounts.models import User
from articles.models import Claim, LeadPicture, Picture
from articles.services import editing

#: What is said about a lead picture.
FIELDS: Final = ("alt", "credit", "licence", "focus", "is_stamped")


def put(*, claim: Claim, picture: Picture, by: User, at: datetime, version: int, **fields: Any) -> LeadPicture:
    """Let ``picture`` lead ``claim``, in place of another one. ``fields`` are some of ``FIELDS``.

    Of another picture than before, what was said about that one is not kept. Raises ``ValidationError``, and what
    ``editing.claim_content`` raises.
    """
    with editing.claim_content(claim, by=by, at=at, version=version) as locked:
        row = LeadPicture.objects.filter(claim=locked).first() or LeadPicture(
            claim=locked, created_by=by, created_at=at
        )
        if row.picture_id != picture.pk:
            row.picture = picture
            fields = {"alt": "", "credit": "", "licence": "", "focus": "", "is_stamped": False, **fields}
        editing.assign(row, fields)
        row.save()
    row.claim = locked
    return row


def describe(*, lead: LeadPicture, by: User, at: datetime, version: int, **fields: Any) -> LeadPicture:
    """Change what is said about a claim's picture; ``version`` is the claim's. Raises what ``put`` raises."""
    with editing.claim_content(lead.claim, by=by, at=at, version=version) as locked:
        editing.assign(lead, fields)
        lead.save()
    lead.claim = locked
    return lead


def take_off(*, claim: Claim, by: User, at: datetime, version: int) -> Claim:
    """Let no picture lead the claim. The picture itself is kept. Raises what ``editing.claim_content`` raises."""
    with editing.claim_content(claim, by=by, at=at, version=version) as locked:
        LeadPicture.objects.filter(claim=locked).delete()
    return locked
