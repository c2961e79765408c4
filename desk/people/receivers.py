"""What is noted when allauth or Django says that something happened to a session or an account."""

import time
from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth_signals

from accounts.choices import AccountAct
from accounts.selectors import needs_second_factor
from accounts.services.events import record_event
from desk.http import language
from desk.people import session_keys
from notifications.selectors import choices_of
from partners import networks


def connect() -> None:
    """Connect every receiver of this module."""
    auth_signals.user_logged_in.connect(_begin_session, dispatch_uid="begin_session")
    auth_signals.user_logged_out.connect(_signed_out, dispatch_uid="signed_out")
    factor_signals.authenticator_added.connect(_factor_added, dispatch_uid="factor_added")
    factor_signals.authenticator_removed.connect(_factor_removed, dispatch_uid="factor_removed")
    factor_signals.authenticator_reset.connect(_codes_made, dispatch_uid="codes_made")
    for signal in (account_signals.password_changed, account_signals.password_set, account_signals.password_reset):
        signal.connect(_password_changed, dispatch_uid="password_changed")


def _begin_session(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    now = time.time()
    request.session[session_keys.BEGAN] = request.session[session_keys.SEEN] = now
    request.session[language.IN_SESSION] = choices_of(user).language
    came_by_provider = "sociallogin" in kwargs or _came_by_provider(request)
    if not came_by_provider and needs_second_factor(user):
        request.session[session_keys.FACTOR_MISSING] = True


def _came_by_provider(request: Any) -> bool:
    """Whether the provider signed them in: a second factor is then the provider's own business."""
    methods = request.session.get("account_authentication_methods", [])
    return any(entry.get("method") == "socialaccount" for entry in methods)


def _signed_out(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    if user is not None and request is not None:
        record_event(AccountAct.SIGNED_OUT, user=user, by=user, network=networks.network(request))


def _factor_added(sender: Any, request: Any, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    _note(AccountAct.SECOND_FACTOR_ADDED, request, user, what=str(authenticator.type))


def _factor_removed(sender: Any, request: Any, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    _note(AccountAct.SECOND_FACTOR_REMOVED, request, user, what=str(authenticator.type))
    if needs_second_factor(user) and not _came_by_provider(request):
        request.session[session_keys.FACTOR_MISSING] = True


def _codes_made(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    _note(AccountAct.RECOVERY_CODES, request, user)


def _password_changed(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    _note(AccountAct.PASSWORD_CHANGED, request, user)


def _note(act: AccountAct, request: Any, user: Any, *, what: str = "") -> None:
    record_event(act, user=user, by=user, network=networks.network(request), what=what)
