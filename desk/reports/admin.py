"""Errors that readers reported: a queue, a page for each, and what may be done about it."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import rules
from articles.choices import OPEN_REPORTS, ReportState, Surface
from articles.models import Report
from articles.selectors import reports as chosen
from articles.services import audit
from articles.services.errors import WrongStageError
from articles.services.reports import DecidedError
from desk.http.refusals import RefusedFormError, add_problems, as_form_errors
from desk.library.ratings import ReadOnlyAdmin
from desk.reports.forms import ACTS, ActForm
from lib.refusals import NotAllowedError, StaleError

_TONES = {
    ReportState.RECEIVED: "warning",
    ReportState.IN_WORK: "info",
    ReportState.CORRECTED: "success",
    ReportState.NO_CHANGE: "neutral",
}
#: The states as the desk's list names them; what the reader reads is longer.
_SHORT = {
    ReportState.RECEIVED: "Waiting",
    ReportState.IN_WORK: "Looked into",
    ReportState.CORRECTED: "Corrected",
    ReportState.NO_CHANGE: "No change",
}


def badge(request: HttpRequest) -> str:
    """How many nobody has decided on, for the menu."""
    waiting = chosen.waiting() if request.user.has_perm("articles.view_report") else 0
    return str(waiting) if waiting else ""


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
    search_help_text = "Search in references, reports and claims"
    ordering = ("-id",)
    readonly_fields = ("words", "about", "standing", "look_up", "write_to", "readers_page", "outcome")

    def get_queryset(self, request: Any) -> QuerySet[Report]:
        """With claims and people."""
        return chosen.for_the_desk()

    def get_fieldsets(self, request: Any, obj: Report | None = None) -> Any:
        """The reader's address is for those alone who answer."""
        sent = ["what", "how_known", "look_up", "about", "revision", "received_at"]
        if rules.may_handle_reports(request.user):
            sent += ["write_to", "readers_page"]
        decided = ("standing", "assignee", "outcome", "answer", "decided_by", "decided_at", "erased_at")
        return (("What the reader sent", {"fields": sent}), ("What became of it", {"fields": decided}))

    def get_urls(self) -> list[Any]:
        """And the pages on which something is done."""
        act = self.admin_site.admin_view(self.act)
        return [path("<uuid:pk>/act/<str:how>/", act, name="articles_report_act"), *super().get_urls()]

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

    def act(self, request: Any, pk: Any, how: str) -> HttpResponse:
        """Ask for the words an act needs, and do it."""
        if not rules.may_handle_reports(request.user):
            raise PermissionDenied("You do not have permission to decide on readers' reports.")
        report = self.get_object(request, str(pk))
        if report is None or how not in ACTS:
            raise Http404
        form = ACTS[how](request.POST or None, report=report, user=request.user)
        if request.method == "POST" and form.is_valid() and self._done(request, form):
            return HttpResponseRedirect(self.page_of(report))
        context = {
            **self.admin_site.each_context(request),
            "title": form.label.rstrip("…"),
            "lead": form.lead,
            "button": form.label.rstrip("…"),
            "tone": form.tone,
            "back": _("Back to the report"),
            "form": form,
            "original": report,
            "opts": self.opts,
            "page": self.page_of(report),
        }
        return TemplateResponse(request, "desk/reports/action.html", context)

    def _done(self, request: Any, form: ActForm) -> bool:
        """Whether the page is done with; otherwise the form says what is wrong."""
        passing = (NotAllowedError, DecidedError, StaleError, WrongStageError)
        try:
            with audit.surface(Surface.ADMIN), as_form_errors(passing=passing):
                messages.success(request, form.act())
        except NotAllowedError as error:
            raise PermissionDenied(str(error)) from error
        except (DecidedError, StaleError, WrongStageError) as error:
            messages.warning(request, f"Nothing was done: {str(error)[0].lower()}{str(error)[1:]}")
        except RefusedFormError as error:
            add_problems(form, error.problems)
            return False
        return True

    # --- What the page and the list show --------------------------------------------------------------
    @admin.display(description="report")
    def words(self, row: Report) -> str:
        """What is wrong, cut short."""
        return str(row)

    @admin.display(description="about")
    def about(self, row: Report) -> str:
        """The claim, or the page of the site."""
        if row.claim is None:
            return row.page
        address = reverse("admin:articles_claim_change", args=[row.claim.pk])
        return format_html('<a class="desk-link" href="{}">{}</a>', address, row.claim)

    @admin.display(description="state", ordering="state")
    def standing(self, row: Report) -> str:
        """The state in its tone."""
        state = ReportState(row.state)
        return format_html('<span class="desk-badge desk-{}">{}</span>', _TONES[state], _SHORT[state])

    @admin.display(description="where to look it up")
    def look_up(self, row: Report) -> str:
        """The address the reader gave; a stranger's, so it is told nothing about where it was followed from."""
        if not row.link:
            return "-"
        link = '<a class="desk-link" href="{0}" rel="noopener noreferrer nofollow">{0}</a>'
        return format_html(link, row.link)

    @admin.display(description="write to them")
    def write_to(self, row: Report) -> str:
        """A mail with reference and answer filled in."""
        if not row.email:
            return "They left no address." if not row.erased_at else "-"
        subject = quote(f"{settings.SITE_NAME}: your report {row.reference}")
        body = quote(f"{row.answer}\n\n{_site_address(row)}")
        return format_html(
            '<a class="desk-link" href="mailto:{}?subject={}&body={}">{}</a>',
            quote(row.email),
            subject,
            body,
            row.email,
        )

    @admin.display(description="the reader's page")
    def readers_page(self, row: Report) -> str:
        """Where the reader sees the state."""
        return format_html('<a class="desk-link" href="{}">{}</a>', _site_address(row), row.reference)

    @admin.display(description="corrected by")
    def outcome(self, row: Report) -> str:
        """The revision that corrected it."""
        return f"Revision {row.correction}" if row.correction else "-"


def _address(report: Report, how: str) -> str:
    return reverse("admin:articles_report_act", args=[report.pk, how])


def _site_address(report: Report) -> str:
    return settings.SITE_URL + reverse("readers:reported", args=[report.reference])
