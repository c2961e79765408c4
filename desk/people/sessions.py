"""The page on which people see their own sessions and end them."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from accounts.choices import AccountAct
from accounts.services.events import record_event
from lib.parsing.errors import ParseError
from lib.parsing.integers import parse_integer
from partners import networks


@method_decorator(reauthentication_required(allow_get=True), name="dispatch")
class SessionsPage(ListUserSessionsView):  # type: ignore[misc]
    """Lists the sessions. A post with ``end`` ends that session, a post without it ends all others.

    Both ask for the password or another factor, unless the person has just given one.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End one session, or all others; the page again. Raises ``Http404`` for a session of somebody else."""
        if "end" not in request.POST:
            _note(request, what=_("all other sessions, from the list"))
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer
        session = get_object_or_404(UserSession, pk=_id(request.POST["end"]), user=request.user)
        if not session.is_current():
            session.end()
            _note(request, what=_("one other session, from the list"))
            messages.success(request, _("That session is ended."))
        return HttpResponseRedirect(self.success_url)


def _id(given: str) -> int:
    try:
        return parse_integer(given, at_least=0, at_most=2**63 - 1)
    except ParseError:
        return 0


def _note(request: HttpRequest, *, what: str) -> None:
    user: Any = request.user
    record_event(AccountAct.SIGNED_OUT, user=user, by=user, network=networks.network(request), what=what)
