"""Sessions that end, second factors that are asked for, and password checks that give way to readers."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.hashing import HashingBusyError
from accounts.selectors import needs_second_factor
from accounts.services.sessions import note_session_use
from desk.http import refusals
from desk.people import session_keys
from desk.people.sign_in import render_notice
from lib.refusals import NotAllowedError

#: A session's last use is noted to this many seconds, so that not every request writes.
NOTED_EVERY = 60
#: What people without their second factor may open: the pages on which they set one up.
_ALLOWED = ("/admin/account/", "/admin/login/", "/admin/logout/", "/admin/jsi18n/")


class SignInMiddleware:
    """For the desk and the API of people who are signed in by a session. Readers' pages never look at a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refused = self._check(request) if _has_session(request) else None
        response = refused or self.get_response(request)
        wait = getattr(request, "retry_after", None)
        if wait is not None and response.status_code == 200:
            response.status_code = 429
            response.headers["Retry-After"] = str(wait)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Password checks are limited so that readers' pages stay quick: come back in a moment."""
        if not isinstance(error, HashingBusyError):
            return None
        text = _("Many people are signing in at this moment. Nothing was checked. Wait a few seconds and try again.")
        response = render_notice(request, title=_("Please try again in a moment"), text=text, status=429)
        response.headers["Retry-After"] = str(error.RETRY_AFTER)
        return response

    def _check(self, request: HttpRequest) -> HttpResponse | None:
        session, now = request.session, time.time()
        if SESSION_KEY not in session:
            return None
        seen, began = session.get(session_keys.SEEN), session.get(session_keys.BEGAN)
        if seen is None or began is None:
            session[session_keys.SEEN] = session[session_keys.BEGAN] = now
        elif now - seen > settings.SESSION_IDLE_HOURS * 3600 or now - began > settings.SESSION_MAX_DAYS * 86_400:
            logout(request)
            messages.info(request, _("You were signed out because your session was too old. Please sign in again."))
            return None
        elif now - seen > NOTED_EVERY:
            session[session_keys.SEEN] = now
            note_session_use(session_key=session.session_key or "")
        return self._ask_for_factor(request) if session.get(session_keys.FACTOR_MISSING) else None

    def _ask_for_factor(self, request: HttpRequest) -> HttpResponse | None:
        user: Any = request.user
        if not user.is_authenticated:
            return None
        if not needs_second_factor(user):
            del request.session[session_keys.FACTOR_MISSING]
            return None
        if request.path_info.startswith("/api/"):
            text = _("Your role needs a second factor. Set one up on the desk first.")
            return refusals.describe(NotAllowedError(text, code="second_factor_required")).response()
        if request.path_info.startswith(_ALLOWED):
            return None
        messages.warning(request, _("Your role needs a second factor. Set up an authenticator app or a passkey."))
        return HttpResponseRedirect(reverse("mfa_index"))


def _has_session(request: HttpRequest) -> bool:
    is_ours = request.path_info.startswith(("/admin/", "/api/"))
    return is_ours and settings.SESSION_COOKIE_NAME in request.COOKIES
