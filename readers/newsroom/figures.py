"""Figures about our own work, as a page and as a table for a spreadsheet."""

from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles import csv_safety, text
from articles.choices import CorrectionKind
from articles.selectors.readers import published
from articles.selectors.readers.newsroom import figures as readers_figures
from articles.selectors.readers.newsroom.figures import Figures
from caching import keys
from readers.http import charts, view_models
from readers.http.holding import UNTIL_PUBLISHED
from readers.http.page_names import Name, etag
from readers.http.responses import KEEP_SECONDS, cached, conditional, readers_page

#: So many of the latest months are drawn; the table has all of them.
DRAWN = 36
_COLUMNS = ("figure", "period", "group", "count", "out_of", "counted_how")


@readers_page
def figures(request: HttpRequest) -> HttpResponse:
    """The page. Kept under the log's root: counting is done once for each record that is published."""
    names = _names()

    def make() -> HttpResponse:
        return _page(request, counted(*names))

    return cached(request, "figures", *names, keys=[keys.LISTS], make=make, right_for=UNTIL_PUBLISHED)


@readers_page
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV: one row a figure, each saying how it is counted."""
    names = _names()

    def make() -> HttpResponse:
        body = b"".join(csv_safety.row(row) for row in (_COLUMNS, *_rows(counted(*names))))
        headers = {"Content-Disposition": 'attachment; filename="figures.csv"'}
        return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)

    return conditional(request, "figures.csv", *names, keys=[keys.LISTS], make=make)


def counted(*names: Name) -> Figures:
    """The figures of the current log, counted once in a process and cached like a page.

    ``names`` are what is shown of them: the log's root, and the scale where ratings stand under its words.
    """
    key = f"figures:{etag(*names)}"
    found: Figures | None = cache.get(key)
    if found is None:
        found = readers_figures.figures()
        cache.set(key, found, KEEP_SECONDS)
    return found


def _names() -> tuple[Name, ...]:
    """The names in the figures' ETag: the log's root and the scale."""
    scale = view_models.scale_name(published.ratings())
    return (published.head().root, scale)


def _page(request: HttpRequest, found: Figures) -> HttpResponse:
    context = {
        "total": found.total,
        "months": found.months,
        "bars": charts.bars([(row.month, row.tally.checks) for row in found.months[:DRAWN]][::-1]),
        "is_cut": len(found.months) > DRAWN,
        "drawn": DRAWN,
        "shares": charts.shares(found.ratings),
        "corrections": [(_(str(kind.label)), kind.value, found.corrections[kind]) for kind in CorrectionKind],
        "languages": found.languages,
        "canonical": view_models.address("figures"),
    }
    return render(request, "readers/newsroom/figures.html", context)


def _rows(found: Figures) -> Iterator[tuple[Any, ...]]:
    """Each figure with what it is out of and how it is counted, named for programs and so not translated."""
    how = {
        "checks": "Claims by the month of their first publication, those retracted since included.",
        "two_sources": "Claims whose verdict stands and whose evidence names two different sources or more.",
        "replies": "Of those asked for a reply in checks that stand, how many answered.",
        "corrections": "Corrections and retractions by the day they were published.",
        "ratings": "Claims whose verdict stands, by its rating.",
        "languages": "Claims by language, those retracted since included.",
    }
    months = [(f"{row.month:%Y-%m}", row.tally, row) for row in found.months]
    for period, tally in [("all", found.total), *((name, tally) for name, tally, _row in months)]:
        yield "checks", period, "", tally.checks, "", how["checks"]
        yield "two_sources", period, "", tally.two_sources, tally.standing, how["two_sources"]
        yield "replies", period, "", tally.answered, tally.asked, how["replies"]
    for kind, n in found.corrections.items():
        yield "corrections", "all", kind, n, "", how["corrections"]
    for period, _tally, row in months:
        for kind in CorrectionKind.values:
            yield "corrections", period, kind, getattr(row, kind), "", how["corrections"]
    for key, _label, _tone, n in found.ratings:
        yield "ratings", "all", key, n, found.total.standing, how["ratings"]
    for language, n in found.languages:
        yield (
            "languages",
            "all",
            f"{language} ({text.language_name(language)})",
            n,
            found.total.checks,
            how["languages"],
        )
