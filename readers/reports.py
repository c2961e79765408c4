"""Reporting an error, and the page that shows the state of the report."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from articles.selectors.readers import published
from articles.selectors.readers.forms import sent_in
from articles.selectors.readers.forms.sent_in import NothingSentError
from articles.services import reports as reporting
from followers.services import answers
from readers.http import form_views, view_models
from readers.http.form_views import FormSpec
from readers.http.forms import PageReportForm, ReaderForm, ReportForm
from readers.http.responses import UNTOLD, form_page, private_page, readers_page

_NOT_STORED = ("website", "seal", "answer_to")


@form_page
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """An error on a claim's page."""
    row = published.claim(slug=slug)
    context = {"row": row, "canonical": view_models.address("report", slug)}
    sheet = FormSpec(ReportForm, "report", str(row.claim_id), "readers/reports/report.html", context)

    def take(form: ReaderForm, number: str) -> str:
        return _receive(form, number, claim_id=row.claim_id, revision=row.revision)

    return form_views.form_view(request, sheet, take)


@form_page
def report_page(request: HttpRequest) -> HttpResponse:
    """An error on any other page."""
    context = {"canonical": view_models.address("report_page")}
    sheet = FormSpec(PageReportForm, "report", "page", "readers/reports/report.html", context)

    def take(form: ReaderForm, number: str) -> str:
        return _receive(form, number)

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


def _receive(form: ReaderForm, number: str, **about: Any) -> str:
    """Store the report; the address at which the reader sees its state."""
    words = {name: value for name, value in form.cleaned_data.items() if name not in _NOT_STORED}
    at = timezone.now()
    taken = reporting.receive(form=number, at=at, **about, **words)
    if email := form.cleaned_data["answer_to"]:
        answers.ask(email=email, reference=taken.reference, language=get_language() or settings.LANGUAGE_CODE, at=at)
    return reverse("readers:reported", args=[taken.reference])
