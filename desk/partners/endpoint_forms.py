"""The forms about endpoints. What a service refused after a form found nothing wrong is shown in the form as well."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldBooleanSwitchWidget,
)

from lib.refusals import RefusedError
from partners.choices import SUBSCRIBABLE, Scheme
from partners.models import Endpoint
from partners.services import endpoints


class _RefusableForm(forms.BaseForm):
    """A form that shows a service's refusal, and is invalid then."""

    refused: ValidationError | RefusedError | None = None

    def full_clean(self) -> None:
        """Validate, then add the refusal of the attempt before."""
        super().full_clean()
        if not self.is_bound or self.refused is None:
            return
        if isinstance(self.refused, RefusedError):
            self.add_error(None, str(self.refused))
            return
        by_field = self.refused.error_dict if hasattr(self.refused, "error_dict") else {"": self.refused.error_list}
        for name, found in by_field.items():
            self.add_error(name if name in self.fields else None, found)


class EndpointForm(_RefusableForm, forms.ModelForm):  # type: ignore[type-arg]
    """Where an endpoint is and what it wants."""

    event_types = forms.MultipleChoiceField(
        label=gettext_lazy("Event types"),
        choices=SUBSCRIBABLE,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
        help_text=gettext_lazy("None chosen means all of them, those of later versions included."),
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Endpoint
        fields = ("partner", "url", "description", "event_types", "topics", "languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen_version"] = self.instance.version

    def clean_topics(self) -> list[str]:
        """Names, of which none is left empty."""
        return self.cleaned_data["topics"] or []

    def clean_languages(self) -> list[str]:
        """Tags, of which none is left empty."""
        return self.cleaned_data["languages"] or []

    def clean_url(self) -> str:
        """An address that requests may be sent to."""
        url = str(self.cleaned_data["url"]).strip()
        endpoints.check_address(url)
        return url


class NewEndpointForm(EndpointForm):
    """The same, and how its messages are to be signed."""

    scheme = forms.ChoiceField(
        label=gettext_lazy("Signature"),
        choices=Scheme.choices,
        initial=Scheme.HMAC,
        required=False,
        widget=UnfoldAdminRadioSelectWidget(),
        help_text=gettext_lazy(
            "Ask the partner which one its software verifies; every library of Standard Webhooks knows v1."
        ),
    )

    def clean_scheme(self) -> str:
        """The usual one unless another was chosen."""
        return self.cleaned_data["scheme"] or Scheme.HMAC


class RotateForm(_RefusableForm, forms.Form):
    """A new secret: its kind, and when the old ones expire."""

    scheme = forms.ChoiceField(
        label=gettext_lazy("Signature"),
        choices=[("", gettext_lazy("As it is now")), *Scheme.choices],
        required=False,
        widget=UnfoldAdminRadioSelectWidget(),
    )
    end_old = forms.BooleanField(
        label=gettext_lazy("End the old ones now"),
        required=False,
        widget=UnfoldBooleanSwitchWidget(),
        help_text=gettext_lazy(
            "For a secret that others may know. The receiver refuses our messages until it has the new one."
        ),
    )


class RangeForm(_RefusableForm, forms.Form):
    """Numbers of the log, from and to."""

    first = forms.IntegerField(
        label=gettext_lazy("First"), min_value=1, max_value=2**62, widget=UnfoldAdminIntegerFieldWidget()
    )
    last = forms.IntegerField(
        label=gettext_lazy("Last"), min_value=1, max_value=2**62, widget=UnfoldAdminIntegerFieldWidget()
    )

    def clean(self) -> dict[str, Any]:
        """The first comes first."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("first") and cleaned.get("last") and cleaned["first"] > cleaned["last"]:
            self.add_error("last", _("This is before the first."))
        return cleaned
