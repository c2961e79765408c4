"""What search engines are told: which pages there are, when they last changed, and where not to look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles import languages
from articles.public import presentation
from articles.public.answers import BadAddressError, answer, readers_page
from articles.selectors import public

#: A sitemap may name 50,000 addresses; with more records than this there is an index of several.
PART = 40_000
_STANDING_PAGES = ("front", "claims", "articles", "claimants", "sources", "topics", "corrections", "methodology")


@readers_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """All claims, by their addresses in this language; an index of parts (``?after=``) once they are too many."""
    head = public.head()
    after = request.GET.get("after", "")
    if after and not (after.isascii() and after.isdigit() and int(after[:18]) % PART == 0 and len(after) < 18):
        raise BadAddressError(_("There is no such part of the sitemap. See the parts in the sitemap itself."))
    if not after and head.seq > PART:
        parts = [f"{presentation.address('sitemap')}?after={n}" for n in range(0, head.seq, PART)]
        return answer(request, "index", head.root, make=lambda: _xml(request, "sitemap_index", {"parts": parts}))
    first = int(after or 0)

    def make() -> HttpResponse:
        claims = [
            (presentation.address("claim", row.slug), row.published_at)
            for row in public.sitemap(after=first, until=first + PART, limit=PART)
        ]
        pages = [presentation.address(name) for name in _STANDING_PAGES] if first == 0 else []
        return _xml(request, "sitemap", {"pages": pages, "claims": claims})

    return answer(request, f"part {first}", head.root, make=make)


@readers_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read by machines; the desk is not public."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /api/v1/desk/",
        "",
        *(f"Sitemap: {address}" for address in languages.sitemaps()),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _xml(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    return render(request, f"public/{name}.xml", context, content_type="application/xml; charset=utf-8")
