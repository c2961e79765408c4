"""Working together on a claim, on a page of its own, and its acts: posted by forms, or sent as JSON by the desk.

The same section is on the claim's page (``desk.claim_page``).
"""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rules
from articles.models import Claim, ExpertNote
from articles.services.collaboration import experts
from desk.collaboration import responses
from desk.collaboration.actions import ACTS, ON_A_VERSION, ActionRequest, ActionResult
from desk.collaboration.forms import CiteForm
from desk.collaboration.section import section
from desk.http import menu, refusals, versions
from desk.http.requests import as_fields
from desk.http.views import ActionPage, Endpoint, Page, address_of
from lib.refusals import NotAllowedError

#: Acts whose form is on the page, and is shown again with what is wrong in it.
_ON_THE_PAGE = ("say", "reword", "wait", "assign", "due", "invite")


def badge(request: HttpRequest) -> str:
    """How many comments are for this person, for the menu."""
    return menu.badge(menu.counts(request).comments)


def claim_at(object_id: uuid.UUID) -> Claim:
    """The claim. Raises ``Http404``."""
    return get_object_or_404(Claim.objects.select_related("claimant", "assignee"), pk=object_id)


class TogetherPage(Page):
    """The section on a page of its own."""

    model = Claim
    template_name = "desk/collaboration/page.html"

    def find(self, object_id: uuid.UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return claim_at(object_id)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The section."""
        return self.section()

    def section(self, bound: dict[str, forms.Form] | None = None, made: ActionResult | None = None) -> HttpResponse:
        """With forms that have to be shown again, or with a link that is shown this once."""
        shown = section(self.row, self.request.user, bound)
        return self.show(title=_("Comments and assignment"), made=made, **{"page": address_of(self.row), **shown})

    def back_address(self) -> str:
        """The section on the claim's page."""
        return f"{address_of(self.row)}#together"

    def refusal_text(self, error: Exception) -> str:
        """The service's words: they say it all."""
        return refusals.error_text(error)


class FormAct(TogetherPage):
    """One thing done by a form; then back to the claim."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is done: the page was reloaded, or come back to."""
        return HttpResponseRedirect(self.back_address())

    def post(self, request: Any, key: str, **kwargs: Any) -> HttpResponse:
        """Do it, or show what is wrong."""
        form_class, do = ACTS[key]
        form = form_class(request.POST, auto_id=f"{key}_%s")
        if not form.is_valid():
            return self._again(key, form)
        version = versions.of_form(request, self.row, "_claim_version") if key in ON_A_VERSION else 0
        try:
            with refusals.as_form_errors(passing=refusals.NOT_OF_A_FIELD):
                done = do(ActionRequest(self.row, request.user, version, form.cleaned_data))
        except refusals.RefusedFormError as refused:
            refusals.add_problems(form, refused.problems)
            return self._again(key, form)
        if done.address:
            return self.section(made=done)
        messages.success(request, done.message)
        if done.warning:
            messages.warning(request, done.warning)
        return HttpResponseRedirect(self.back_address())

    def _again(self, key: str, form: forms.Form) -> HttpResponse:
        """Show what is wrong: in the form, where the page has it, else in words above."""
        if key in _ON_THE_PAGE:
            return self.section({key: form})
        messages.warning(self.request, " ".join(str(message) for found in form.errors.values() for message in found))
        return HttpResponseRedirect(self.back_address())


class StateEndpoint(Endpoint):
    """All that the desk's panel shows of one claim."""

    def find(self, object_id: uuid.UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return claim_at(object_id)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The current state."""
        return JsonResponse(responses.state(self.row, request.user))


class JsonAct(StateEndpoint):
    """One thing done by the desk's panel; the response is the new state."""

    http_method_names = ["post"]

    def post(self, request: Any, key: str, **kwargs: Any) -> HttpResponse:
        """Do it."""
        form_class, do = ACTS[key]
        sent = {name: value for name, value in self.sent.items() if name != "version"}
        form = refusals.check(form_class(as_fields(sent)))
        version = self.version() if key in ON_A_VERSION else 0
        with refusals.as_form_errors(passing=refusals.NOT_OF_A_FIELD):
            done = do(ActionRequest(self.row, request.user, version, form.cleaned_data))
        answer = responses.state(self.find(**self.kwargs), request.user)
        return JsonResponse({**answer, "message": done.message, "warning": done.warning, "made": done.address})


def together(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """The section: JSON for the desk's panel, when that is asked for, else the page."""
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    return (StateEndpoint if wants_json else TogetherPage).as_view()(request, **kwargs)


def act(request: HttpRequest, key: str, **kwargs: Any) -> HttpResponseBase:
    """One thing: sent as JSON, or posted by a form."""
    if key not in ACTS:
        raise Http404
    is_json = request.method == "POST" and request.content_type == "application/json"
    return (JsonAct if is_json else FormAct).as_view()(request, key=key, **kwargs)


class CitePage(ActionPage):
    """Make an expert's note a source and evidence in one act: choose the words, see what readers will see."""

    model = Claim
    template_name = "desk/collaboration/cite.html"
    title = gettext_lazy("Make it evidence")
    back = gettext_lazy("Back to the claim")

    def check_permission(self) -> None:
        """Refuse people who may not decide on experts' notes."""
        super().check_permission()
        if not rules.may_settle_notes(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError(_("You may read notes from outside, but not decide on them."))

    def find(self, object_id: uuid.UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return claim_at(object_id)

    @cached_property
    def note(self) -> ExpertNote:
        """The note. Raises ``Http404``."""
        return get_object_or_404(ExpertNote, pk=self.kwargs["note_id"], claim=self.row)

    def back_address(self) -> str:
        """The section on the claim's page."""
        return f"{address_of(self.row)}#together"

    def make_form(self, data: Any = None) -> CiteForm:
        """With the whole note as the quote."""
        return CiteForm(data, initial={"quote": self.note.text})

    def act(self, form: CiteForm) -> HttpResponse:
        """Cite it."""
        version = versions.of_form(self.request, self.row)
        given = {"by": self.request.user, "at": timezone.now(), "version": version, **form.cleaned_data}
        experts.cite(note=self.note, **given)
        return self.done(_("It is a source now, and evidence of this claim. Readers see it once it is published."))

    def context(self) -> dict[str, Any]:
        """With the note."""
        return {"note": self.note}
