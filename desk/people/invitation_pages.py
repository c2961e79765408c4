"""The page behind the link of an invitation: choose a password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.models import Invitation
from accounts.services import invitations
from desk.people.sign_in import render_notice
from lib.refusals import RefusedError
from partners import networks


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class AcceptPage(View):
    """Shows whom the link is for, and takes the password. The link is the credential: nobody is signed in."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """A link that does not work any more gets a page that says so."""
        try:
            response = super().dispatch(request, *args, **kwargs)
        except RefusedError as error:
            response = render_notice(request, title=_("This link does not work any more"), text=str(error), status=410)
        # Not "no-referrer": with it, browsers send the form without an origin, and Django refuses it.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Ask for a password."""
        return self._show(request, invitations.find_open(secret=secret, at=timezone.now()))

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Set it, and lead to the sign-in."""
        invitation = invitations.find_open(secret=secret, at=timezone.now())
        form = SetPasswordForm(invitation.user, request.POST)
        if not settings.PASSWORD_SIGN_IN or not form.is_valid():
            return self._show(request, invitation, form)
        password = form.cleaned_data["new_password1"]
        network = networks.network(request)
        invitations.accept(secret=secret, password=password, at=timezone.now(), network=network)
        messages.success(request, _("Your password is set. Sign in with it now."))
        return HttpResponseRedirect(settings.LOGIN_URL)

    def _show(self, request: HttpRequest, invitation: Invitation, form: Any = None) -> HttpResponse:
        shown = {"person": invitation.user, "form": form or SetPasswordForm(invitation.user)}
        return render(request, "account/invitation.html", shown)
