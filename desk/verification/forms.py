"""What a step asks for before it is taken."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldBooleanSwitchWidget

from articles.attribution import Attribution
from articles.choices import Severity
from articles.models import Claim, PublishedClaim
from articles.selectors.log import record_content
from articles.services.verification.publishing import Correction
from articles.workflow import Transition
from desk.verification.review_forms import MAX_STEP_COMMENT, SendBackField


class StepForm(forms.Form):
    """What a step asks for: a comment, or, for a new revision, its kind and a note for readers."""

    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=2000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )
    keep_attribution = forms.BooleanField(
        label=_("Keep the attribution"),
        required=False,
        widget=UnfoldBooleanSwitchWidget(),
        help_text=_(
            "Turn this on only if it is right who made the claim and where. Otherwise lists, search, the pages of the "
            "claimant and the article, feeds, share cards and the API no longer name them. Earlier versions stay "
            "readable, with a notice."
        ),
    )
    change = forms.ChoiceField(
        label=_("What this is"),
        choices=[
            ("update", _("An update: nothing was wrong, there is more to say")),
            ("correction", _("A correction: something we published was wrong")),
        ],
        widget=UnfoldAdminSelectWidget(),
    )
    severity = forms.ChoiceField(
        label=_("How far it reaches"),
        required=False,
        choices=[("", _("Only for a correction")), *Severity.choices],
        widget=UnfoldAdminSelectWidget(),
    )
    note = forms.CharField(
        label=_("Note to readers"),
        required=False,
        max_length=1000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("For a correction: what was wrong and what is right. It stays on the page for good."),
    )

    def __init__(
        self, *args: Any, transition: Transition, claim: Claim, face: PublishedClaim | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if transition.key != "publish" or face is None:
            for name in ("change", "severity", "note"):
                del self.fields[name]
        elif _rating_changed(claim, face):
            self.initial = {"change": "correction", "severity": Severity.VERDICT}
            change: Any = self.fields["change"]
            change.choices = [("correction", gettext("Another rating than readers have: they are told why"))]
            self.fields["note"].help_text = gettext("What changed and why. It stays on the page for good.")
            self.fields["severity"].required = self.fields["note"].required = True
        if transition.key != "retract":
            del self.fields["keep_attribution"]
        if not transition.needs_comment:
            del self.fields["comment"]
            return
        if transition.key == "send_back":
            self.fields["comment"] = SendBackField(max_length=MAX_STEP_COMMENT, widget=self.fields["comment"].widget)
        self.fields["comment"].required = True
        for_readers = transition.key == "retract"
        self.fields["comment"].label = gettext("Note to readers") if for_readers else gettext("Comment")
        self.fields["comment"].help_text = (
            gettext("Why the verdict is withdrawn. It stays on the public page for good.")
            if for_readers
            else gettext("Only the newsroom sees it, in the history.")
        )

    def attribution(self) -> Attribution:
        """What a retraction does to the attribution."""
        return Attribution.KEPT if self.cleaned_data.get("keep_attribution") else Attribution.WITHDRAWN

    def correction(self) -> Correction | None:
        """The correction this is, if it is one."""
        if self.cleaned_data.get("change") != "correction":
            return None
        return Correction(severity=self.cleaned_data["severity"], note=self.cleaned_data["note"])


def _rating_changed(claim: Claim, face: PublishedClaim) -> bool:
    verdict = record_content.current_verdict(claim)
    return bool(verdict and face.rating_key and verdict.rating.key != face.rating_key)
