"""How allauth signs people in here: closed sign-up, counted failures, one way for e-mails, a history."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.throttling import BaseThrottle

from accounts import rules
from accounts.choices import AccountAct
from accounts.hashing import HashingBusyError
from accounts.models import User
from accounts.selectors import find_person
from accounts.services import mails
from accounts.services.events import record_event, record_failure
from desk.people import attempts
from partners import networks

WRONG = gettext_lazy("The name or the password is wrong. Passwords are case-sensitive.")
#: Allauth's e-mail with a link that sets a password.
_WITH_LINK = "account/email/password_reset_key"
PASSWORDS_OFF = gettext_lazy("Passwords are switched off here. Use single sign-on.")


def render_notice(request: HttpRequest, *, title: str, text: str, status: int) -> HttpResponse:
    """A page that says why somebody was not signed in, and what to do."""
    answer = render(request, "account/notice.html", {"title": title, "text": text}, status=status)
    add_never_cache_headers(answer)
    return answer


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Allauth's account functions, as this product wants them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people are invited."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person with this name and password, or None. Raises ``ValidationError`` when nothing was checked."""
        if not settings.PASSWORD_SIGN_IN:
            raise ValidationError(PASSWORDS_OFF, code="passwords_off")
        typed = str(credentials.get("username") or credentials.get("email") or "")
        person = find_person(typed)
        states = attempts.begin(request, person=person, typed=typed)
        try:
            found: Any = authenticate(request, username=typed, password=credentials.get("password"))
        except HashingBusyError:
            attempts.succeed(states)  # nothing was checked, so nothing counts
            raise
        if found is None:
            record_failure(AccountAct.FAILED, user=person, network=networks.network(request))
            return None
        attempts.succeed(states)
        return found if isinstance(found, User) else None

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Show people without a role a page that says so, for every way of signing in."""
        if not user.is_active:
            return render_notice(
                request,
                title=_("Your account is not active"),
                text=_("Ask an administrator of the newsroom to activate it."),
                status=403,
            )
        if not rules.may_use_the_desk(user):
            return no_role(request)
        return None

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Write the sign-in down, then go where the person wanted to."""
        methods = [entry["method"] for entry in request.session.get("account_authentication_methods", [])]
        how = ", ".join(dict.fromkeys(methods))
        record_event(AccountAct.SIGNED_IN, user=user, by=user, network=networks.network(request), what=how)
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *rest: Any, **more: Any
    ) -> None:
        """No message on each sign-in and sign-out: the page that follows says it."""
        if message_template in ("account/messages/logged_in.txt", "account/messages/logged_out.txt"):
            return
        super().add_message(request, level, message_template, *rest, **more)

    def get_client_ip(self, request: Any) -> str:
        """The address of the client, as the limits of the API see it."""
        return BaseThrottle().get_ident(request) or "0.0.0.0"  # noqa: S104 - stands for none

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue through the one function for e-mails to people; plain text."""
        shown = {"request": self.request, "email": email, "site_name": settings.SITE_NAME, **context}
        message = self.render_mail(template_prefix, email, shown)
        until = None
        if template_prefix == _WITH_LINK:
            until = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
        mails.send(to=email, subject=message.subject, text=message.body, secret_until=until)

    def format_email_subject(self, subject: str) -> str:
        """With the newsroom's name."""
        return f"{settings.SITE_NAME}: {subject}"

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Nothing where passwords are switched off, and for accounts that never had one."""
        if settings.PASSWORD_SIGN_IN and user.is_active:
            super().send_password_reset_mail(user, email, context)
            record_event(AccountAct.PASSWORD_LINK, user=user, network=networks.network(self.request))


def no_role(request: HttpRequest) -> HttpResponse:
    """The page for people who are known but have no role."""
    return render_notice(
        request,
        title=_("Your account has no role yet"),
        text=_(
            "You are who you say, but your account may not use the desk. Ask an administrator to give you a role, "
            "then sign in again."
        ),
        status=403,
    )
