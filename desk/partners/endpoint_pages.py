"""The pages on which something is done about an endpoint: each says what will happen, then does it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.http.views import ActionPage, EmptyForm, address_of, render_page
from desk.partners.endpoint_forms import RangeForm, RotateForm
from lib.refusals import NotAllowedError, RefusedError
from partners import rules
from partners.choices import EndpointState
from partners.models import Endpoint
from partners.outbound_policy import from_settings
from partners.services import endpoints, ping_deliveries, replays, signing

#: What may be done with an endpoint in which state: the label, what it means, and the tone of its button.
ACTS = {
    "test": (
        gettext_lazy("Send a test event"),
        gettext_lazy("Sends one “ping”, signed like any other, and shows what comes back."),
        "primary",
    ),
    "pause": (
        gettext_lazy("Pause"),
        gettext_lazy("Nothing is sent until somebody resumes it. Events are kept meanwhile."),
        "",
    ),
    "resume": (
        gettext_lazy("Resume"),
        gettext_lazy("What waits is sent now. Failures so far are forgotten."),
        "primary",
    ),
    "disable": (
        gettext_lazy("Disable"),
        gettext_lazy("Nothing is sent, and new events are not kept for it."),
        "danger",
    ),
    "remove": (
        gettext_lazy("Delete"),
        gettext_lazy(
            "The endpoint goes with its secrets and the log of its deliveries. What waits is not sent. The partner's "
            "history keeps that it was there."
        ),
        "danger",
    ),
    "rotate": (
        gettext_lazy("Replace the secret"),
        gettext_lazy("Makes a new one. The present one signs beside it for 24 hours."),
        "",
    ),
    "replay": (
        gettext_lazy("Send a range again"),
        gettext_lazy("Sends the events with these numbers once more, under the same ids."),
        "",
    ),
}
POSSIBLE = {
    EndpointState.ACTIVE: ("test", "pause", "disable", "rotate", "replay", "remove"),
    EndpointState.PAUSED: ("test", "resume", "disable", "rotate", "replay", "remove"),
    EndpointState.DISABLED: ("test", "resume", "rotate", "remove"),
}
_FORMS: dict[str, Any] = {"rotate": RotateForm, "replay": RangeForm}


class EndpointPage(ActionPage):
    """One act. ``act`` is the last part of the address."""

    model = Endpoint
    template_name = "desk/partners/action.html"

    def check_permission(self) -> None:
        """Refuse people who may not manage endpoints. Raises ``NotAllowedError``."""
        if not rules.may_manage_endpoints(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError(_("You may not manage the endpoints of partners."))

    def find(self, pk: int, **kwargs: Any) -> Endpoint:
        """The endpoint. Raises ``Http404``."""
        return get_object_or_404(Endpoint.objects.select_related("partner"), pk=pk)

    @property
    def key(self) -> str:
        """The act."""
        return str(self.kwargs["act"])

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Ask, where the endpoint's state allows the act."""
        return super().get(request, **kwargs) if self._is_possible() else self._not_now()

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Do it, where the endpoint's state allows it; what the service refuses is said on the endpoint's page."""
        if not self._is_possible():
            return self._not_now()
        try:
            return super().post(request, **kwargs)
        except RefusedError as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(self.back_address())

    def make_form(self, data: Any = None) -> Any:
        """For the act."""
        return _FORMS.get(self.key, EmptyForm)(data)

    def act(self, form: Any) -> HttpResponse:
        """Do it."""
        what: dict[str, Any] = {"endpoint": self.row, "by": self.request.user, "at": timezone.now()}
        match self.key:
            case "test":
                return self.ask(None, result=ping_deliveries.run(**what, policy=from_settings()))
            case "rotate":
                given = {"scheme": form.cleaned_data["scheme"] or None, "end_old": form.cleaned_data["end_old"]}
                return secret_page(self.request, self.row, endpoints.rotate(**what, **given))
            case "replay":
                return self._replay(form, what)
            case "remove":
                endpoints.remove(**what)
                messages.success(self.request, _("The endpoint was deleted."))
                return HttpResponseRedirect(address_of(self.row.partner))
            case "pause":
                endpoints.pause(**what)
            case "resume":
                endpoints.resume(**what)
            case _:
                endpoints.disable(**what, reason="Disabled in the admin.")
        return self.done(_("Done."))

    def context(self) -> dict[str, Any]:
        """In the act's words."""
        label, lead, tone = ACTS[self.key]
        words = {"title": label, "button": label, "lead": lead, "back": self.row.url}
        counts_first = {"button": _("Count them first")} if self.key == "replay" else {}
        return {**words, "tone": "primary" if self.key in _FORMS else tone, **counts_first}

    def ask(self, form: Any, **context: Any) -> HttpResponse:
        """The page; only an act that asks for something has a form."""
        return _not_stored(super().ask(form if self.key in _FORMS else None, **context))

    def _replay(self, form: RangeForm, what: dict[str, Any]) -> HttpResponse:
        """First how many that would be, then, confirmed, the deed."""
        numbers = {"first": form.cleaned_data["first"], "last": form.cleaned_data["last"]}
        if "confirmed" not in self.request.POST:
            count = replays.count_in_range(endpoint=self.row, **numbers)
            return self.ask(form, count=count, numbers=numbers, button=ACTS["replay"][0])
        count = replays.replay(**what, **numbers)
        return self.done(_("%(count)s events are sent once more.") % {"count": count})

    def _is_possible(self) -> bool:
        return self.key in POSSIBLE[EndpointState(self.row.state)]

    def _not_now(self) -> HttpResponse:
        messages.info(self.request, _("That is not possible in the state the endpoint is in now."))
        return HttpResponseRedirect(self.back_address())


def secret_page(request: Any, endpoint: Endpoint, secret: str) -> HttpResponse:
    """The endpoint's secret, this once; of a pair of keys, the public one."""
    is_public = secret.startswith(signing.PUBLIC)
    shown: dict[str, Any] = {
        "title": _("Public key") if is_public else _("Signing secret"),
        "secret": secret,
        "is_public": is_public,
    }
    page = render_page(
        request, "desk/partners/secret.html", model=Endpoint, row=endpoint, page=address_of(endpoint), **shown
    )
    return _not_stored(page)


def _not_stored(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
