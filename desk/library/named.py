"""What the lists and forms of claimants, sources and topics share: merged rows, and the way to merge."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse

from articles import rules
from articles.selectors.library import candidates
from desk.http.admin import DeskAdmin
from desk.http.views import address_of
from desk.library.merge_pages import merge_address


class NamedAdmin(DeskAdmin):
    """Rows that can be merged. A merged row has its page and history, and is in no list."""

    list_before_template = "desk/library/pairs.html"
    change_form_before_template = "desk/library/merge_link.html"

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        """Without merged rows, except where the address names one."""
        rows: QuerySet[Any] = super().get_queryset(request).select_related("merged_into")
        return rows if "object_id" in request.resolver_match.kwargs else rows.filter(merged_into=None)

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """Nobody changes a merged row."""
        merged = obj is not None and obj.merged_into_id is not None
        return not merged and bool(super().has_change_permission(request, obj))

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        """With rows that may be one, for people who may merge."""
        found = candidates.pairs(self.model) if rules.may_merge(request.user) else []
        extra = {"merge_pairs": [(pair, merge_address(pair.row, pair.into)) for pair in found]}
        response: HttpResponse = super().changelist_view(request, {**extra, **(extra_context or {})})
        return response

    def change_view(self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """With the button that merges, or with what the row was merged into."""
        row, extra = self.get_object(request, object_id), dict(extra_context or {})
        if row is not None and row.merged_into is not None:
            extra |= {"merged_into": row.merged_into, "merged_into_address": address_of(row.merged_into)}
        elif row is not None and rules.may_merge(request.user):
            extra["merge_address"] = merge_address(row)
        response: HttpResponse = super().change_view(request, object_id, form_url, extra)
        return response
