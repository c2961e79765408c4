"""Claims in the admin site: their permissions, history and search."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from articles.models import Claim
from articles.selectors.claims import timeline
from articles.selectors.verification import second_verdicts
from desk.http.admin import DeskAdmin


@admin.register(Claim)
class ClaimAdmin(DeskAdmin):
    """Permissions, history, and the search by which a form finds a claim.

    The list is ``desk.claims.list_page``, the page of one claim ``desk.claim_page``.
    """

    search_fields = ("text", "claimant__name", "appearances__exact")

    def get_queryset(self, request: Any) -> QuerySet[Claim]:
        """Claims, newest first."""
        return Claim.objects.order_by("-updated_at")

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The history holds every verdict: who has to give one first does not see it."""
        claim = self.get_object(request, object_id)
        if claim is not None and second_verdicts.hides(claim, request.user):
            return HttpResponseRedirect(reverse("admin:articles_claim_review", args=[claim.pk]))
        return super().history_view(request, object_id, extra_context)

    def entries(self, obj: Claim) -> list[timeline.Entry]:
        """The history of the claim and of all that hangs on it."""
        return timeline.of_claim(obj)
