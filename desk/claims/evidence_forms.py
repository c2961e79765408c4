"""What is asked for when a source is cited for a claim: the same forms read JSON, a file beside it, and plain posts."""

from typing import Any

from django import forms

from articles import text
from articles.choices import SourceKind, Stance
from articles.models import Capture, Source
from articles.models.inexact_date import InexactDateFormField
from articles.services.evidence.linking import CaptureInput, SourceInput
from desk.http.forms import ConfirmedDateField, KeptFileField
from desk.http.widgets import area, inexact_date, line

_BEGINS = "https://… or words of its title"


class EvidenceDetailsForm(forms.Form):
    """What a source says about the claim, and where."""

    stance = forms.ChoiceField(choices=Stance.choices, initial=Stance.SUPPORTS, widget=forms.RadioSelect())
    quote = forms.CharField(required=False, max_length=20_000, widget=area(2), help_text="Its own words.")
    locator = forms.CharField(
        label="Where", required=False, max_length=120, widget=line(), help_text="Page, section, point, timecode."
    )
    note = forms.CharField(
        required=False, max_length=20_000, widget=area(2), help_text="What it shows, in ours. Readers see it."
    )

    words = ("stance", "quote", "locator", "note")

    def given(self) -> dict[str, Any]:
        """The words that were sent; what was not sent stays as it is."""
        return {name: self.cleaned_data[name] for name in self.words if name in self.data}


class ChangeForm(EvidenceDetailsForm):
    """Other words for a piece of evidence; only what was sent is read."""

    stance = forms.ChoiceField(choices=Stance.choices, required=False)

    def clean_stance(self) -> str:
        """A stance can be changed, not taken off."""
        stance = str(self.cleaned_data["stance"])
        if "stance" in self.data and not stance:
            raise forms.ValidationError("Say whether it supports, refutes or gives context.")
        return stance


class CopyForm(forms.Form):
    """A copy for a piece of evidence: a file, what is at the source's address now, or a capture that is there."""

    file = KeptFileField()
    fetch = forms.BooleanField(label="Keep a copy of what is at the address now", required=False)
    capture = forms.ModelChoiceField(
        Capture.objects.select_related("source"), required=False, widget=forms.HiddenInput()
    )

    def copy(self) -> CaptureInput:
        """What is to be kept."""
        data = self.cleaned_data
        return CaptureInput(known=data["capture"], file=data["file"], fetch=data["fetch"])


class LinkForm(CopyForm, EvidenceDetailsForm):
    """A source, known or new, and what it says."""

    source = forms.ModelChoiceField(Source.objects.all(), required=False, widget=forms.HiddenInput())
    url = forms.CharField(
        label="Address", required=False, max_length=2000, widget=line(inputmode="url", placeholder=_BEGINS)
    )
    title = forms.CharField(required=False, max_length=300, widget=line())
    publisher = forms.CharField(required=False, max_length=200, widget=line())
    kind = forms.ChoiceField(
        choices=SourceKind.choices,
        required=False,
        initial=SourceKind.DOCUMENT,
        widget=forms.Select(attrs={"class": "mark-input"}),
    )
    published_on = InexactDateFormField(required=False, widget=inexact_date())
    confirm_old_date = ConfirmedDateField(widget=forms.CheckboxInput())
    is_primary = forms.BooleanField(label="First-hand: the document or person itself", required=False)

    field_order = (
        *("source", "url", "title", "publisher", "kind", "published_on", "confirm_old_date", "is_primary"),
        *("stance", "quote", "locator", "note", "fetch", "file", "capture"),
    )
    about = ("url", "title", "publisher", "kind", "published_on", "confirm_old_date", "is_primary")

    def clean(self) -> dict[str, Any]:
        """A known source, or a title for a new one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        lacks = not cleaned.get("source") and not cleaned.get("title")
        if lacks and not self.has_error("source") and not self.has_error("title"):
            self.add_error("title", "Choose a source that is known, or give the title of a new one.")
        return cleaned

    def cited(self) -> SourceInput:
        """What is cited."""
        known = self.cleaned_data["source"]
        if known:
            return SourceInput(known)
        about = {name: self.cleaned_data[name] for name in self.about}
        return SourceInput(fields=about | {"kind": about["kind"] or SourceKind.DOCUMENT})


def typed(request: Any, name: str) -> str:
    """What was typed into a search, without what PostgreSQL cannot hold."""
    return str(request.GET.get(name, "")).replace("\x00", "")[:500].strip()


def is_address(value: str) -> bool:
    """Whether what was typed is meant as an address."""
    return value.lower().startswith(("http://", "https://")) and not text.is_blank(value.split("//", 1)[1])
