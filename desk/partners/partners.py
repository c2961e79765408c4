"""Partners with their keys and what was done about them, on one page."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from js_asset import Media  # type: ignore[attr-defined]
from unfold.admin import ModelAdmin

from desk.http.views import address_of
from desk.partners.notices import badge, notice_lines
from partners import rules
from partners.choices import KeyState
from partners.models import Key, Partner
from partners.selectors import desk
from partners.services import partners

_TONES = {
    KeyState.LIVE: "success",
    KeyState.EXPIRING: "warning",
    KeyState.EXPIRED: "neutral",
    KeyState.REPLACED: "neutral",
    KeyState.REVOKED: "danger",
}


@admin.register(Partner)
class PartnerAdmin(ModelAdmin):  # type: ignore[misc]
    """Organisations that use the API. They are turned off, never deleted: their history stays."""

    list_display = ("name", "contact_name", "contact_email", "is_active", "live_keys", "last_used")
    list_filter = ("is_active",)
    list_filter_sheet = False
    search_fields = ("name", "contact_name", "contact_email")
    fields = ("name", "site", "contact_name", "contact_email", "note", "is_active")
    actions = None
    compressed_fields = True
    warn_unsaved_form = True
    change_form_template = "desk/partners/partner.html"

    def get_queryset(self, request: Any) -> QuerySet[Partner]:
        """Partners with what the list says about their keys."""
        rows: QuerySet[Partner] = super().get_queryset(request)
        return desk.with_keys(rows, at=timezone.now())

    @admin.display(description=_("live keys"), ordering="live_key_count")
    def live_keys(self, partner: Any) -> int:
        """How many of its keys work."""
        return int(partner.live_key_count)

    @admin.display(description=_("last used"), ordering="last_key_use", empty_value=cast("str", _("never")))
    def last_used(self, partner: Any) -> Any:
        """When one of its keys was used."""
        return partner.last_key_use

    def has_add_permission(self, request: Any) -> bool:
        """Whether this person may edit partners; adding one needs the same right."""
        return rules.may_edit_partners(request.user)

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        """Never: a partner is turned off, and its history stays."""
        return False

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Only the filter that the list shows: others would let an address ask for hidden columns."""
        return lookup in ("is_active__exact", "is_active") and "\x00" not in str(value)

    def get_search_results(self, request: Any, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        """Search; a term that PostgreSQL cannot hold finds nothing."""
        if "\x00" in search_term:
            return queryset.none(), False
        found: tuple[QuerySet[Any], bool] = super().get_search_results(request, queryset, search_term)
        return found

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add the keys and the history."""
        partner = kwargs.get("obj")
        context["show_save_and_continue"] = context["show_save_and_add_another"] = False
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))  # type: ignore[no-untyped-call]
        if partner is not None:
            context["may_manage_keys"] = rules.may_manage_keys(request.user)
            context["keys"] = [_line(key) for key in desk.keys(partner)]
            context["changes"] = desk.changes(partner)
            context["notices"] = notice_lines(partner)
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    def save_model(self, request: Any, obj: Partner, form: Any, change: bool) -> None:
        """Add or change it through the service, which writes the history."""
        given = {name: form.cleaned_data[name] for name in form.changed_data}
        if change:
            partners.change_partner(partner=obj, by=request.user, at=timezone.now(), **given)
        else:
            values = {name: form.cleaned_data[name] for name in self.fields}
            obj.pk = partners.add_partner(by=request.user, at=timezone.now(), **values).pk

    def log_addition(self, request: Any, obj: Any, message: Any) -> None:
        """Nothing: the service wrote the history."""

    log_change = log_addition

    def response_post_save_add(self, request: Any, obj: Partner) -> HttpResponse:
        """Go to its page: the first key is issued there."""
        return HttpResponseRedirect(address_of(obj))

    def response_post_save_change(self, request: Any, obj: Partner) -> HttpResponse:
        """Stay on its page."""
        return HttpResponseRedirect(address_of(obj))

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The history is on the partner's page."""
        return HttpResponseRedirect("../change/#history")


def _line(key: Key) -> dict[str, Any]:
    """A key as the page shows it."""
    at = timezone.now()
    state = key.state(at=at)
    live = key.is_live(at=at)
    successor = getattr(key, "replaced_by", None)
    return {
        "key": key,
        "badge": badge(_TONES[state], str(state.label)),
        "successor": successor,
        "may_rotate": live and successor is None and not (key.replaces and key.replaces.is_live(at=at)),
        "may_revoke": live,
    }
