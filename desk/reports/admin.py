"""Errors that readers reported: a queue, a page for each, and what may be done about it."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rules
from articles.choices import OPEN_REPORTS, ReportState
from articles.models import Report
from articles.selectors import reports as chosen
from desk.http import menu
from desk.http.admin import ReadOnlyAdmin
from desk.http.views import ActionPage
from desk.reports.forms import ACTS, ActForm
from followers import selectors as followers
from lib.refusals import NotAllowedError

_TONES = {
    ReportState.RECEIVED: "warning",
    ReportState.IN_WORK: "info",
    ReportState.CORRECTED: "success",
    ReportState.NO_CHANGE: "neutral",
}
#: The states as the desk's list names them; what the reader reads is longer.
_SHORT = {
    ReportState.RECEIVED: gettext_lazy("Waiting"),
    ReportState.IN_WORK: gettext_lazy("Looked into"),
    ReportState.CORRECTED: gettext_lazy("Corrected"),
    ReportState.NO_CHANGE: gettext_lazy("No change"),
}


def badge(request: HttpRequest) -> str:
    """The number of undecided reports, for the menu."""
    return menu.badge(menu.counts(request).reports if request.user.has_perm("articles.view_report") else 0)


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """The queue of what readers reported. What they wrote never changes; it can be answered, and erased."""

    change_form_template = "desk/reports/report.html"
    list_display = ("words", "about", "standing", "assignee", "received_at")
    list_display_links = ("words",)
    list_filter = ("state",)
    allowed_lookups = ("state__exact", "claim__id__exact")
    list_filter_sheet = False
    search_fields = ("reference", "what", "claim__text")
    search_help_text = gettext_lazy("Search in references, reports and claims")
    ordering = ("-id",)
    readonly_fields = (
        "words",
        "about",
        "standing",
        "look_up",
        "write_to",
        "answer_by_email",
        "readers_page",
        "outcome",
    )

    def get_queryset(self, request: Any) -> QuerySet[Report]:
        """With claims and people."""
        return chosen.for_the_desk()

    def get_fieldsets(self, request: Any, obj: Report | None = None) -> Any:
        """The reader's address is for those alone who answer."""
        sent = ["what", "how_known", "look_up", "about", "revision", "received_at"]
        if rules.may_handle_reports(request.user):
            sent += ["write_to", "answer_by_email", "readers_page"]
        decided = ("standing", "assignee", "outcome", "answer", "decided_by", "decided_at", "erased_at")
        return ((_("What the reader sent"), {"fields": sent}), (_("Decision"), {"fields": decided}))

    def change_view(self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """What was sent, what may be done, and other reports on the same claim."""
        report = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if report is not None and self.has_view_permission(request, report):
            is_open = report.state in OPEN_REPORTS
            extra["others"] = chosen.others_about(report)
            extra["may_act"] = rules.may_handle_reports(request.user)
            extra["acts"] = [
                {"label": shape.label, "tone": shape.tone, "address": _address(report, how)}
                for how, shape in ACTS.items()
                if shape.is_offered(report, is_open=is_open)
            ]
        response: HttpResponse = super().change_view(request, object_id, form_url, extra)
        return response

    # --- What the page and the list show --------------------------------------------------------------
    @admin.display(description=gettext_lazy("report"))
    def words(self, row: Report) -> str:
        """What is wrong, cut short."""
        return str(row)

    @admin.display(description=gettext_lazy("about"))
    def about(self, row: Report) -> str:
        """The claim, or the page of the site."""
        if row.claim is None:
            return row.page
        address = reverse("admin:articles_claim_change", args=[row.claim.pk])
        return format_html('<a class="desk-link" href="{}">{}</a>', address, row.claim)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def standing(self, row: Report) -> str:
        """The state in its tone."""
        state = ReportState(row.state)
        return format_html('<span class="desk-badge desk-{}">{}</span>', _TONES[state], _SHORT[state])

    @admin.display(description=gettext_lazy("where to look it up"))
    def look_up(self, row: Report) -> str:
        """The address the reader gave; the link sends no referrer to it."""
        if not row.link:
            return "-"
        link = '<a class="desk-link" href="{0}" rel="noopener noreferrer nofollow">{0}</a>'
        return format_html(link, row.link)

    @admin.display(description=gettext_lazy("write to them"))
    def write_to(self, row: Report) -> str:
        """A mail with reference and answer filled in."""
        if not row.email:
            return _("They left no address.") if not row.erased_at else "-"
        subject = quote(
            _("%(site_name)s: your report %(reference)s")
            % {"site_name": settings.SITE_NAME, "reference": row.reference}
        )
        body = quote(f"{row.answer}\n\n{_site_address(row)}")
        return format_html(
            '<a class="desk-link" href="mailto:{}?subject={}&body={}">{}</a>',
            quote(row.email),
            subject,
            body,
            row.email,
        )

    @admin.display(description=gettext_lazy("answer by e-mail"))
    def answer_by_email(self, row: Report) -> str:
        """Whether the reader gets an e-mail with the answer once it is decided."""
        waits = followers.wants_answer(row.reference)
        return (
            _("The reader gets one when it is decided, with your answer. Then the address is erased.") if waits else "-"
        )

    @admin.display(description=gettext_lazy("the reader's page"))
    def readers_page(self, row: Report) -> str:
        """Where the reader sees the state."""
        return format_html('<a class="desk-link" href="{}">{}</a>', _site_address(row), row.reference)

    @admin.display(description=gettext_lazy("corrected by"))
    def outcome(self, row: Report) -> str:
        """The revision that corrected it."""
        return _("Revision %(correction)s") % {"correction": row.correction} if row.correction else "-"


def _address(report: Report, how: str) -> str:
    return reverse("admin:articles_report_act", args=[report.pk, how])


def _site_address(report: Report) -> str:
    return settings.SITE_URL + reverse("readers:reported", args=[report.reference])


class ActPage(ActionPage):
    """Ask for the words an act needs, and do it."""

    model = Report
    template_name = "desk/reports/action.html"
    back = gettext_lazy("Back to the report")

    def check_permission(self) -> None:
        """Checkers and editors. Raises ``NotAllowedError``."""
        if not rules.may_handle_reports(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError(_("Only checkers and editors decide on what readers report."))

    def find(self, pk: UUID, how: str, **kwargs: Any) -> Report:
        """The report. Raises ``Http404``."""
        if how not in ACTS:
            raise Http404
        return get_object_or_404(chosen.for_the_desk(), pk=pk)

    def make_form(self, data: Any = None) -> ActForm:
        """For the act that the address names."""
        return ACTS[self.kwargs["how"]](data, report=self.row, user=self.request.user)  # type: ignore[arg-type]

    def act(self, form: ActForm) -> HttpResponse:
        """Do it."""
        return self.done(form.act())

    def context(self) -> dict[str, Any]:
        """In the act's words."""
        form = ACTS[self.kwargs["how"]]
        words = {"title": str(form.label).rstrip("…"), "button": str(form.label).rstrip("…")}
        return {**words, "lead": form.lead, "tone": form.tone}
