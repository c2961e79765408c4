"""Single sign-on: who is let in, and what people read when they are not. The addresses of OpenID Connect."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from requests import RequestException

from accounts.choices import AccountAct
from accounts.models import User
from accounts.services import federation
from accounts.services.events import record_event, record_failure
from desk.people.sign_in import render_notice
from lib.refusals import RefusedError
from partners import networks

logger = logging.getLogger("accounts.sign_in")
_DOWN = gettext_lazy(
    "The sign-in service of your organisation does not answer as it should. Try again in a few minutes. If it goes on, "
    "tell your technician."
)
NOT_CONFIRMED = gettext_lazy(
    "The sign-in service did not confirm who you are, or the page was open too long. Start again."
)


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Allauth's functions for single sign-on: no sign-up forms, and an account only for whom the newsroom let in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never by a form; ``pre_social_login`` has found or made the account by then."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or make the account and set its role, before allauth signs the person in."""
        if request.user.is_authenticated:
            raise ImmediateHttpResponse(refusal(request, _("Sign out first, then use single sign-on.")))
        known = sociallogin.user if sociallogin.is_existing else None
        try:
            is_saml = sociallogin.account.provider == "saml"
            identity = _saml_identity(sociallogin) if is_saml else _openid_identity(sociallogin)
            person, is_linked = federation.admit(identity=identity, known=known, at=timezone.now())
        except RefusedError as error:
            user = known if isinstance(known, User) else None
            record_failure(AccountAct.FAILED, user=user, network=networks.network(request), what=error.code)
            raise ImmediateHttpResponse(refusal(request, str(error))) from None
        if is_linked:
            sociallogin.user = person
            sociallogin.save(request, connect=True)
            record_event(AccountAct.LINKED, user=person, by=person, network=networks.network(request))
        else:
            sociallogin.user = person

    def on_authentication_error(self, request: HttpRequest, provider: Any, **details: Any) -> None:
        """What went wrong between the provider and us, for people and in the log."""
        error, exception = details.get("error"), details.get("exception")
        logger.warning("single sign-on failed: %s %s", error, type(exception).__name__ if exception else "")
        if isinstance(exception, RequestException):
            raise ImmediateHttpResponse(provider_down(request))
        raise ImmediateHttpResponse(refusal(request, NOT_CONFIRMED))


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the provider."""
    return leave(request, guarded(views.login, request, provider_id))


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends the browser back to."""
    return guarded(views.callback, request, provider_id)


def leave(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A page that leads to the provider, in place of a redirect to it.

    The form of the sign-in page may be sent to this site alone (``form-action`` of the Content-Security-Policy), and
    browsers apply this rule to redirects of the answer as well.
    """
    if response.status_code != 302:
        return response
    page = render(request, "account/leaving.html", {"address": response.headers["Location"]})
    add_never_cache_headers(page)
    return page


def guarded(view: Callable[..., HttpResponse], request: HttpRequest, provider_id: str) -> HttpResponse:
    """The view's answer, or a clear page when the provider is down or answers with something else."""
    try:
        return view(request, provider_id)
    except PermissionDenied:  # an answer that this browser did not ask for, or that was used already
        return refusal(request, NOT_CONFIRMED)
    except (RequestException, OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("single sign-on failed: the provider did not answer as it should: %s", type(error).__name__)
        return provider_down(request)


def _openid_identity(sociallogin: SocialLogin) -> federation.Identity:
    """What the provider says about the person: from the user info, else from the ID token."""
    extra: dict[str, Any] = sociallogin.account.extra_data
    token, info = extra.get("id_token") or {}, extra.get("userinfo") or {}
    if info and token and info.get("sub") != token.get("sub"):
        raise RefusedError(_("The sign-in service named two different people."), code="subject_differs")
    claims = {**token, **info}
    email, groups = claims.get("email"), claims.get(settings.OIDC_GROUPS_CLAIM) or []
    return federation.Identity(
        email=email.strip().lower() if isinstance(email, str) else "",
        is_verified=claims.get("email_verified") in (True, "true"),
        name=str(claims.get("name") or ""),
        groups=tuple(str(group) for group in groups) if isinstance(groups, list) else (str(groups),),
        roles=settings.OIDC_ROLES,
    )


def _saml_identity(sociallogin: SocialLogin) -> federation.Identity:
    """What the signed assertion says. SAML has no word for a verified address; the provider is trusted with it."""
    person, groups = sociallogin.user, sociallogin.account.extra_data.get(settings.SAML_GROUPS_ATTRIBUTE) or []
    return federation.Identity(
        email=str(getattr(person, "email", "") or "").strip().lower(),
        is_verified=True,
        name=f"{person.first_name or ''} {person.last_name or ''}".strip(),
        groups=tuple(str(group) for group in groups),
        roles=settings.SAML_ROLES,
    )


def provider_down(request: HttpRequest) -> HttpResponse:
    """The page for people whose provider cannot be asked."""
    return render_notice(request, title=_("Single sign-on is not available"), text=str(_DOWN), status=503)


def refusal(request: HttpRequest, text: str | Promise) -> HttpResponse:
    """The page for people who are not let in."""
    return render_notice(request, title=_("You were not signed in"), text=str(text), status=403)
