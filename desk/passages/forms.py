"""What is asked for when a passage becomes a claim, and when a claim is reworded.

The same forms read what a browser posts without scripts and what the article desk sends as JSON.
"""

from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.choices import ClaimantKind
from articles.models import Claimant
from articles.models.inexact_date import InexactDateFormField
from articles.services.claims.claim_entry import Speaker
from desk.http.forms import ConfirmedDateField
from desk.http.widgets import area, day, inexact_date, line


class ClaimWordingForm(forms.Form):
    """A claim's own words, who said them and when, and why they are worth checking."""

    text = forms.CharField(
        label=_("Statement"),
        max_length=500,
        widget=area(3),
        help_text=_("In checkable words, without a verdict. Aim for under 75 characters."),
    )
    claimant = forms.CharField(
        label=_("Claimant"),
        required=False,
        max_length=200,
        widget=line(),
        help_text=_("Somebody known, or a new name."),
    )
    claimant_id = forms.ModelChoiceField(Claimant.objects.all(), required=False, widget=forms.HiddenInput())
    claimant_kind = forms.ChoiceField(
        label=_("Kind of claimant"),
        choices=[("", _("Choose …")), *ClaimantKind.choices],
        required=False,
        widget=forms.Select(attrs={"class": "mark-input"}),
        help_text=_("For a new name. Left empty, it is taken from the name where that tells."),
    )
    claimant_role = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput())
    is_unattributed = forms.BooleanField(label=_("Unattributed: nobody in particular said it"), required=False)
    claimed_on = InexactDateFormField(label=_("Said on"), required=False, widget=inexact_date())
    confirm_old_date = ConfirmedDateField(widget=forms.CheckboxInput())
    topics = SimpleArrayField(
        forms.CharField(max_length=60),
        label=_("Topics"),
        required=False,
        widget=line(),
        help_text=_("Separated by commas."),
    )
    why_chosen = forms.CharField(
        label=_("Why this claim"),
        required=False,
        max_length=5000,
        widget=area(2),
        help_text=_("Why it is worth checking."),
    )

    #: Fields that are columns of the claim.
    columns: tuple[str, ...] = ("text", "claimed_on", "confirm_old_date", "topics", "why_chosen")

    def speaker(self) -> Speaker:
        """Who made the claim, as it was typed."""
        data = self.cleaned_data
        known = data["claimant_id"]
        return Speaker(
            known=known,
            name="" if known else data["claimant"],
            is_unattributed=data["is_unattributed"],
            kind=data["claimant_kind"],
            role=data["claimant_role"],
        )

    def values(self) -> dict[str, Any]:
        """The claim's columns."""
        return {name: self.cleaned_data[name] for name in self.columns}


class PassageForm(ClaimWordingForm):
    """A passage and the claim made in it."""

    exact = forms.CharField(
        label=_("Passage"),
        max_length=20_000,
        strip=False,
        widget=area(3),
        help_text=_("Word for word, as it stands in the text."),
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())
    mine = forms.BooleanField(label=_("Assign to me"), required=False, initial=True)
    due_on = forms.DateField(label=_("Due"), required=False, widget=day())

    columns = (*ClaimWordingForm.columns, "due_on")
    field_order = (
        "exact",
        "start",
        "text",
        "claimant",
        "claimant_id",
        "claimant_kind",
        "is_unattributed",
        "claimed_on",
    )

    def values_for(self, user: User) -> dict[str, Any]:
        """The claim's columns, on ``user``'s desk if that is wished."""
        return {**self.values(), "assignee": user if self.cleaned_data["mine"] else None}
