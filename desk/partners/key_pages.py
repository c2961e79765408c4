"""The pages on which keys are issued, rotated and revoked. A secret is in the answer to the post and nowhere else."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from desk.http.refusals import FieldProblem, RefusedFormError, error_text
from desk.http.views import ActionPage
from desk.partners.key_forms import IssueForm, RevokeForm, RotateForm
from lib.refusals import NotAllowedError, RefusedError
from partners import rules
from partners.models import Key, Partner
from partners.services import keys


class KeyPage(ActionPage):
    """A form about one key; what the service refuses is shown in it."""

    model = Partner
    template_name = "desk/partners/key_form.html"
    key: Key | None = None

    def check_permission(self) -> None:
        """Only for users who may manage keys; others get a 403 for every id. Raises ``NotAllowedError``."""
        if not rules.may_manage_keys(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError(gettext("You may not manage the keys of partners."))

    def find(self, partner_id: UUID, key_id: int | None = None, **kwargs: Any) -> Partner:
        """The partner, and the key. Raises ``Http404``."""
        partner = get_object_or_404(Partner, pk=partner_id)
        if key_id is not None:
            self.key = get_object_or_404(Key.objects.select_related("partner"), partner=partner, pk=key_id)
        return partner

    def act(self, form: Any) -> HttpResponse:
        """Do what the page is for; what the service refuses is an error of the form."""
        try:
            return self.do(form.cleaned_data)
        except (RefusedError, ValidationError) as error:
            raise RefusedFormError([FieldProblem(error_text(error))]) from error

    def do(self, given: dict[str, Any]) -> HttpResponse:
        """Do it. Raises what services raise."""
        raise NotImplementedError

    def subject(self) -> Key:
        """The key this page is about."""
        assert self.key is not None  # noqa: S101
        return self.key

    def shown_once(self, key: Key, secret: str) -> HttpResponse:
        """The secret, in this answer alone."""
        return self.show(
            "desk/partners/key_secret.html", title=_("The new key"), **(self.context() | {"key": key, "secret": secret})
        )

    def context(self) -> dict[str, Any]:
        """With the partner and the key."""
        return {"partner": self.row, "key": self.key, "back": self.row}


class IssueView(KeyPage):
    """A new key."""

    form_class = IssueForm
    title = _("Issue a key")
    lead = _("The secret is shown once, on the next page. Have a safe way ready to hand it to the partner.")
    button = _("Issue the key")

    @method_decorator(sensitive_variables())
    def do(self, given: dict[str, Any]) -> HttpResponse:
        """Issue it."""
        key, secret = keys.issue_key(partner=self.row, by=self.request.user, at=timezone.now(), **given)  # type: ignore[arg-type]
        return self.shown_once(key, secret)


class RotateView(KeyPage):
    """A successor for a key."""

    form_class = RotateForm
    title = _("Rotate a key")
    lead = _("A new key with the same scopes takes over. Both work until the old one ends; its secret stays as it is.")
    button = _("Issue the successor")

    @method_decorator(sensitive_variables())
    def do(self, given: dict[str, Any]) -> HttpResponse:
        """Rotate it."""
        key, secret = keys.rotate_key(key=self.subject(), by=self.request.user, at=timezone.now(), **given)  # type: ignore[arg-type]
        return self.shown_once(key, secret)


class RevokeView(KeyPage):
    """The end of a key."""

    form_class = RevokeForm
    title = _("Revoke a key")
    lead = _("Whatever uses this key is shut out from its next request on. This cannot be taken back.")
    button = _("Revoke the key")
    tone = "danger"

    def do(self, given: dict[str, Any]) -> HttpResponse:
        """Revoke it."""
        keys.revoke_key(key=self.subject(), by=self.request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(self.request, _("Revoked. Whatever used the key is shut out from now on."))
        return HttpResponseRedirect(self.back_address())
