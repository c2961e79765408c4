"""Sitemaps and robots.txt: the pages, when they last changed, what is new, and what not to crawl.

The index is always an index. Its parts are cut by the numbers of records, so that a part stays what it is while the log
grows, but for the claims that a newer record moves to the last one.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rating_words, text
from articles.choices import PageKey
from articles.models import PublishedClaim
from articles.selectors.readers import pages as readers_pages
from articles.selectors.readers import published as readers_published
from articles.selectors.readers import sitemaps
from caching import keys
from readers.http import languages, view_models
from readers.http.holding import UNTIL_PUBLISHED
from readers.http.responses import BadAddressError, cached, conditional, readers_page

#: So many records a part: a sitemap may name 50,000 addresses, and a record may name several articles.
CLAIMS, ENTITIES = 40_000, 10_000
_PARTS = {
    "claims": (CLAIMS, "claim", sitemaps.claims),
    "articles": (ENTITIES, "article", sitemaps.articles),
    "claimants": (ENTITIES, "claimant", sitemaps.claimants),
}
#: Pages that change with every record, and those that change with a release or a word of the desk.
_CHANGING = ("front", "claims", "articles", "claimants", "sources", "topics", "corrections")
_STANDING = ("methodology", "figures", "trust", "suggest")
#: Google News: an article is news for two days after it was first published.
NEWS_FOR = timedelta(hours=48)
#: Google News asks for ISO 639 codes, and for these where that is not enough.
_CHINESE = {"zh-hans": "zh-cn", "zh-hant": "zh-tw", "zh-cn": "zh-cn", "zh-tw": "zh-tw", "zh": "zh-cn"}


@readers_page
def index(request: HttpRequest) -> HttpResponse:
    """All sitemaps there are, of the pages in this language.

    Two are dated: that of the pages, which every record and every revision of a page changes, and the last of claims,
    to which every record moves its claim. When a claim last left an earlier one, nothing says cheaply.
    """
    head, revised = readers_published.head(), readers_pages.revised_at()

    def make() -> HttpResponse:
        published = _newest()
        pages_at = max((at for at in (published, revised) if at), default=None)
        parts = [(view_models.address("sitemap_pages"), pages_at)]
        parts += [(view_models.address(f"sitemap_{name}"), None) for name in ("topics", "news")]
        for kind, (size, _view, _rows) in _PARTS.items():
            last = -(-head.seq // size) - 1
            dates = {last: published} if kind == "claims" else {}
            parts += [(view_models.address("sitemap_part", kind, n), dates.get(n)) for n in range(last + 1)]
        return _xml(request, "sitemap_index", {"parts": parts})

    return conditional(request, "sitemaps", head.root, str(revised), keys=[keys.FEEDS, keys.NEWSROOM], make=make)


@readers_page
def pages(request: HttpRequest) -> HttpResponse:
    """The pages that always exist."""
    head = readers_published.head()
    written = readers_pages.published_pages(languages.current())
    texts = [(row.key, row.published_at) for row in written if row.key != PageKey.METHODOLOGY]

    def make() -> HttpResponse:
        at = _newest()
        listed = [*((view_models.address(name), at) for name in _CHANGING)]
        listed += [(view_models.address(name), None) for name in _STANDING]
        listed += [(view_models.address("page", key), at) for key, at in texts]
        return _xml(request, "sitemap", {"addresses": listed})

    return conditional(
        request, "sitemap pages", head.root, *map(str, texts), keys=[keys.FEEDS, keys.NEWSROOM], make=make
    )


def _newest() -> datetime | None:
    """When the newest record was published; None in an empty log."""
    newest = readers_published.claims(size=1).rows
    return newest[0].published_at if newest else None


@readers_page
def topics(request: HttpRequest) -> HttpResponse:
    """Topics, each with the newest check of a claim about it. Finding them reads every claim, so the answer is kept."""

    def make() -> HttpResponse:
        listed = [(view_models.address("topic", row.name), row.at) for row in sitemaps.topics()]
        return _xml(request, "sitemap", {"addresses": listed})

    state = readers_published.head().state
    return cached(request, "sitemap topics", state, keys=[keys.FEEDS], make=make, right_for=UNTIL_PUBLISHED)


@readers_page
def part(request: HttpRequest, kind: str, part: int) -> HttpResponse:
    """Claims, articles or claimants whose newest records have numbers of one part of the log."""
    head = readers_published.head()
    if kind not in _PARTS or part * _PARTS[kind][0] >= max(head.seq, 1):
        raise BadAddressError(_("There is no such part of the sitemap. See the parts in the sitemap itself."))
    size, view, rows = _PARTS[kind]

    def make() -> HttpResponse:
        found = [row for row in rows(after=part * size, until=(part + 1) * size) if _belongs_here(row.language)]
        listed = [(view_models.address(view, row.name), row.at) for row in found]
        return _xml(request, "sitemap", {"addresses": listed})

    return conditional(request, f"sitemap {kind} {part}", head.state, keys=[keys.FEEDS], make=make)


@readers_page
def news(request: HttpRequest) -> HttpResponse:
    """Claims first checked in the last two days, for Google News. A check that was retracted is no news."""
    head = readers_published.head()
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)

    def make() -> HttpResponse:
        rows = sitemaps.news(since=hour - NEWS_FOR, head_seq=head.seq)
        rows = [row for row in rows if _belongs_here(row.language)]
        return _xml(request, "sitemap_news", {"items": list(_items(rows))})

    return conditional(request, "sitemap news", hour.isoformat(), head.root, keys=[keys.FEEDS], make=make)


def _belongs_here(language: str) -> bool:
    """Whether the canonical page of a claim in ``language`` is in the language of this sitemap. Other pages have one
    in each language, and no ``language``."""
    return not language or languages.closest(language) == languages.current()


def _items(rows: list[PublishedClaim]) -> Iterator[tuple[str, str, datetime, str]]:
    """Address, language, day of the first check and title of each, as its page has them."""
    for row in rows:
        tag = row.language.lower()
        language = _CHINESE.get(tag, tag.split("-")[0])
        address = view_models.address("claim", row.slug)
        verdict = rating_words.in_language(row.rating_label, row.language)
        yield address, language, row.first_published_at, text.for_xml(f"{text.as_label(verdict)} {row.text}")


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
    return render(request, f"readers/feeds/{name}.xml", context, content_type="application/xml; charset=utf-8")
