"""The three ways to decide on a submission: what each asks for, and what it does."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from articles.choices import ClaimantKind
from articles.models import Claim, Submission
from articles.models.submission import PICTURES_ALONE
from articles.selectors import submissions as chosen
from articles.services import submissions
from lib import namekinds
from lib.claimreview.rows import UNDETERMINED


def _area(rows: int = 3) -> UnfoldAdminTextareaWidget:
    return UnfoldAdminTextareaWidget(attrs={"rows": rows})


class AcceptForm(forms.Form):
    """The claim in checkable words."""

    text = forms.CharField(
        label=gettext_lazy("Statement"),
        max_length=500,
        widget=_area(),
        help_text=gettext_lazy(
            "The claim in checkable words, without a verdict. The sender's words stay with the submission."
        ),
    )
    language = forms.CharField(label=gettext_lazy("Language"), max_length=16, widget=UnfoldAdminTextInputWidget())
    claimant_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of claimant"),
        choices=[("", gettext_lazy("Choose …")), *ClaimantKind.choices],
        required=False,
        widget=UnfoldAdminSelectWidget(),
        help_text=gettext_lazy("Needed for a claimant that is new here."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note to the sender"),
        required=False,
        max_length=2000,
        widget=_area(),
        help_text=gettext_lazy("The sender reads it."),
    )

    @staticmethod
    def start(submission: Submission, request: Any) -> dict[str, str]:
        """What the form is drawn with."""
        language = "" if submission.language == UNDETERMINED else submission.language
        kind = submission.claimant_kind or namekinds.suggest(submission.claimant_name)
        text = "" if submission.text == PICTURES_ALONE else submission.text[:500]
        return {"text": text, "language": language, "claimant_kind": kind}

    def decide(self, submission: Submission, user: Any) -> str:
        """Make it a draft; returns what was done, in words."""
        submissions.accept(submission=submission, by=user, at=timezone.now(), **self.cleaned_data)
        return _("Accepted: it is a draft on the desk now.")


class DeclineForm(forms.Form):
    """Why not."""

    note = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=_area(),
        help_text=gettext_lazy("The sender reads it, word for word."),
    )

    @staticmethod
    def start(submission: Submission, request: Any) -> dict[str, str]:
        """Empty."""
        return {}

    def decide(self, submission: Submission, user: Any) -> str:
        """Say no; returns what was done, in words."""
        submissions.decline(submission=submission, by=user, at=timezone.now(), **self.cleaned_data)
        return _("Declined. The sender reads the reason.")


class DuplicateForm(forms.Form):
    """Of which claim."""

    claim = forms.CharField(
        label=gettext_lazy("Duplicate of"),
        max_length=500,
        widget=UnfoldAdminTextInputWidget(),
        help_text=gettext_lazy(
            "Address, id or last part of the address of a claim. The sender learns which one once it is public."
        ),
    )
    note = forms.CharField(label=gettext_lazy("Note to the sender"), required=False, max_length=2000, widget=_area())

    @staticmethod
    def start(submission: Submission, request: Any) -> dict[str, str]:
        """With the claim whose link was followed."""
        return {"claim": request.GET.get("claim", "")[:40]}

    def clean_claim(self) -> Claim:
        """The claim that is named."""
        claim = chosen.claim_named(self.cleaned_data["claim"])
        if claim is None:
            raise forms.ValidationError(_("There is no such claim. Copy the address of its page."))
        return claim

    def decide(self, submission: Submission, user: Any) -> str:
        """Link the two; returns what was done, in words."""
        submissions.mark_duplicate(submission=submission, by=user, at=timezone.now(), **self.cleaned_data)
        return _("Linked to the claim that is there already.")


#: The decisions: button, form, what the page says, tone.
DECISIONS: dict[str, tuple[str | Promise, Any, str | Promise, str]] = {
    "accept": (
        gettext_lazy("Accept"),
        AcceptForm,
        gettext_lazy("It becomes a draft, written by you: somebody else will have to approve it."),
        "primary",
    ),
    "duplicate": (
        gettext_lazy("Duplicate of…"),
        DuplicateForm,
        gettext_lazy("The desk has this claim already, published or not."),
        "default",
    ),
    "decline": (
        gettext_lazy("Decline"),
        DeclineForm,
        gettext_lazy("It will not be checked. The sender is told why."),
        "danger",
    ),
}
