"""The queue of what others sent in, and a page for each."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rules
from articles.choices import SubmissionState
from articles.models import Claim, Submission
from articles.selectors import submissions as chosen
from desk.http import menu
from desk.http.admin import ReadOnlyAdmin
from desk.submissions.forms import DECISIONS
from followers import selectors as followers

_TONES = {
    SubmissionState.RECEIVED: "warning",
    SubmissionState.ACCEPTED: "success",
    SubmissionState.DUPLICATE: "info",
    SubmissionState.DECLINED: "neutral",
}


def badge(request: HttpRequest) -> str:
    """How many wait, for the menu."""
    return menu.badge(menu.counts(request).submissions if request.user.has_perm("articles.view_submission") else 0)


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
        (
            gettext_lazy("From whom"),
            {"fields": ("sender", "key", "reference", "received_at", "shown", "answer", "import_notes")},
        ),
        (
            gettext_lazy("Decision"),
            {"fields": ("standing", "decided_by", "decided_at", "decision_note", "linked_claim")},
        ),
    )
    readonly_fields = (
        "who",
        "where",
        "review",
        "their_verdict",
        "import_notes",
        "standing",
        "linked_claim",
        "shown",
        "answer",
        "sender",
    )

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
            extra["pictures"] = chosen.pictures_of(submission)
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
        return _claim_link(row.claim)

    @admin.display(description=gettext_lazy("answer by e-mail"))
    def answer(self, row: Submission) -> str:
        """Whether the sender gets an e-mail with the note once it is decided."""
        waits = row.is_from_reader and followers.wants_answer(row.reference)  # type: ignore[attr-defined]
        return _("The sender gets one when it is decided, with your note.") if waits else "-"

    @admin.display(description=gettext_lazy("shown to the sender"))
    def shown(self, row: Submission) -> str:
        """The check that answered the sender, who sent the tip all the same."""
        return _claim_link(row.shown_claim)


def _address(submission: Submission, how: str) -> str:
    return reverse("admin:articles_submission_decide", args=[submission.pk, how])


def _claim_link(claim: Claim | None) -> str:
    if claim is None:
        return "-"
    address = reverse("admin:articles_claim_change", args=[claim.pk])
    return format_html('<a class="desk-link" href="{}">{}</a>', address, claim)


def _with_link(words: str, address: str) -> str:
    if not address:
        return words or "-"
    link = format_html('<a class="desk-link" href="{}" rel="noopener noreferrer nofollow">{}</a>', address, address)
    return format_html("{} {}", words, link) if words else link
