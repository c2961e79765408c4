"""Who opened the content of a claim that is up for approval."""

from django.db.models import QuerySet

from accounts.models import User
from articles.models import Claim, Reading
from articles.selectors.log import approved_content


def has_opened(claim: Claim, user: User) -> bool:
    """Whether ``user`` had the present content in front of them."""
    return _of(claim).filter(user=user).exists()


def of_content(claim: Claim) -> list[Reading]:
    """Who opened the present content, in order."""
    return list(_of(claim).select_related("user").order_by("at", "id"))


def _of(claim: Claim) -> QuerySet[Reading]:
    return Reading.objects.filter(claim=claim.pk, content_sha256__in=approved_content.accepted(claim))
