"""Reporting an error, and the page that shows the state of the report."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.selectors.readers import published
from articles.selectors.readers.forms import sent_in
from articles.selectors.readers.forms.sent_in import NothingSentError
from articles.services import reports as reporting
from readers.http import form_views, view_models
from readers.http.form_views import FormSpec
from readers.http.forms import PageReportForm, ReaderForm, ReportForm
from readers.http.responses import UNTOLD, form_page, private_page, readers_page


@form_page
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """An error on a claim's page."""
    row = published.claim(slug=slug)
    context = {"row": row, "canonical": view_models.address("report", slug)}
    sheet = FormSpec(ReportForm, "report", str(row.claim_id), "readers/reports/report.html", context)

    def take(form: ReaderForm, number: str) -> str:
        taken = reporting.receive(
            form=number, claim_id=row.claim_id, revision=row.revision, at=timezone.now(), **_words(form)
        )
        return reverse("readers:reported", args=[taken.reference])

    return form_views.form_view(request, sheet, take)


@form_page
def report_page(request: HttpRequest) -> HttpResponse:
    """An error on any other page."""
    context = {"canonical": view_models.address("report_page")}
    sheet = FormSpec(PageReportForm, "report", "page", "readers/reports/report.html", context)

    def take(form: ReaderForm, number: str) -> str:
        taken = reporting.receive(form=number, at=timezone.now(), **_words(form))
        return reverse("readers:reported", args=[taken.reference])

    return form_views.form_view(request, sheet, take)


@readers_page
def reported(request: HttpRequest, reference: str) -> HttpResponse:
    """The state of a report, for anyone with its reference."""
    try:
        told = sent_in.report(reference)
    except NothingSentError:
        return private_page(request, "readers/404.html", status=404, headers=UNTOLD)
    context = {"told": told, "address": view_models.address("reported", told.reference)}
    return private_page(request, "readers/reports/reported.html", context, headers=UNTOLD)


def _words(form: ReaderForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name not in ("website", "seal")}
