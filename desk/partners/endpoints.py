"""Endpoints of partners: where they are, how they do, and what can be done about them."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from desk.partners.endpoint_forms import EndpointForm, NewEndpointForm, RangeForm, RotateForm
from desk.partners.key_pages import page_of
from desk.partners.notices import badge, moment, notice_lines
from lib.refusals import RefusedError
from partners import rules
from partners.choices import EndpointState
from partners.models import Endpoint
from partners.outbound_policy import from_settings
from partners.selectors import desk
from partners.services import endpoints, replays, signing, test_deliveries

_TONES = {EndpointState.ACTIVE: "success", EndpointState.PAUSED: "warning", EndpointState.DISABLED: "danger"}
#: What may be done with an endpoint in which state: the label, what it means, and the tone of its button.
ACTS = {
    "test": ("Send a test event", "Sends one “ping”, signed like any other, and shows what comes back.", "primary"),
    "pause": ("Pause", "Nothing is sent until somebody resumes it. Events are kept meanwhile.", ""),
    "resume": ("Resume", "What waits is sent now. Failures so far are forgotten.", "primary"),
    "disable": ("Disable", "Nothing is sent, and new events are not kept for it.", "danger"),
    "rotate": ("Replace the secret", "Makes a new one. The present one signs beside it for 24 hours.", ""),
    "replay": ("Send a range again", "Sends the events with these numbers once more, under the same ids.", ""),
}
_POSSIBLE = {
    EndpointState.ACTIVE: ("test", "pause", "disable", "rotate", "replay"),
    EndpointState.PAUSED: ("test", "resume", "disable", "rotate", "replay"),
    EndpointState.DISABLED: ("test", "resume", "rotate"),
}


@admin.register(Endpoint)
class EndpointAdmin(ModelAdmin):  # type: ignore[misc]
    """Endpoints are disabled, not deleted: their deliveries are the record of what a partner was told."""

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
        """Whoever looks after endpoints: adding one is no lesser right."""
        return rules.may_manage_endpoints(request.user)

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        """Nobody."""
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

    @admin.display(description="state", ordering="state")
    def state_badge(self, endpoint: Any) -> str:
        """The state in its tone, and whether an e-mail about it did not leave."""
        state = badge(_TONES[EndpointState(endpoint.state)], endpoint.get_state_display().partition(":")[0])
        return format_html("{} {}", state, badge("danger", _("E-mail not sent")) if endpoint.has_unsent else "")

    @admin.display(description="failures in a row", ordering="consecutive_failures")
    def failures(self, endpoint: Endpoint) -> Any:
        """How many; nothing for none."""
        return endpoint.consecutive_failures or ""

    @admin.display(description="last success", ordering="last_success_at", empty_value="never")
    def last_success(self, endpoint: Endpoint) -> Any:
        """When it took a message."""
        return moment(endpoint.last_success_at) or None

    @admin.display(description="waiting", ordering="n_waiting")
    def waiting(self, endpoint: Any) -> int:
        """How many deliveries wait."""
        return int(endpoint.n_waiting)

    def save_model(self, request: Any, obj: Endpoint, form: Any, change: bool) -> None:
        """Add or change it. A new secret is kept for the answer alone."""
        values = {name: form.cleaned_data[name] for name in ("url", "description", "event_types")}
        values |= {"by": request.user, "at": timezone.now()}
        if change:
            endpoints.change(endpoint=obj, version=form.cleaned_data["seen_version"], **values)
            return
        values |= {"partner": form.cleaned_data["partner"], "scheme": form.cleaned_data["scheme"]}
        made, request.endpoint_secret = endpoints.add(**values)
        obj.pk = made.pk

    def response_add(self, request: Any, obj: Endpoint, post_url_continue: Any = None) -> HttpResponse:
        """Show the secret, this once."""
        return self._secret_page(request, obj, request.endpoint_secret)

    def _secret_page(self, request: Any, obj: Endpoint, secret: str) -> HttpResponse:
        is_public = secret.startswith(signing.PUBLIC)
        title = _("Public key") if is_public else _("Signing secret")
        context = {"title": title, "secret": secret, "is_public": is_public, "original": obj}
        return self._page(request, "desk/partners/secret.html", obj, context)

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With one button: whoever adds an endpoint is shown its secret next."""
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
                shown["acts"] = [(key, *ACTS[key]) for key in _POSSIBLE[EndpointState(endpoint.state)]]
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
        return HttpResponseRedirect(f"{page_of(endpoint.partner)}#history")

    # --- Acts -----------------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        """One page for each act."""

        def page(act: str) -> URLPattern:
            view = self.admin_site.admin_view(self.act_view)
            made: URLPattern = path(f"<int:pk>/{act}/", view, {"act": act}, name=f"partners_endpoint_{act}")
            return made

        return [*map(page, ACTS), *super().get_urls()]

    def act_view(self, request: Any, pk: int, act: str) -> HttpResponse:
        """Say what will happen, then do it."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        endpoint = self.get_object(request, str(pk))
        if endpoint is None:
            raise Http404
        if act not in _POSSIBLE[EndpointState(endpoint.state)]:
            messages.info(request, _("That is not possible in the state the endpoint is in now."))
            return HttpResponseRedirect(_page_of(endpoint))
        try:
            if act == "replay":
                return self._replay(request, endpoint)
            if act == "rotate":
                return self._rotate(request, endpoint)
            return self._do(request, endpoint, act) if request.method == "POST" else self._ask(request, endpoint, act)
        except RefusedError as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(_page_of(endpoint))

    def _do(self, request: Any, endpoint: Endpoint, act: str) -> HttpResponse:
        what: dict[str, Any] = {"endpoint": endpoint, "by": request.user, "at": timezone.now()}
        if act == "test":
            trial = test_deliveries.run(**what, policy=from_settings())
            return self._ask(request, endpoint, act, trial=trial)
        if act == "pause":
            endpoints.pause(**what)
        elif act == "resume":
            endpoints.resume(**what)
        else:
            endpoints.disable(**what, reason=_("Disabled in the admin."))
        messages.success(request, _("Done."))
        return HttpResponseRedirect(_page_of(endpoint))

    def _rotate(self, request: Any, endpoint: Endpoint) -> HttpResponse:
        form = RotateForm(request.POST if request.method == "POST" else None)
        if request.method != "POST" or not form.is_valid():
            return self._ask(request, endpoint, "rotate", form=form, tone="primary")
        given = {"scheme": form.cleaned_data["scheme"] or None, "end_old": form.cleaned_data["end_old"]}
        secret = endpoints.rotate(endpoint=endpoint, by=request.user, at=timezone.now(), **given)
        return self._secret_page(request, endpoint, secret)

    def _replay(self, request: Any, endpoint: Endpoint) -> HttpResponse:
        """First how many that would be, then, confirmed, the deed."""
        form = RangeForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return self._ask(request, endpoint, "replay", form=form, tone="primary", button=_("Count them first"))
        numbers = {"first": form.cleaned_data["first"], "last": form.cleaned_data["last"]}
        if "confirmed" not in request.POST:
            count = replays.count_in_range(endpoint=endpoint, **numbers)
            return self._ask(request, endpoint, "replay", form=form, tone="primary", count=count, numbers=numbers)
        count = replays.replay(endpoint=endpoint, by=request.user, at=timezone.now(), **numbers)
        messages.success(request, _("%(count)s events are sent once more.") % {"count": count})
        return HttpResponseRedirect(_page_of(endpoint))

    def _ask(self, request: Any, endpoint: Endpoint, act: str, **context: Any) -> HttpResponse:
        label, help_text, tone = ACTS[act]
        words = {"title": label, "lead": help_text, "button": label, "tone": tone, "back": endpoint.url}
        return self._page(request, "desk/partners/action.html", endpoint, {**words, "original": endpoint, **context})

    def _page(self, request: Any, template: str, endpoint: Endpoint, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "page": _page_of(endpoint)}
        response = TemplateResponse(request, template, {**shared, **context})
        response["Cache-Control"] = "no-store"
        return response


def _page_of(endpoint: Endpoint) -> str:
    return reverse("admin:partners_endpoint_change", args=[endpoint.pk])


def _log_of(endpoint: Endpoint) -> str:
    return f"{reverse('admin:partners_delivery_changelist')}?endpoint__id__exact={endpoint.pk}"
