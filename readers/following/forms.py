"""What a reader fills in to follow something."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from followers.choices import Rhythm
from followers.services.following import clean_address
from readers.http.forms import ReaderForm


class FollowForm(ReaderForm):
    """An address, and how often."""

    email = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Enter your e-mail address.")},
    )
    rhythm = forms.ChoiceField(
        label=_("How often?"),
        choices=Rhythm.choices,
        initial=Rhythm.NOW,
        error_messages={"required": _("Choose how often."), "invalid_choice": _("Choose how often.")},
    )

    def clean_email(self) -> str:
        """An address that can be written to, as it is stored."""
        try:
            return clean_address(self.cleaned_data["email"])
        except ValidationError:
            raise ValidationError(_("Enter a valid e-mail address.")) from None
