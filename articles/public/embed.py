"""A check inside other sites' pages: small, without cookies, and never older than the claim's newest record."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.models import PublishedClaim
from articles.public import presentation, sharing
from articles.public.answers import BadAddressError, framed_page, kept
from articles.selectors import public

THEMES = ("", "light", "dark")
#: How a browser without scripts looks for news; the script looks as often while the frame is seen.
REFRESH_SECONDS = 300
#: Pixels, measured in Chromium with the site's own fonts: what a letter and a line of each text take, and all the rest.
_STATEMENT, _SUMMARY, _NOTE, _REST = (10.2, 27), (8.3, 25), (7.4, 21), 205
_SIDES = 44


@framed_page
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The check as it stands now. ``theme=light`` or ``dark`` for a page that does not follow the reader's choice."""
    theme = request.GET.get("theme", "")
    if theme not in THEMES:
        raise BadAddressError(_("A theme is light or dark; without one the check follows the reader's own choice."))
    row = public.claim(slug=slug)
    return kept(request, "embed", theme, row.record.sha256, make=lambda: _frame(request, row, theme))


def _frame(request: HttpRequest, row: PublishedClaim, theme: str) -> HttpResponse:
    document = row.record.document()
    context: dict[str, Any] = {
        "document": document,
        "shown": sharing.verdict(row, row.record, document),
        "title": sharing.headline(document),
        "canonical": presentation.address("claim", row.slug),
        "version": bytes(row.record.sha256).hex()[:16],
        "corrected": max(document["corrections"], key=lambda c: str(c["at"])) if document["corrections"] else None,
        "theme": theme,
        "refresh": REFRESH_SECONDS,
    }
    return render(request, "public/embed.html", context)


def height(document: dict[str, Any], width: int) -> int:
    """About how many pixels high the check is in a frame ``width`` pixels wide. A frame that is too low can be scrolled."""
    verdict, retraction, corrections = document["verdict"], document["retraction"], document["corrections"]
    texts = [(document["claim"]["text"], _STATEMENT), (verdict["summary"] if verdict else retraction["note"], _SUMMARY)]
    if corrections:
        texts.append((corrections[-1]["note"] + " " * 30, _NOTE))
    lines = 0.0
    for words, (letter, line) in texts:
        per_line = max(8, int((width - _SIDES) / letter))
        lines += line * -(-len(words) // per_line)
    return round(lines) + _REST
