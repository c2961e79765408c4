"""What is asked for when a passage becomes a claim, when a claim is reworded, and when a reply is noted.

The same forms read what a browser posts without scripts and what the article desk sends as JSON.
"""

import json
from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField

from accounts.models import User
from articles.choices import ClaimantKind, ReplyMeans
from articles.models import Claim, Claimant, RightOfReply
from articles.services.claims.claim_entry import Speaker


class UnreadableRequestError(Exception):
    """A request's body is not the JSON object that was expected; its text says what to send."""


def posted(request: Any) -> dict[str, Any]:
    """The JSON object in a request's body, in the values a form reads. Raises ``UnreadableRequestError``."""
    try:
        sent = json.loads(request.body)
        json.dumps(sent, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise UnreadableRequestError("Send one JSON object in UTF-8.") from error
    if not isinstance(sent, dict):
        raise UnreadableRequestError("Send one JSON object.")
    for name, value in sent.items():
        many = value if isinstance(value, list) else [value]
        if not all(item is None or isinstance(item, str | int | float | bool) for item in many):
            raise UnreadableRequestError(f"“{name}” is neither a plain value nor a list of them.")
    return sent


def as_fields(sent: dict[str, Any]) -> dict[str, Any]:
    """JSON values as a form's fields are posted: lists with commas, nothing as an empty text."""
    return {
        name: ",".join(map(str, value)) if isinstance(value, list) else "" if value is None else value
        for name, value in sent.items()
    }


def area(rows: int) -> forms.Textarea:
    """A field of several lines, as the desk draws it."""
    return forms.Textarea(attrs={"rows": rows, "class": "mark-input", "dir": "auto"})


def line(**attrs: str) -> forms.TextInput:
    """A field of one line, as the desk draws it."""
    return forms.TextInput(attrs={"class": "mark-input", "autocomplete": "off", "dir": "auto", **attrs})


def day() -> forms.DateInput:
    """A field for a day, as the desk draws it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "mark-input"})


class ClaimWordingForm(forms.Form):
    """A claim's own words, who said them and when, and why they are worth checking."""

    text = forms.CharField(
        label="Statement",
        max_length=500,
        widget=area(3),
        help_text="In checkable words, without a verdict. Aim for under 75 characters.",
    )
    claimant = forms.CharField(
        required=False, max_length=200, widget=line(), help_text="Somebody known, or a new name."
    )
    claimant_id = forms.ModelChoiceField(Claimant.objects.all(), required=False, widget=forms.HiddenInput())
    claimant_kind = forms.ChoiceField(choices=ClaimantKind.choices, required=False, widget=forms.HiddenInput())
    claimant_role = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput())
    is_unattributed = forms.BooleanField(label="Unattributed: nobody in particular said it", required=False)
    claimed_on = forms.DateField(label="Said on", required=False, widget=day())
    topics = SimpleArrayField(
        forms.CharField(max_length=60), required=False, widget=line(), help_text="Separated by commas."
    )
    why_chosen = forms.CharField(
        label="Why this claim", required=False, max_length=5000, widget=area(2), help_text="Why it is worth checking."
    )

    #: Fields that are columns of the claim.
    columns: tuple[str, ...] = ("text", "claimed_on", "topics", "why_chosen")

    def speaker(self) -> Speaker:
        """Who made the claim, as it was typed."""
        data = self.cleaned_data
        known = data["claimant_id"]
        return Speaker(
            known=known,
            name="" if known else data["claimant"],
            is_unattributed=data["is_unattributed"],
            kind=data["claimant_kind"] or ClaimantKind.PERSON,
            role=data["claimant_role"],
        )

    def values(self) -> dict[str, Any]:
        """The claim's columns."""
        return {name: self.cleaned_data[name] for name in self.columns}


class PassageForm(ClaimWordingForm):
    """A passage and the claim made in it."""

    exact = forms.CharField(
        label="Passage",
        max_length=20_000,
        strip=False,
        widget=area(3),
        help_text="Word for word, as it stands in the text.",
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())
    mine = forms.BooleanField(label="On my desk", required=False, initial=True)
    due_on = forms.DateField(label="Due", required=False, widget=day())

    columns = (*ClaimWordingForm.columns, "due_on")
    field_order = ("exact", "start", "text", "claimant", "claimant_id", "is_unattributed", "claimed_on")

    def values_for(self, user: User) -> dict[str, Any]:
        """The claim's columns, on ``user``'s desk if that is wished."""
        return {**self.values(), "assignee": user if self.cleaned_data["mine"] else None}


class MarkingReplyForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who was asked, when, by what means, and what they said. Constraints are the service's to check."""

    means = forms.ChoiceField(label="By what means", choices=ReplyMeans.choices)

    class Meta:
        model = RightOfReply
        fields = ("asked", "asked_on", "means", "answer", "answered_on")

    def _post_clean(self) -> None:
        """Nothing is put on a row here: the service does it, and validates the whole."""


def claim_values(claim: Claim) -> dict[str, Any]:
    """What a form about ``claim`` starts with, as JSON holds it."""
    return {
        "text": claim.text,
        "claimant": str(claim.claimant) if claim.claimant else "",
        "claimant_id": str(claim.claimant_id) if claim.claimant_id else "",
        "is_unattributed": claim.is_unattributed,
        "claimed_on": claim.claimed_on.isoformat() if claim.claimed_on else "",
        "topics": ", ".join(claim.topics),
        "why_chosen": claim.why_chosen,
    }
