"""What an administrator does about people besides editing their page."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import rules
from accounts.models import User
from accounts.services import invitations, people
from desk.http.views import ActionPage
from desk.people.forms import InvitationForm
from lib.refusals import NotAllowedError, RefusedError


class PeoplePage(ActionPage):
    """A page for those who manage people."""

    model = User
    back: str | Promise = gettext_lazy("People")

    def check_permission(self) -> None:
        """Those who may change accounts. Raises ``NotAllowedError``."""
        if not rules.may_manage_people(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError.for_(_("You do not have permission to manage people."))

    def back_address(self) -> str:
        """The person's page, or the list."""
        return super().back_address() or reverse("admin:accounts_user_changelist")


class InvitePage(PeoplePage):
    """Invites a person: they choose their own password."""

    title = gettext_lazy("Invite a person")
    lead = gettext_lazy("They get a link that works once, for 7 days, and choose their own password.")
    button = gettext_lazy("Send the invitation")
    field_names = {"email": "email"}

    def make_form(self, data: Any = None) -> InvitationForm:
        """Only with the roles that one may give."""
        return InvitationForm(data, by=self.request.user)  # type: ignore[arg-type]

    def act(self, form: Any) -> HttpResponse:
        """Invite, and show the new person's page."""
        user: Any = self.request.user
        given = form.cleaned_data
        try:
            person, _address = invitations.invite(
                by=user, name=given["name"], email=given["email"], role=given["role"], at=timezone.now()
            )
        except RefusedError as error:
            if error.code != "email_taken":
                raise
            form.add_error("email", str(error))
            return self.ask(form)
        messages.success(self.request, _("%(email)s is invited.") % {"email": person.email})
        return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[person.pk]))


def _send_password_link(request: Any, person: User) -> str:
    people.assert_may_change(request.user, person)
    if not person.email or not person.is_active:
        raise RefusedError(_("This person is not active, or has no e-mail address to send a link to."))
    request_password_reset(request, person.email, [person], default_token_generator)
    return _("A link to choose a new password went to %(email)s.") % {"email": person.email}


def _end_sessions(request: Any, person: User) -> str:
    people.end_sessions(by=request.user, person=person)
    return _("%(name)s is signed out everywhere.") % {"name": person.display_name()}


def _revoke_tokens(request: Any, person: User) -> str:
    count = people.revoke_tokens(by=request.user, person=person, at=timezone.now())
    return ngettext("%(count)s personal token revoked.", "%(count)s personal tokens revoked.", count) % {"count": count}


def _resend(request: Any, person: User) -> str:
    invitations.resend(by=request.user, person=person, at=timezone.now())
    return _("A new invitation went to %(email)s. The earlier link does not work any more.") % {"email": person.email}


def _withdraw(request: Any, person: User) -> str:
    invitations.withdraw(by=request.user, person=person, at=timezone.now())
    return _("The invitation is withdrawn.")


#: The last part of each address: title, what is asked, and what is done.
ACTS: dict[str, tuple[str | Promise, str | Promise, Callable[[Any, User], str]]] = {
    "password-link": (
        gettext_lazy("Send a password link"),
        gettext_lazy("This person gets an e-mail with a link to choose a new password. The old one works until then."),
        _send_password_link,
    ),
    "end-sessions": (
        gettext_lazy("Sign out everywhere"),
        gettext_lazy(
            "Every browser in which this person is signed in has to sign in again. Personal tokens keep working."
        ),
        _end_sessions,
    ),
    "revoke-tokens": (
        gettext_lazy("Revoke all tokens"),
        gettext_lazy("Every program that uses a personal token of this person is shut out from now on."),
        _revoke_tokens,
    ),
    "resend": (gettext_lazy("Send the invitation again"), gettext_lazy("The earlier link stops working."), _resend),
    "withdraw": (
        gettext_lazy("Withdraw the invitation"),
        gettext_lazy("The link stops working. The account stays, inactive."),
        _withdraw,
    ),
}


class PersonActionPage(PeoplePage):
    """Asks before one of ``ACTS``, and does it."""

    def find(self, pk: int, act: str, **kwargs: Any) -> User:
        """The person; the act gives the words. Raises ``Http404``."""
        person = get_object_or_404(User, pk=pk)
        people.assert_may_change(self.request.user, person)  # type: ignore[arg-type]
        self.title, self.lead, self._do = ACTS[act]
        self.back = person.display_name()
        return person

    def act(self, form: Any) -> HttpResponse:
        """Do it, and go back to the person's page."""
        return self.done(self._do(self.request, self.row))
