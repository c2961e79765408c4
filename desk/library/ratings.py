"""What is looked at and not edited: editions of ratings, and the log of records."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.models import Rating, Record
from articles.selectors import admin_lists
from articles.selectors.claims import timeline
from articles.selectors.library import ratings
from desk.http.admin import ReadOnlyAdmin


@admin.register(Rating)
class RatingAdmin(ReadOnlyAdmin):
    """One edition, and the history of its rating. The list, with every act, is the page of ratings."""

    fields = ("label", "key", "edition", "definition", "value", "best", "worst", "tone", "introduced_on", "retired_on")

    def entries(self, obj: Rating) -> list[timeline.Entry]:
        """What became of the rating in all its editions, and of their translations."""
        return timeline.of_rows(ratings.with_history(obj))


@admin.register(Record)
class RecordAdmin(ReadOnlyAdmin):
    """The log of everything that was published, as it was."""

    list_display = ("seq", "kind", "claim", "revision", "at")
    list_filter = ("kind",)
    allowed_lookups = ("kind__exact",)
    list_filter_sheet = False
    ordering = ("-seq",)
    fields = ("seq", "kind", "claim", "revision", "at", "fingerprint", "document")
    readonly_fields = fields

    def get_queryset(self, request: Any) -> QuerySet[Record]:
        """Without their bytes, which only the page of one record shows."""
        return admin_lists.records()

    @admin.display(description=_("claim"))
    def claim(self, record: Record) -> str:
        """The claim on the desk."""
        address = reverse("admin:articles_claim_change", args=[record.claim_id])
        return format_html('<a class="desk-link" href="{}">{}</a>', address, record.claim_id)

    @admin.display(description=_("SHA-256"))
    def fingerprint(self, record: Record) -> str:
        """The hash of the record's bytes."""
        return bytes(record.sha256).hex()

    @admin.display(description=_("record"))
    def document(self, record: Record) -> str:
        """The bytes, as text."""
        return format_html('<pre class="desk-record">{}</pre>', bytes(record.body).decode())

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> HttpResponse:
        """A record has no history: it never changes. The claim's is shown in its place."""
        record = self.get_object(request, object_id)
        if record is None or not self.has_view_or_change_permission(request, record):
            return super().history_view(request, object_id, extra_context)
        return HttpResponseRedirect(reverse("admin:articles_claim_history", args=[record.claim_id]))
