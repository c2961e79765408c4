"""The forms for issuing, rotating and revoking a key."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextInputWidget

from partners import rates
from partners.choices import Scope
from partners.models import Key
from partners.services.keys import OVERLAP


class _DayWidget(UnfoldAdminTextInputWidget):  # type: ignore[misc]
    """The browser's own field for a day; works without scripts."""

    input_type = "date"

    def format_value(self, value: Any) -> str:
        """In the format of HTML, in every language."""
        return value.isoformat() if isinstance(value, date) else str(value or "")


class LastDayField(forms.DateField):
    """A last day; its value is the moment at which that day is over."""

    widget = _DayWidget

    def clean(self, value: Any) -> Any:
        """The moment the day ends in the newsroom's time zone, or None."""
        day = super().clean(value)
        if day is None:
            return None
        if not timezone.localdate() <= day < date(9999, 1, 1):
            raise forms.ValidationError(_("This day is over already, or too far away."), code="past")
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


class IssueForm(forms.Form):
    """What a key is for, what it may do and until when."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        widget=UnfoldAdminTextInputWidget,
        help_text=Key._meta.get_field("name").help_text,
    )
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"), choices=Scope.choices, initial=[Scope.READ], widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    expires_at = LastDayField(label=_("Expires on"), required=False, help_text=_("Empty: it does not expire."))
    rate = forms.CharField(
        label=_("Own rate limit"),
        required=False,
        max_length=20,
        validators=[rates.validate],
        widget=UnfoldAdminTextInputWidget,
        help_text=Key._meta.get_field("rate").help_text,
    )


class RotateForm(forms.Form):
    """How long the old key works beside the new one."""

    overlap_until = LastDayField(
        label=_("The old key expires on"),
        initial=lambda: timezone.localdate() + OVERLAP,
        help_text=_("Until then both keys work, so that the partner can change over without a gap."),
    )
    expires_at = LastDayField(
        label=_("The new key expires on"), required=False, help_text=_("Empty: it does not expire.")
    )


class RevokeForm(forms.Form):
    """Nothing to fill in: the button is the confirmation."""
