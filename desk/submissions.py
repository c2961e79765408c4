"""What others sent in for checking: a queue, a page for each, and the three ways to decide."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from articles import rules
from articles.choices import ClaimantKind, SubmissionState
from articles.models import Claim, Submission
from articles.selectors import submissions as chosen
from articles.services import submissions
from desk.http import menu
from desk.http.admin import ReadOnlyAdmin
from desk.http.views import ActionPage
from lib import namekinds
from lib.claimreview.rows import UNDETERMINED
from lib.refusals import NotAllowedError

_TONES = {
    SubmissionState.RECEIVED: "warning",
    SubmissionState.ACCEPTED: "success",
    SubmissionState.DUPLICATE: "info",
    SubmissionState.DECLINED: "neutral",
}


def badge(request: HttpRequest) -> str:
    """How many wait, for the menu."""
    return menu.badge(menu.counts(request).submissions if request.user.has_perm("articles.view_submission") else 0)


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
        return {"text": submission.text[:500], "language": language, "claimant_kind": kind}

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


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """The queue of what was sent in. What was sent never changes; what is decided about it is decided once."""

    change_form_template = "desk/submissions/submission.html"
    list_display = ("statement", "standing", "sender", "review_publisher", "received_at")
    list_display_links = ("statement",)
    list_filter = ("state", "partner")
    allowed_lookups = ("state__exact", "partner__id__exact")
    list_filter_sheet = False
    search_fields = ("text", "claimant_name", "reference", "appearance_url", "review_url")
    search_help_text = gettext_lazy("Search in statements, claimants, references and addresses")
    ordering = ("-id",)
    fieldsets = (
        (
            gettext_lazy("What was sent"),
            {"fields": ("text", "language", "who", "claimed_on", "where", "quote", "reason")},
        ),
        (
            gettext_lazy("Another fact-checker's verdict (not ours)"),
            {"fields": ("review", "review_publisher", "their_verdict", "reviewed_on")},
        ),
        (gettext_lazy("From whom"), {"fields": ("sender", "key", "reference", "received_at", "import_notes")}),
        (
            gettext_lazy("Decision"),
            {"fields": ("standing", "decided_by", "decided_at", "decision_note", "linked_claim")},
        ),
    )
    readonly_fields = ("who", "where", "review", "their_verdict", "import_notes", "standing", "linked_claim", "sender")

    def get_queryset(self, request: Any) -> QuerySet[Submission]:
        """With partners and claims."""
        return chosen.for_the_desk()

    def change_view(self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """What was sent, claims that look like it, and the ways to decide."""
        submission = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if submission is not None and self.has_view_permission(request, submission):
            waits = submission.state == SubmissionState.RECEIVED
            extra["alike"] = chosen.similar_submissions(submission) if waits else []
            extra["waits"], extra["may_decide"] = waits, rules.may_decide_submissions(request.user)
            extra["decisions"] = [
                {"label": label, "tone": tone, "address": _address(submission, how), "key": how}
                for how, (label, *_rest, tone) in DECISIONS.items()
            ]
        response: HttpResponse = super().change_view(request, object_id, form_url, extra)
        return response

    # --- What the page and the list show --------------------------------------------------------------
    @admin.display(description=gettext_lazy("statement"), ordering="text")
    def statement(self, row: Submission) -> str:
        """The claim, cut short."""
        return str(row)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def standing(self, row: Submission) -> str:
        """The state in its tone."""
        tone = _TONES[SubmissionState(row.state)]
        return format_html('<span class="desk-badge desk-{}">{}</span>', tone, row.get_state_display())

    @admin.display(description=gettext_lazy("from"), ordering="partner__name")
    def sender(self, row: Any) -> str:
        """The partner, a reader, or a file."""
        if row.partner:
            return str(row.partner)
        return _("A reader") if row.is_from_reader else _("File")

    @admin.display(description=gettext_lazy("claimant"))
    def who(self, row: Submission) -> str:
        """The claimant, with the doubt there may be."""
        kind = row.get_claimant_kind_display() if row.claimant_kind else ""
        doubt = _("may be the checker's own name, so it is not taken over") if row.claimant_doubtful else ""
        return ", ".join(part for part in (row.claimant_name, kind, row.claimant_url, doubt) if part) or "-"

    @admin.display(description=gettext_lazy("where it was said"))
    def where(self, row: Submission) -> str:
        """The article, with its address."""
        day = row.appearance_published_on
        named = (row.appearance_title, row.appearance_publisher, day.isoformat() if day else "")
        return _with_link(", ".join(part for part in named if part), row.appearance_url)

    @admin.display(description=gettext_lazy("review"))
    def review(self, row: Submission) -> str:
        """The address of the other checker's page."""
        return _with_link("", row.review_url)

    @admin.display(description=gettext_lazy("rating given there"))
    def their_verdict(self, row: Submission) -> str:
        """The other checker's words and number."""
        return ", ".join(part for part in (row.review_rating, row.review_scale) if part) or "-"

    @admin.display(description=gettext_lazy("notes from the import"))
    def import_notes(self, row: Submission) -> str:
        """The notes made while it was read."""
        return " ".join(row.notes) or "-"

    @admin.display(description=gettext_lazy("claim"))
    def linked_claim(self, row: Submission) -> str:
        """The claim it became, or was there before."""
        if row.claim is None:
            return "-"
        address = reverse("admin:articles_claim_change", args=[row.claim.pk])
        return format_html('<a class="desk-link" href="{}">{}</a>', address, row.claim)


def _address(submission: Submission, how: str) -> str:
    return reverse("admin:articles_submission_decide", args=[submission.pk, how])


def _with_link(words: str, address: str) -> str:
    if not address:
        return words or "-"
    link = format_html('<a class="desk-link" href="{}" rel="noopener noreferrer nofollow">{}</a>', address, address)
    return format_html("{} {}", words, link) if words else link


class DecidePage(ActionPage):
    """Ask for the words a decision needs, and take it."""

    model = Submission
    template_name = "desk/submissions/decide.html"
    back = gettext_lazy("Back to the submission")

    def check_permission(self) -> None:
        """Checkers and editors. Raises ``NotAllowedError``."""
        if not rules.may_decide_submissions(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError(_("Only checkers and editors decide on what is sent in."))

    def find(self, pk: UUID, how: str, **kwargs: Any) -> Submission:
        """The submission. Raises ``Http404``."""
        if how not in DECISIONS:
            raise Http404
        return get_object_or_404(chosen.for_the_desk(), pk=pk)

    def make_form(self, data: Any = None) -> Any:
        """For the decision that the address names."""
        form_class = DECISIONS[self.kwargs["how"]][1]
        return form_class(data, initial=form_class.start(self.row, self.request))

    def act(self, form: Any) -> HttpResponse:
        """Take it."""
        return self.done(form.decide(self.row, self.request.user))

    def context(self) -> dict[str, Any]:
        """In the decision's words."""
        label, _form, lead, tone = DECISIONS[self.kwargs["how"]]
        return {"title": label, "button": label, "lead": lead, "tone": tone}
