"""A check inside other sites' pages: small, without cookies, and never older than the claim's newest record."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles import claim_addresses
from articles.models import PublishedClaim
from articles.selectors.readers import published
from caching import keys
from readers.claims import share
from readers.http.holding import UNTIL_PUBLISHED
from readers.http.responses import BadAddressError, cached, framed_page

THEMES = ("", "light", "dark")
#: How a browser without scripts looks for news; the script looks as often while the frame is seen.
REFRESH_SECONDS = 300


@framed_page
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The current check. ``theme=light`` or ``dark`` for a page that does not follow the reader's choice."""
    theme = request.GET.get("theme", "")
    if theme not in THEMES:
        raise BadAddressError(_("A theme is light or dark; without one the check follows the reader's own choice."))
    row = published.claim(slug=slug)
    shown = [keys.claim(row.claim_id)]
    return cached(
        request,
        "embed",
        theme,
        row.record.sha256,
        keys=shown,
        make=lambda: _frame(request, row, theme),
        right_for=UNTIL_PUBLISHED,
    )


def _frame(request: HttpRequest, row: PublishedClaim, theme: str) -> HttpResponse:
    document = row.record.document()
    context: dict[str, Any] = {
        "document": document,
        "shown": share.verdict(row, row.record, document),
        "title": share.headline(document),
        "canonical": claim_addresses.canonical_address(row.slug, row.language),
        "version": bytes(row.record.sha256).hex()[:16],
        "corrected": max(document["corrections"], key=lambda c: str(c["at"])) if document["corrections"] else None,
        "theme": theme,
        "refresh": REFRESH_SECONDS,
    }
    return render(request, "readers/sharing/embed.html", context)
