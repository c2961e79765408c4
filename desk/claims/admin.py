"""Claims in the admin site: their permissions, history and search."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from articles.models import Claim
from articles.selectors.claims import timeline
from desk.claims.actions import ClaimActions


@admin.register(Claim)
class ClaimAdmin(ClaimActions):
    """Permissions, history, and the search by which a form finds a claim.

    The list is ``desk.claims.list_page``, the page of one claim ``desk.claim_page``.
    """

    search_fields = ("text", "claimant__name", "appearances__exact")
    actions = ("approve_selected",)

    def get_queryset(self, request: Any) -> QuerySet[Claim]:
        """Claims, newest first."""
        return Claim.objects.order_by("-updated_at")

    def entries(self, obj: Claim) -> list[timeline.Entry]:
        """The history of the claim and of all that hangs on it."""
        return timeline.of_claim(obj)
