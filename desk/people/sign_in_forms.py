"""The form on which people sign in."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from desk.people.sign_in import WRONG


class LoginForm(AllauthLoginForm):  # type: ignore[misc]
    """An e-mail address or a user name, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("E-mail address or user name"), _("Password")
        login.widget = forms.TextInput(
            attrs={
                "autocomplete": "username webauthn",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        )
        password.help_text = ""
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)

    def clean(self) -> Any:
        """The same words for an unknown name and a wrong password."""
        try:
            return super().clean()
        except ValidationError as error:
            if str(getattr(error, "code", "")).endswith("_password_mismatch"):
                raise ValidationError(WRONG, code="wrong") from None
            raise
