"""Who opened the content of a claim that is up for approval."""

from accounts.models import User
from articles.models import Claim, Reading
from articles.selectors.log import record_content


def has_opened(claim: Claim, user: User) -> bool:
    """Whether ``user`` had the present content in front of them."""
    sha256 = record_content.content_sha256(claim)
    return Reading.objects.filter(claim=claim.pk, user=user, content_sha256=sha256).exists()


def of_content(claim: Claim) -> list[Reading]:
    """Who opened the present content, in order."""
    rows = Reading.objects.filter(claim=claim.pk, content_sha256=record_content.content_sha256(claim))
    return list(rows.select_related("user").order_by("at", "id"))
