"""Endpoints of partners: where they are, how they do, and the links to what can be done about them."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from desk.http.views import address_of
from desk.partners.endpoint_forms import EndpointForm, NewEndpointForm
from desk.partners.endpoint_pages import ACTS, POSSIBLE, secret_page
from desk.partners.notices import badge, moment, notice_lines
from lib.refusals import RefusedError
from partners import rules
from partners.choices import EndpointState
from partners.models import Endpoint
from partners.selectors import desk
from partners.services import endpoints

_TONES = {EndpointState.ACTIVE: "success", EndpointState.PAUSED: "warning", EndpointState.DISABLED: "danger"}


@admin.register(Endpoint)
class EndpointAdmin(ModelAdmin):  # type: ignore[misc]
    """Endpoints. They are deleted on a page of their own, which says what goes with them."""

    form = EndpointForm
    list_display = ("url", "partner", "state_badge", "waiting", "failures", "last_success")
    list_filter = ("state", "partner")
    list_filter_sheet = False
    search_fields = ("url", "partner__name")
    change_form_template = "desk/partners/endpoint.html"
    actions: tuple[str, ...] | None = None

    def get_queryset(self, request: Any) -> QuerySet[Endpoint]:
        """With how many deliveries wait."""
        return desk.with_waiting(super().get_queryset(request).select_related("partner"))

    def has_add_permission(self, request: Any) -> bool:
        """Whether this person may manage endpoints; adding one needs the same right."""
        return rules.may_manage_endpoints(request.user)

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        """Never here: see the acts of an endpoint."""
        return False

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Only the list's own filters, and what the delivery log links to."""
        return lookup in ("state__exact", "partner__id__exact") and "\x00" not in str(value)

    def get_readonly_fields(self, request: Any, obj: Endpoint | None = None) -> tuple[str, ...]:
        """An endpoint does not change hands."""
        return ("partner",) if obj else ()

    def get_form(self, request: Any, obj: Endpoint | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form class, knowing what was refused a moment ago."""
        form = super().get_form(
            request, obj, change=change, **{"form": EndpointForm if obj else NewEndpointForm, **kwargs}
        )
        return type(form.__name__, (form,), {"refused": getattr(request, "endpoint_refused", None)})

    def get_fields(self, request: Any, obj: Endpoint | None = None) -> tuple[str, ...]:
        """The kind of signature is chosen with the first secret; later with a new one."""
        return (*EndpointForm.Meta.fields, "seen_version" if obj else "scheme")

    def changeform_view(
        self, request: Any, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Draw the form or do what was posted; what the service refuses is shown in the form."""
        try:
            response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
        except (RefusedError, ValidationError) as refused:
            request.endpoint_refused = refused
            response = super().changeform_view(request, object_id, form_url, extra_context)
        return response

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_badge(self, endpoint: Any) -> str:
        """The state in its tone, and whether an e-mail about it did not leave."""
        state = badge(_TONES[EndpointState(endpoint.state)], endpoint.get_state_display().partition(":")[0])
        return format_html("{} {}", state, badge("danger", _("E-mail not sent")) if endpoint.has_unsent else "")

    @admin.display(description=gettext_lazy("failures in a row"), ordering="consecutive_failures")
    def failures(self, endpoint: Endpoint) -> Any:
        """How many; nothing for none."""
        return endpoint.consecutive_failures or ""

    @admin.display(
        description=gettext_lazy("last success"),
        ordering="last_success_at",
        empty_value=cast("str", gettext_lazy("never")),
    )
    def last_success(self, endpoint: Endpoint) -> Any:
        """When it took a message."""
        return moment(endpoint.last_success_at) or None

    @admin.display(description=gettext_lazy("waiting"), ordering="n_waiting")
    def waiting(self, endpoint: Any) -> int:
        """How many deliveries wait."""
        return int(endpoint.n_waiting)

    def save_model(self, request: Any, obj: Endpoint, form: Any, change: bool) -> None:
        """Add or change it. A new secret is kept for the answer alone."""
        values = {
            name: form.cleaned_data[name] for name in ("url", "description", "event_types", "topics", "languages")
        }
        values |= {"by": request.user, "at": timezone.now()}
        if change:
            endpoints.change(endpoint=obj, version=form.cleaned_data["seen_version"], **values)
            return
        values |= {"partner": form.cleaned_data["partner"], "scheme": form.cleaned_data["scheme"]}
        made, request.endpoint_secret = endpoints.add(**values)
        obj.pk = made.pk

    def response_add(self, request: Any, obj: Endpoint, post_url_continue: Any = None) -> HttpResponse:
        """Show the secret, this once."""
        return secret_page(request, obj, request.endpoint_secret)

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With one button: the next page shows the endpoint's secret."""
        context["show_save_and_continue"] = context["show_save_and_add_another"] = False
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    def change_view(self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """With the endpoint's state and the buttons above the form."""
        endpoint = self.get_object(request, object_id)
        shown: dict[str, Any] = {}
        if endpoint is not None:
            shown["state_badge"] = self.state_badge(endpoint)
            shown["secrets"] = [one for one in endpoint.secrets.all() if one.is_live(at=timezone.now())]
            shown["log_address"] = _log_of(endpoint)
            shown["notices"] = notice_lines(endpoint)
            shown["rests"] = endpoint.broken_until is not None and endpoint.broken_until > timezone.now()
            if self.has_change_permission(request, endpoint):
                shown["acts"] = [(key, *ACTS[key]) for key in POSSIBLE[EndpointState(endpoint.state)]]
        response: HttpResponse = super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})
        return response

    def log_addition(self, request: Any, obj: Any, message: Any) -> None:
        """Nothing: the service wrote the history."""

    log_change = log_addition

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The history is on the partner's page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        endpoint = self.get_object(request, object_id)
        if endpoint is None:
            raise Http404
        return HttpResponseRedirect(f"{address_of(endpoint.partner)}#history")


def _log_of(endpoint: Endpoint) -> str:
    return f"{reverse('admin:partners_delivery_changelist')}?endpoint__id__exact={endpoint.pk}"
