"""Reporting an error, suggesting a claim, and the page that shows its state."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.selectors.readers import published
from articles.selectors.readers.forms import sent_in
from articles.selectors.readers.forms.sent_in import NothingSentError
from articles.services import reports as reporting
from articles.services import submissions as submitting
from readers.http import closest, form_views, view_models
from readers.http.form_views import FormSpec
from readers.http.forms import PageReportForm, ReaderForm, ReportForm, SuggestionForm
from readers.http.responses import form_page, private_page, readers_page

#: Anyone with the address of a report sees its state, so caches, search engines and other sites do not get it.
_UNTOLD = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


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
        return private_page(request, "readers/404.html", status=404, headers=_UNTOLD)
    context = {"told": told, "address": view_models.address("reported", told.reference)}
    return private_page(request, "readers/reports/reported.html", context, headers=_UNTOLD)


@form_page
def suggest(request: HttpRequest) -> HttpResponse:
    """A claim that a reader wants checked: it joins the queue of what partners send in."""
    sheet = FormSpec(
        SuggestionForm, "suggest", "", "readers/submissions/suggest.html", {"canonical": view_models.address("suggest")}
    )

    def take(form: ReaderForm, number: str) -> str:
        taken = submitting.receive_from_reader(form=number, at=timezone.now(), **_words(form))
        return reverse("readers:suggested", args=[taken.reference])

    return form_views.form_view(request, sheet, take, answer=_checked_already)


def _checked_already(form: ReaderForm) -> dict[str, Any]:
    """The checks of probably the same claim; nothing when there is none."""
    same = closest.find_closest(form.cleaned_data["text"]).same
    return {"checked_already": same} if same else {}


@readers_page
def suggested(request: HttpRequest, reference: str) -> HttpResponse:
    """The state of a suggestion, for anyone with its reference."""
    try:
        seen = sent_in.suggestion(reference)
    except NothingSentError:
        return private_page(request, "readers/404.html", status=404, headers=_UNTOLD)
    context = {"seen": seen, "address": view_models.address("suggested", seen.reference)}
    return private_page(request, "readers/submissions/suggested.html", context, headers=_UNTOLD)


def _words(form: ReaderForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name not in ("website", "seal")}
