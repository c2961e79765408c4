"""Single sign-on from environment variables, and the settings of sign-in that no newsroom changes."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from factcheck import saml

#: Part of the addresses that the provider is given: ``…/admin/account/oidc/newsroom/login/callback/``.
PROVIDER_ID = "newsroom"


#: Allauth's apps, and what its templates use.
APPS = (
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.usersessions",
)

_DJANGO = "django.contrib.auth.password_validation"
#: Django's ``AUTH_PASSWORD_VALIDATORS``. Length counts, and no rule asks for kinds of characters.
VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_DJANGO}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_DJANGO}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_DJANGO}.CommonPasswordValidator"},
    {"NAME": "accounts.validators.ContextWordsValidator"},
]


def providers(env: Env) -> dict[str, Any]:
    """Django's ``SOCIALACCOUNT_PROVIDERS``; empty without single sign-on. Stops the start when it is half set."""
    found = {**_openid_connect(env), **saml.provider(env)}
    if not found and not env.bool("PASSWORD_SIGN_IN", True):
        raise ImproperlyConfigured("PASSWORD_SIGN_IN=0 needs single sign-on: set OIDC_ISSUER or SAML_ENTITY_ID.")
    return found


def _openid_connect(env: Env) -> dict[str, Any]:
    issuer, name = env.str("OIDC_ISSUER", ""), env.str("OIDC_NAME", "single sign-on")
    client_id, secret = env.str("OIDC_CLIENT_ID", ""), env.str("OIDC_CLIENT_SECRET", "")
    scopes: list[str] = env.list("OIDC_SCOPES", ["openid", "profile", "email"])
    if not issuer:
        return {}
    if not client_id or not secret:
        raise ImproperlyConfigured("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET as well.")
    app = {
        "provider_id": PROVIDER_ID,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer, "scope": scopes, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True, "SCOPE": scopes}}


def parse_roles(text: str, *, variable: str = "OIDC_ROLES") -> dict[str, str]:
    """``group=Role;group=Role`` as a mapping from the provider's groups to roles. Stops the start when it is not.

    The first group that a person has counts. Names of groups may contain commas and equals signs.
    """
    found = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        group, equals, role = part.rpartition("=")
        if not equals or not group.strip() or not role.strip():
            raise ImproperlyConfigured(f"{variable}: write group=Role;group=Role; this is not one: {part}")
        found[group.strip()] = role.strip()
    return found


def allauth_settings(*, debug: bool, login_url: str, max_days: float) -> dict[str, Any]:
    """What allauth is told: closed sign-up, our adapters, and no counters of its own for failures."""
    return {
        "AUTH_PASSWORD_VALIDATORS": VALIDATORS,
        "SESSION_COOKIE_AGE": int(max_days * 24 * 3600),
        "PASSWORD_RESET_TIMEOUT": 3600,
        "SOCIALACCOUNT_ADAPTER": "desk.people.single_sign_on.SingleSignOnAdapter",
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "ACCOUNT_ADAPTER": "desk.people.sign_in.AccountAdapter",
        "ACCOUNT_LOGIN_METHODS": {"email", "username"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "username*", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_LOGOUT_REDIRECT_URL": login_url,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_FORMS": {"login": "desk.people.sign_in_forms.LoginForm"},
        # Failures are counted in the database (``desk.people.attempts``), exactly and for all processes together.
        "ACCOUNT_RATE_LIMITS": {"login": "", "login_failed": ""},
        "MFA_ADAPTER": "desk.people.second_factor.SecondFactorAdapter",
        "MFA_FORMS": {
            "authenticate": "desk.people.second_factor.AuthenticateForm",
            "reauthenticate": "desk.people.second_factor.ReauthenticateForm",
        },
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "MFA_RECOVERY_CODE_DIGITS": 12,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": debug,
    }
