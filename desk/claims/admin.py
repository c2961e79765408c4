"""The list of claims."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles import rules
from articles.models import Claim
from articles.selectors import admin_lists
from articles.selectors.claims import timeline
from articles.selectors.verification import second_verdicts
from desk.claims.actions import ClaimActions
from desk.claims.filters import CLAIM_FILTERS
from desk.http import badges
from desk.http.admin import DeskAdmin


@admin.register(Claim)
class ClaimAdmin(ClaimActions, DeskAdmin):
    """The list of claims, and their history. A claim's own page is ``desk.claim_page``."""

    list_display = ("text", "stage_badge", "rating_badge", "said_by", "assigned", "due", "recheck", "changed")
    list_filter = CLAIM_FILTERS
    allowed_lookups = tuple(filter.parameter_name for filter in CLAIM_FILTERS)
    list_filter_sheet = False
    search_fields = ("text", "claimant__name", "appearances__exact")
    search_help_text = "Search in statements, claimants and quoted passages"
    actions = ("take_selected", "assign_selected")

    def get_queryset(self, request: Any) -> QuerySet[Claim]:
        """Claims with their current rating."""
        return admin_lists.claims().order_by("-updated_at")

    @admin.display(description="stage", ordering="stage")
    def stage_badge(self, claim: Claim) -> str:
        """The stage."""
        return badges.stage(claim.stage)

    @admin.display(description="rating", ordering="rating_label")
    def rating_badge(self, claim: Any) -> str:
        """What was found."""
        return badges.rating(claim.rating_label, claim.rating_tone)

    @admin.display(description="claimant", ordering="claimant__name")
    def said_by(self, claim: Claim) -> str:
        """By name alone; the claim's page has the role."""
        if claim.claimant:
            return claim.claimant.name
        return "Unattributed" if claim.is_unattributed else "–"

    @admin.display(description="assignee", ordering="assignee__first_name")
    def assigned(self, claim: Claim) -> str:
        """On whose desk."""
        return claim.assignee.display_name() if claim.assignee else "–"

    @admin.display(description="due", ordering="due_on")
    def due(self, claim: Claim) -> str:
        """By when, and whether that is past."""
        if claim.due_on is None:
            return "–"
        late = rules.is_editable(claim) and claim.due_on < timezone.localdate()
        return format_html('<span class="{}">{}</span>', "desk-late" if late else "", _short(claim.due_on))

    @admin.display(description="check again", ordering="recheck_on")
    def recheck(self, claim: Claim) -> str:
        """When the facts may have moved."""
        return _short(claim.recheck_on) if claim.recheck_on else "–"

    @admin.display(description="changed", ordering="updated_at")
    def changed(self, claim: Claim) -> str:
        """When somebody last worked on it."""
        at = timezone.localtime(claim.updated_at)
        return f"today, {at:%H:%M}" if at.date() == timezone.localdate() else _short(at.date())

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The history holds every verdict: who has to give one first does not see it."""
        claim = self.get_object(request, object_id)
        if claim is not None and second_verdicts.hides(claim, request.user):
            return HttpResponseRedirect(reverse("admin:articles_claim_review", args=[claim.pk]))
        return super().history_view(request, object_id, extra_context)

    def entries(self, obj: Claim) -> list[timeline.Entry]:
        """The history of the claim and of all that hangs on it."""
        return timeline.of_claim(obj)


def _short(day: date) -> str:
    """A day in a list: with its year where that is another one than today's."""
    return f"{day:%-d %b}" if day.year == timezone.localdate().year else f"{day:%-d %b %Y}"
