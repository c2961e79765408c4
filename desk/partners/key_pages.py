"""The pages on which keys are issued, rotated and revoked. A secret is in the answer to the post and nowhere else."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.debug import sensitive_variables

from desk.partners.key_forms import IssueForm, RevokeForm, RotateForm
from lib.refusals import RefusedError
from partners import rules
from partners.models import Key, Partner
from partners.services import keys


def page_of(partner: Partner) -> str:
    """The partner's page in the admin."""
    return reverse("admin:partners_partner_change", args=[partner.pk])


class _KeyPage(View):
    """A form about one key; what the service refuses is shown in it."""

    form_class: type[forms.Form]
    title: Any
    lead: Any
    button: Any
    tone = "primary"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Only for whoever may manage keys; others get a 403, whatever the id."""
        if not rules.may_manage_keys(request.user):
            raise PermissionDenied
        self.partner = get_object_or_404(Partner, pk=kwargs["partner_id"])
        self.key = None
        if "key_id" in kwargs:
            self.key = get_object_or_404(
                Key.objects.select_related("partner"), partner=self.partner, pk=kwargs["key_id"]
            )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The form."""
        return self._show(self.form_class())

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say what is wrong."""
        form = self.form_class(request.POST)
        if form.is_valid():
            try:
                return self.act(form.cleaned_data)
            except RefusedError as refused:
                form.add_error(None, str(refused))
            except ValidationError as error:
                form.add_error(None, error.messages)
        return self._show(form)

    def act(self, given: dict[str, Any]) -> HttpResponse:
        """Do what the page is for. Raises what services raise."""
        raise NotImplementedError

    def subject(self) -> Key:
        """The key this page is about."""
        assert self.key is not None  # noqa: S101
        return self.key

    def shown_once(self, key: Key, secret: str) -> HttpResponse:
        """The secret, in this answer alone."""
        return self._page("desk/partners/key_secret.html", {"title": _("The new key"), "key": key, "secret": secret})

    def _show(self, form: forms.Form) -> HttpResponse:
        words = {"lead": self.lead, "button": self.button, "tone": self.tone, "key": self.key, "back": self.partner}
        return self._page("desk/partners/key_form.html", {"title": self.title, "form": form, **words})

    def _page(self, template: str, context: dict[str, Any]) -> HttpResponse:
        common = {
            **admin.site.each_context(self.request),
            "partner": self.partner,
            "page": page_of(self.partner),
            "opts": Partner._meta,
        }
        return TemplateResponse(self.request, template, {**common, **context})


class IssueView(_KeyPage):
    """A new key."""

    form_class = IssueForm
    title = _("Issue a key")
    lead = _("The secret is shown once, on the next page. Have a safe way ready to hand it to the partner.")
    button = _("Issue the key")

    @method_decorator(sensitive_variables())
    def act(self, given: dict[str, Any]) -> HttpResponse:
        """Issue it."""
        key, secret = keys.issue_key(partner=self.partner, by=self.request.user, at=timezone.now(), **given)  # type: ignore[arg-type]
        return self.shown_once(key, secret)


class RotateView(_KeyPage):
    """A successor for a key."""

    form_class = RotateForm
    title = _("Rotate a key")
    lead = _("A new key with the same scopes takes over. Both work until the old one ends; its secret stays as it is.")
    button = _("Issue the successor")

    @method_decorator(sensitive_variables())
    def act(self, given: dict[str, Any]) -> HttpResponse:
        """Rotate it."""
        key, secret = keys.rotate_key(key=self.subject(), by=self.request.user, at=timezone.now(), **given)  # type: ignore[arg-type]
        return self.shown_once(key, secret)


class RevokeView(_KeyPage):
    """The end of a key."""

    form_class = RevokeForm
    title = _("Revoke a key")
    lead = _("Whatever uses this key is shut out from its next request on. This cannot be taken back.")
    button = _("Revoke the key")
    tone = "danger"

    def act(self, given: dict[str, Any]) -> HttpResponse:
        """Revoke it."""
        keys.revoke_key(key=self.subject(), by=self.request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(self.request, _("Revoked. Whatever used the key is shut out from now on."))
        return HttpResponseRedirect(page_of(self.partner))


#: The last part of each page's address and its view.
VIEWS: dict[str, tuple[str, Callable[..., Any]]] = {
    "issue": ("<uuid:partner_id>/keys/issue/", IssueView.as_view()),
    "rotate": ("<uuid:partner_id>/keys/<int:key_id>/rotate/", RotateView.as_view()),
    "revoke": ("<uuid:partner_id>/keys/<int:key_id>/revoke/", RevokeView.as_view()),
}
