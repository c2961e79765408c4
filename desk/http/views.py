"""The bases of all views of the desk: a page, a page that asks before an act, and an address for scripts.

Each does the same things in the same order: who may, which row, the act, the answer. What services refuse is turned
into an answer here and nowhere else.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from articles import rules
from articles.choices import Surface
from articles.models.base import Versioned
from articles.selectors.verification.second_verdicts import VerdictHiddenError
from articles.services import audit
from desk.http import refusals, requests, versions
from desk.http.forbidden import log_forbidden
from lib.refusals import NotAllowedError


class DeskView(View):
    """An address of the desk. ``row`` is what the address names."""

    row: Any = None

    def check_permission(self) -> None:
        """Whether this person may use the address. Raises ``NotAllowedError``."""
        if not rules.may_see_the_desk(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError.for_(_("You do not have permission to see the desk."))

    def find(self, *args: Any, **kwargs: Any) -> Any:
        """The row the address names. Raises ``Http404``."""
        return None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Permission, row, then the method; what is refused on the way becomes an answer."""
        try:
            with audit.surface(Surface.ADMIN):
                self.check_permission()
                self.row = self.find(**kwargs)
                return super().dispatch(request, *args, **kwargs)
        except (*refusals.REFUSALS, Http404, PermissionDenied) as error:
            return self.refuse(error)

    def refuse(self, error: Exception) -> HttpResponse:
        """The answer to what was refused."""
        raise NotImplementedError


class Endpoint(DeskView):
    """An address for the desk's scripts: small JSON in, small JSON out, ``application/problem+json`` for refusals."""

    @cached_property
    def sent(self) -> dict[str, Any]:
        """The JSON object that was sent."""
        return requests.posted(self.request)

    def version(self) -> int:
        """The version on which the change was made. Raises ``UnreadableRequestError``."""
        return versions.of_json(self.request, self.sent)

    def refuse(self, error: Exception) -> HttpResponse:
        """As JSON, with the API's codes."""
        problem = refusals.describe(error)
        response = problem.response()
        if problem.status == 403:
            log_forbidden(self.request, response, problem.detail)
        return response


class Page(DeskView):
    """A page of the desk inside the admin site. ``model`` is the one in whose section of the menu it is, if any."""

    model: type[Model] | None = None
    template_name = ""

    def show(self, template: str = "", *, status: int = 200, **context: Any) -> HttpResponse:
        """The page, with ``context`` and what every page of the admin site needs."""
        return render_page(
            self.request,
            template or self.template_name,
            model=self.model,
            row=self.row,
            status=status,
            **{"page": self.back_address(), **context},
        )

    def back_address(self) -> str:
        """Where the page leads back to: the row's own page."""
        return address_of(self.row) if self.row is not None else ""

    def refuse(self, error: Exception) -> HttpResponse:
        """A 403 with its reason; else a message on the page one came from.

        Who has to give a verdict before seeing the claim's is led to the page where that is done.
        """
        if isinstance(error, VerdictHiddenError):
            claim = self.kwargs.get("object_id") or self.kwargs["claim_id"]
            return HttpResponseRedirect(reverse("admin:articles_claim_review", args=[claim]))
        if isinstance(error, NotAllowedError):
            raise PermissionDenied(str(error)) from error
        if self.row is None or not isinstance(error, refusals.REFUSALS):
            raise error
        messages.warning(self.request, self.refusal_text(error))
        return HttpResponseRedirect(self.back_address())

    def refusal_text(self, error: Exception) -> str:
        """What is said when nothing was done and no field is at fault."""
        return _("Nothing was done. %(why)s") % {"why": refusals.error_text(error)}


class EmptyForm(forms.Form):
    """A form with nothing to fill in: the button is the answer."""


class ActionPage(Page):
    """A page that says what will happen, asks for what is needed, and does it.

    A refusal that is about a field is shown in the form, any other as a message on the page one came from.
    """

    template_name = "desk/http/confirm.html"
    form_class: type[forms.BaseForm] = EmptyForm
    title: Any = ""
    lead: Any = ""
    button: Any = ""
    back: Any = ""
    tone = "primary"
    #: What the service calls a field, and what the form calls it.
    field_names: dict[str, str] = {}

    def make_form(self, data: Any = None) -> Any:
        """The form, empty or as it was posted."""
        return self.form_class(data)

    def act(self, form: Any) -> HttpResponse:
        """Do it. Raises what services raise."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """What the page shows in addition to the question."""
        return {}

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self.ask(self.make_form())

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or show the form again with what is wrong; what was typed stays."""
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.ask(form)
        try:
            with refusals.as_form_errors(fields=self.field_names, passing=refusals.NOT_OF_A_FIELD):
                return self.act(form)
        except refusals.RefusedFormError as refused:
            refusals.add_problems(form, refused.problems)
            return self.ask(form)

    def ask(self, form: Any, **context: Any) -> HttpResponse:
        """The page with the question."""
        words = {"title": self.title, "lead": self.lead, "button": self.button or self.title}
        shown = words | {"tone": self.tone, "back": self.back, "form": form} | self.context()
        return self.show(**(shown | context))

    def done(self, said: str) -> HttpResponse:
        """Say what was done, and go back."""
        messages.success(self.request, said)
        return HttpResponseRedirect(self.back_address())


def render_page(
    request: Any, template: str, *, model: type[Model] | None, row: Any = None, status: int = 200, **context: Any
) -> TemplateResponse:
    """A page inside the admin site, in the section of ``model``: the site's menu and name, and the row's version."""
    request.current_app = admin.site.name
    shared = {**admin.site.each_context(request), "opts": model._meta if model else None, "original": row}
    if model is None:
        shared["content_title"] = context.get("title", "")
    if isinstance(row, Versioned):
        shared["desk_version"] = versions.sign(row)
    return TemplateResponse(request, template, shared | context, status=status)


def address_of(row: Model) -> str:
    """The address of a row's page in the admin site."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
