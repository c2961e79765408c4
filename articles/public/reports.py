"""Reporting an error, suggesting a claim, and seeing what became of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.public import presentation, sending
from articles.public.answers import form_page, private, readers_page
from articles.public.reader_forms import PageReportForm, ReaderForm, ReportForm, SuggestionForm
from articles.public.sending import Sheet
from articles.selectors import public, reports, submissions
from articles.selectors.reports import NoSuchReportError
from articles.selectors.submissions import NoSuchSuggestionError
from articles.services import reports as reporting
from articles.services import submissions as submitting

#: Whoever has the address of a report sees its state, so neither caches, search engines nor other sites are told it.
_UNTOLD = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


@form_page
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """An error on a claim's page."""
    row = public.claim(slug=slug)
    context = {"row": row, "canonical": presentation.address("report", slug)}
    sheet = Sheet(ReportForm, "report", str(row.claim_id), "public/report.html", context)

    def take(form: ReaderForm, number: str) -> str:
        taken = reporting.receive(
            form=number, claim_id=row.claim_id, revision=row.revision, at=timezone.now(), **_words(form)
        )
        return reverse("public:reported", args=[taken.reference])

    return sending.answer(request, sheet, take)


@form_page
def report_page(request: HttpRequest) -> HttpResponse:
    """An error on any other page."""
    context = {"canonical": presentation.address("report_page")}
    sheet = Sheet(PageReportForm, "report", "page", "public/report.html", context)

    def take(form: ReaderForm, number: str) -> str:
        taken = reporting.receive(form=number, at=timezone.now(), **_words(form))
        return reverse("public:reported", args=[taken.reference])

    return sending.answer(request, sheet, take)


@readers_page
def reported(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of a report, for whoever has its reference."""
    try:
        told = reports.for_its_reader(reference)
    except NoSuchReportError:
        return private(request, "public/404.html", status=404, headers=_UNTOLD)
    context = {"told": told, "address": presentation.address("reported", told.reference)}
    return private(request, "public/reported.html", context, headers=_UNTOLD)


@form_page
def suggest(request: HttpRequest) -> HttpResponse:
    """A claim that a reader wants checked: it joins the queue of what partners send in."""
    sheet = Sheet(SuggestionForm, "suggest", "", "public/suggest.html", {"canonical": presentation.address("suggest")})

    def take(form: ReaderForm, number: str) -> str:
        taken = submitting.receive_from_reader(form=number, at=timezone.now(), **_words(form))
        return reverse("public:suggested", args=[taken.reference])

    return sending.answer(request, sheet, take)


@readers_page
def suggested(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of a suggestion, for whoever has its reference."""
    try:
        seen = submissions.of_reader(reference)
    except NoSuchSuggestionError:
        return private(request, "public/404.html", status=404, headers=_UNTOLD)
    context = {"seen": seen, "address": presentation.address("suggested", seen.submission.reference)}
    return private(request, "public/suggested.html", context, headers=_UNTOLD)


def _words(form: ReaderForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name not in ("website", "seal")}
