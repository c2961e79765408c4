"""What is asked for when a source is cited for a claim: the same forms read JSON, a file beside it, and plain posts."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import text
from articles.choices import SourceKind, Stance
from articles.evidence_fields import FIELDS, NAMES, EvidenceField, Kind
from articles.models import Capture, Evidence, Source
from articles.models.inexact_date import InexactDateFormField
from articles.services.evidence.linking import CaptureInput, SourceInput
from desk.http.forms import ConfirmedDateField, KeptFileField
from desk.http.widgets import area, day, inexact_date, line

_BEGINS = gettext_lazy("https://… or words of its title")
#: A text that no person writes is not read.
_LONGEST_TEXT = 20_000


class EvidenceDetailsForm(forms.Form):
    """What a source says about the claim, and where."""

    stance = forms.ChoiceField(
        label=gettext_lazy("Stance"), choices=Stance.choices, initial=Stance.SUPPORTS, widget=forms.RadioSelect()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in FIELDS:
            made = self.fields.setdefault(field.name, _input(field))
            made.widget.attrs |= {"data-evidence-field": True, "data-on-card": field.is_on_card}
        self.order_fields(self.field_order)

    @property
    def details(self) -> list[forms.BoundField]:
        """The inputs of the fields, except the stance, which has radio buttons."""
        return [self[name] for name in NAMES if name != "stance"]

    def given(self) -> dict[str, Any]:
        """The values that were sent; other fields do not change."""
        return {name: self.cleaned_data[name] for name in NAMES if name in self.data}


class ChangeForm(EvidenceDetailsForm):
    """Other words for a piece of evidence; only what was sent is read."""

    stance = forms.ChoiceField(label=gettext_lazy("Stance"), choices=Stance.choices, required=False)

    def clean_stance(self) -> str:
        """A stance can be changed, not taken off."""
        stance = str(self.cleaned_data["stance"])
        if "stance" in self.data and not stance:
            raise forms.ValidationError(_("Say whether it supports, refutes or gives context."))
        return stance


class CopyForm(forms.Form):
    """A copy for a piece of evidence: a file, what is at the source's address now, or a capture that is there."""

    file = KeptFileField(
        label=gettext_lazy("File"),
    )
    fetch = forms.BooleanField(label=gettext_lazy("Keep a copy of what is at the address now"), required=False)
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
        label=gettext_lazy("Address"),
        required=False,
        max_length=2000,
        widget=line(inputmode="url", placeholder=_BEGINS),
    )
    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=300, widget=line())
    publisher = forms.CharField(label=gettext_lazy("Publisher"), required=False, max_length=200, widget=line())
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=SourceKind.choices,
        required=False,
        initial=SourceKind.DOCUMENT,
        widget=forms.Select(attrs={"class": "mark-input"}),
    )
    published_on = InexactDateFormField(label=gettext_lazy("Published on"), required=False, widget=inexact_date())
    confirm_old_date = ConfirmedDateField(widget=forms.CheckboxInput())
    is_primary = forms.BooleanField(label=gettext_lazy("First-hand: the document or person itself"), required=False)

    field_order = (
        *("source", "url", "title", "publisher", "kind", "published_on", "confirm_old_date", "is_primary"),
        *(*NAMES, "fetch", "file", "capture"),
    )
    about = ("url", "title", "publisher", "kind", "published_on", "confirm_old_date", "is_primary")

    def clean(self) -> dict[str, Any]:
        """A known source, or a title for a new one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        lacks = not cleaned.get("source") and not cleaned.get("title")
        if lacks and not self.has_error("source") and not self.has_error("title"):
            self.add_error("title", _("Choose a source that is known, or give the title of a new one."))
        return cleaned

    def cited(self) -> SourceInput:
        """What is cited."""
        known = self.cleaned_data["source"]
        if known:
            return SourceInput(known)
        about = {name: self.cleaned_data[name] for name in self.about}
        return SourceInput(fields=about | {"kind": about["kind"] or SourceKind.DOCUMENT})


def _input(field: EvidenceField) -> forms.Field:
    """The input of a field that is described in ``articles.evidence_fields``."""
    column: Any = Evidence._meta.get_field(field.name)
    common: dict[str, Any] = {"label": field.label, "help_text": field.help_text, "required": not column.blank}
    if field.kind == Kind.CHOICE:
        return forms.ChoiceField(choices=column.get_choices(), widget=forms.Select({"class": "mark-input"}), **common)
    if field.kind == Kind.DAY:
        return forms.DateField(widget=day(), **common)
    widgets = {Kind.LINE: line(), Kind.TEXT: area(2), Kind.ADDRESS: line(inputmode="url")}
    return forms.CharField(max_length=column.max_length or _LONGEST_TEXT, widget=widgets[field.kind], **common)


def typed(request: Any, name: str) -> str:
    """What was typed into a search, without what PostgreSQL cannot hold."""
    return str(request.GET.get(name, "")).replace("\x00", "")[:500].strip()


def is_address(value: str) -> bool:
    """Whether what was typed is meant as an address."""
    return value.lower().startswith(("http://", "https://")) and not text.is_blank(value.split("//", 1)[1])
