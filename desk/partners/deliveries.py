"""The delivery log: what was sent where, each attempt, and sending again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline

from desk.partners.notices import badge, moment
from partners.choices import DeliveryState
from partners.models import Attempt, Delivery
from partners.services import replays

_TONES = {DeliveryState.PENDING: "warning", DeliveryState.DELIVERED: "success", DeliveryState.DEAD: "danger"}


class AttemptInline(TabularInline):  # type: ignore[misc]
    """Each try."""

    model = Attempt
    fields = readonly_fields = ("number", "began", "status", "word", "milliseconds", "said")
    extra = 0
    hide_title = True
    can_delete = False

    @admin.display(description=gettext_lazy("at"))
    def began(self, attempt: Attempt) -> str:
        """When it began."""
        return moment(attempt.at)

    @admin.display(description=gettext_lazy("answer"))
    def said(self, attempt: Attempt) -> str:
        """The beginning of what came back."""
        return format_html('<code class="desk-record">{}</code>', attempt.answer) if attempt.answer else ""

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        """Never: the worker writes attempts."""
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        """Whether this person may see the delivery."""
        return bool(request.user.has_perm("partners.view_delivery"))


@admin.register(Delivery)
class DeliveryAdmin(ModelAdmin):  # type: ignore[misc]
    """Nothing is changed here; what was chosen can be sent once more."""

    list_display = ("message_id", "where", "event_type", "state_badge", "attempts", "when")
    list_filter = ("state", "endpoint")
    list_filter_sheet = False
    search_fields = ("seq",)
    search_help_text = gettext_lazy("The number of a record, or two with a dash: 120-140.")
    list_per_page = 50
    show_full_result_count = False
    inlines = (AttemptInline,)
    fields = readonly_fields = (
        *("message_id", "endpoint", "event_type", "claim_id", "state_badge", "attempts", "when", "body"),
    )
    actions = ("deliver_again",)

    def get_queryset(self, request: Any) -> QuerySet[Delivery]:
        """With what the list shows."""
        rows: QuerySet[Delivery] = super().get_queryset(request)
        return rows.select_related("event", "endpoint")

    def has_add_permission(self, request: Any) -> bool:
        """Never: publication creates deliveries."""
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """Never; the list offers to send one again."""
        return False

    has_delete_permission = has_change_permission

    def has_again_permission(self, request: Any) -> bool:
        """Whether this person may manage endpoints."""
        return bool(request.user.has_perm("partners.change_endpoint"))

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Only the list's own filters."""
        return lookup in ("state__exact", "endpoint__id__exact") and "\x00" not in str(value)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """A number or a range of numbers; anything else finds nothing."""
        first, dash, last = (part.strip() for part in search_term.partition("-"))
        if not search_term.strip():
            return queryset, False
        bounds = (first, last if dash else first)
        if not all(bound.isascii() and bound.isdigit() and len(bound) <= 18 for bound in bounds):
            return queryset.none(), False
        return queryset.filter(seq__range=tuple(map(int, bounds))), False

    @admin.display(description=gettext_lazy("endpoint"), ordering="endpoint")
    def where(self, delivery: Delivery) -> str:
        """The endpoint's address, short enough for a list."""
        url = delivery.endpoint.url
        return format_html('<span title="{}">{}</span>', url, Truncator(url.partition("://")[2]).chars(36))

    @admin.display(description=gettext_lazy("event"), ordering="event__type")
    def event_type(self, delivery: Delivery) -> str:
        """What happened."""
        return delivery.event.get_type_display().partition(":")[0]

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_badge(self, delivery: Delivery) -> str:
        """The state in its tone."""
        return badge(_TONES[DeliveryState(delivery.state)], delivery.get_state_display())

    @admin.display(description=gettext_lazy("next attempt, or end"), ordering=Coalesce("done_at", "next_at"))
    def when(self, delivery: Delivery) -> str:
        """When it is tried next, or when it was done."""
        return moment(delivery.done_at or delivery.next_at)

    @admin.display(description=gettext_lazy("body"))
    def body(self, delivery: Delivery) -> str:
        """What is posted."""
        return format_html('<code class="desk-record">{}</code>', bytes(delivery.event.body).decode())

    @admin.action(description=gettext_lazy("Deliver again"), permissions=["again"])
    def deliver_again(self, request: Any, queryset: QuerySet[Delivery]) -> None:
        """Send the chosen ones once more."""
        chosen = list(queryset.values_list("pk", flat=True))
        count = replays.deliver_again(deliveries=chosen, by=request.user, at=timezone.now())
        messages.success(request, _("%(count)s deliveries are sent once more.") % {"count": count})
