"""What may be done about a reader's report: one form for each act, all drawn and taken by the same page."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from accounts.models import User
from articles.choices import Stage
from articles.models import Report
from articles.models.report import MAX_ANSWER
from articles.selectors import reports as chosen
from articles.services import reports
from desk.http import dates


def _answer(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Answer"),
        required=required,
        max_length=MAX_ANSWER,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=gettext_lazy("The reader reads it, word for word, at the address of their report."),
    )


class ActForm(forms.Form):
    """An act that asks for nothing more than a click."""

    #: The button's label, the text of the page, the style of the button.
    label: str | Promise = ""
    lead: str | Promise = ""
    tone = "default"

    def __init__(self, *args: Any, report: Report, user: User, **kwargs: Any) -> None:
        self.report, self.user = report, user
        super().__init__(*args, **kwargs)

    @classmethod
    def is_offered(cls, report: Report, *, is_open: bool) -> bool:
        """Whether the act is possible for the report's present state."""
        return is_open

    def act(self) -> str:
        """Do it; returns what was done, in words."""
        raise NotImplementedError


class TakeForm(ActForm):
    """Who looks into it."""

    label = gettext_lazy("Start looking into it…")
    tone = "primary"
    lead = gettext_lazy("The reader sees that somebody is looking into it, not who.")
    assignee = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Who"), widget=UnfoldAdminSelectWidget())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignee"]
        field.queryset = chosen.handlers()  # type: ignore[attr-defined]
        field.label_from_instance = User.display_name  # type: ignore[attr-defined]
        self.initial.setdefault("assignee", self.report.assignee_id or self.user.pk)

    def act(self) -> str:
        """Put it on somebody's desk."""
        who = self.cleaned_data["assignee"]
        reports.take(report=self.report, by=self.user, at=timezone.now(), assignee=who)
        return _("%(name)s looks into it.") % {"name": who.display_name()}


class RecheckForm(ActForm):
    """Take the claim up again."""

    label = gettext_lazy("Start a re-check…")
    tone = "primary"
    lead = gettext_lazy("The claim goes back to being checked. Readers keep the last record until you publish again.")
    comment = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Only the newsroom sees it, in the claim's history."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.report.claim:
            self.initial.setdefault("version", self.report.claim.version)
        self.initial.setdefault(
            "comment", _("A reader reported an error (%(reference)s).") % {"reference": self.report.reference}
        )

    @classmethod
    def is_offered(cls, report: Report, *, is_open: bool) -> bool:
        """For a published or a retracted claim."""
        return is_open and report.claim is not None and report.claim.stage in (Stage.PUBLISHED, Stage.RETRACTED)

    def act(self) -> str:
        """Take the step."""
        reports.recheck(report=self.report, by=self.user, at=timezone.now(), **self.cleaned_data)
        return _("The claim is being checked again, and the report is looked into.")


class SettleForm(ActForm):
    """Which revision corrected it."""

    label = gettext_lazy("Close: corrected…")
    lead = gettext_lazy("The reader is led to the revision that corrects it.")
    revision = forms.TypedChoiceField(label=gettext_lazy("Correction"), coerce=int, widget=UnfoldAdminSelectWidget())
    answer = _answer(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].choices = [  # type: ignore[attr-defined]
            (
                record.revision,
                _("Revision %(number)s of %(day)s: %(kind)s")
                % {
                    "number": record.revision,
                    "day": dates.day(record.at),
                    "kind": record.get_kind_display(),
                },
            )
            for record in chosen.corrections_since(self.report)
        ]
        self.initial.setdefault("answer", self.report.answer)

    @classmethod
    def is_offered(cls, report: Report, *, is_open: bool) -> bool:
        """Once there is a correction that came after what the reader had read."""
        return is_open and bool(chosen.corrections_since(report))

    def act(self) -> str:
        """Say so."""
        reports.settle(report=self.report, by=self.user, at=timezone.now(), **self.cleaned_data)
        return _("Closed: it led to a correction.")


class DismissForm(ActForm):
    """Why nothing changes."""

    label = gettext_lazy("Close: no change…")
    tone = "danger"
    lead = gettext_lazy("Nothing has to change, or nothing on a claim's page. The reader is told why.")
    answer = _answer(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("answer", self.report.answer)

    def act(self) -> str:
        """Say so."""
        reports.dismiss(report=self.report, by=self.user, at=timezone.now(), **self.cleaned_data)
        return _("Closed without a change. The reader reads the answer.")


class ReopenForm(ActForm):
    """Take a decision back."""

    label, lead = (
        gettext_lazy("Reopen…"),
        gettext_lazy("The reader sees that it is looked into again; the answer waits until you decide."),
    )

    @classmethod
    def is_offered(cls, report: Report, *, is_open: bool) -> bool:
        """Once it is decided."""
        return not is_open

    def act(self) -> str:
        """Open it."""
        reports.reopen(report=self.report, by=self.user, at=timezone.now())
        return _("The report is open again.")


class ForgetForm(ActForm):
    """Erase the reader's address, or all they wrote."""

    label = gettext_lazy("Erase the reader’s data…")
    tone = "danger"
    lead = gettext_lazy("It is erased for good, from the history too.")
    all_words = forms.BooleanField(
        label=gettext_lazy("Also erase what they wrote"),
        required=False,
        help_text=gettext_lazy("The state, and our answer, stay."),
    )

    @classmethod
    def is_offered(cls, report: Report, *, is_open: bool) -> bool:
        """While there is something to erase."""
        return bool(report.email or report.what)

    def act(self) -> str:
        """Erase it."""
        reports.erase(report=self.report, by=self.user, at=timezone.now(), **self.cleaned_data)
        return _("Erased.")


#: The acts, by the last part of their address.
ACTS: dict[str, type[ActForm]] = {
    "take": TakeForm,
    "recheck": RecheckForm,
    "settle": SettleForm,
    "dismiss": DismissForm,
    "reopen": ReopenForm,
    "erase": ForgetForm,
}
