"""Second factors: sealed secrets, and codes that are counted like passwords."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms
from django.conf import settings

from accounts import sealing
from accounts.choices import AccountAct
from accounts.services.events import record_failure
from desk.people import attempts
from partners import networks

_PURPOSE = b"factcheck/accounts/second-factor/1"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Allauth's functions for second factors, as this product wants them."""

    def encrypt(self, text: str) -> str:
        """How a TOTP secret or the seed of recovery codes is stored."""
        return sealing.seal(text, purpose=_PURPOSE).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The stored secret in clear."""
        return sealing.unseal(encrypted_text.encode(), purpose=_PURPOSE)

    def get_totp_issuer(self) -> str:
        """The name in the authenticator app."""
        return settings.SITE_NAME

    def _get_site_name(self) -> str:
        return settings.SITE_NAME


class _Counted:
    """Takes a try before the code is compared, and gives it back when the code was right."""

    user: Any

    def clean_code(self) -> str:
        """The code. Raises ``ValidationError`` for a wrong one and for one too many."""
        states = attempts.begin(context.request, person=self.user, typed="", kind="code")
        code: str = super().clean_code()  # type: ignore[misc]
        if not attempts.spend_code(person=self.user, code=code):
            raise SecondFactorAdapter().validation_error("incorrect_code")
        attempts.succeed(states)
        return code

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        super()._emit_authentication_failed(authenticator)  # type: ignore[misc]
        network = networks.network(context.request)
        record_failure(AccountAct.SECOND_FACTOR_FAILED, user=self.user, network=network, what=str(authenticator.type))


class AuthenticateForm(_Counted, forms.AuthenticateForm):  # type: ignore[misc]
    """The code that follows the password."""


class ReauthenticateForm(_Counted, forms.ReauthenticateForm):  # type: ignore[misc]
    """The code that confirms a change of the account."""
