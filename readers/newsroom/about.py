"""Pages about the newsroom: who we are, who pays for it, how we work; their history; and our commitments."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.choices import PageKey
from articles.models import PageRevision
from articles.selectors.readers import pages, published
from caching import keys
from lib.anchoring.text_diff import paragraphs, readable
from readers.http import languages, view_models
from readers.http.holding import UNTIL_PUBLISHED
from readers.http.responses import BadAddressError, conditional, readers_page
from readers.newsroom.figures import counted


def menu_name(menu: list[PageRevision]) -> str:
    """What the menu of these pages is named by: pages are appended to, never changed."""
    return " ".join(f"{row.key}/{row.language}/{row.number}" for row in menu)


@readers_page
def page(request: HttpRequest, key: str) -> HttpResponse:
    """The last published revision of a page; 404 with an explanation if there is none."""
    try:
        row = pages.page(key, languages.current())
    except PageRevision.DoesNotExist:
        return _missing(request, key)
    menu = pages.published_pages(languages.current())
    context: dict[str, Any] = {"page": row, "menu": menu, "canonical": view_models.address("page", key)}
    names = (request.path, f"{row.language}/{row.number}", menu_name(menu))
    make = partial(render, request, "readers/newsroom/page.html", context)
    return conditional(request, *names, keys=[keys.NEWSROOM], make=make, right_for=UNTIL_PUBLISHED)


@readers_page
def history(request: HttpRequest, key: str) -> HttpResponse:
    """Every revision of a page, and what differs between two (the last two, when none are named)."""
    try:
        newest = pages.page(key, languages.current())
    except PageRevision.DoesNotExist:
        return _missing(request, key)
    names = (request.get_full_path(), f"{newest.language}/{newest.number}")
    return conditional(request, *names, keys=[keys.NEWSROOM], make=lambda: _history(request, newest))


@readers_page
def trust(request: HttpRequest) -> HttpResponse:
    """The commitments, each with the address where it can be seen; missing ones are left out."""
    menu, root = pages.published_pages(languages.current()), published.head().root

    def make() -> HttpResponse:
        pack = [
            (commitment, there)
            for commitment, shown in pages.evidence_pack(menu)
            if (there := [one for one in shown if one.is_there])
        ]
        context = {
            "pack": pack,
            "menu": menu,
            "figures": counted(root),
            "canonical": view_models.address("trust"),
        }
        return render(request, "readers/newsroom/trust.html", context)

    shown = [keys.NEWSROOM, keys.LISTS]
    names = (request.path, root, menu_name(menu))
    return conditional(request, *names, keys=shown, make=make, right_for=UNTIL_PUBLISHED)


def _missing(request: HttpRequest, key: str) -> HttpResponse:
    """The page is not published yet: an explanation for readers and for the editor who will write it."""
    return render(request, "readers/newsroom/page_missing.html", {"label": _(str(PageKey(key).label))}, status=404)


def _history(request: HttpRequest, newest: PageRevision) -> HttpResponse:
    rows = pages.revisions(newest)
    old = _chosen(request.GET, "from", rows, fallback=max(1, newest.number - 1))
    new = _chosen(request.GET, "to", rows, fallback=newest.number)
    context = {
        "page": newest,
        "revisions": rows,
        "old": old,
        "new": new,
        "is_retitled": old.title != new.title,
        "rows": paragraphs(readable(old.body_html), readable(new.body_html)) if old != new else [],
        "canonical": view_models.address("page_history", newest.key),
    }
    return render(request, "readers/newsroom/page_history.html", context)


def _chosen(params: QueryDict, name: str, rows: list[PageRevision], *, fallback: int) -> PageRevision:
    value = params.get(name, "").strip() or str(fallback)
    found = {str(row.number): row for row in rows}.get(value)
    if found is None:
        raise BadAddressError(
            _("This page has no version %(number)s. Choose two from the list.") % {"number": value[:20]}
        )
    return found
