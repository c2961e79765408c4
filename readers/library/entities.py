"""What claims are about: the articles they were made in, who made them, the sources they were checked against."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.choices import MergeKind
from articles.claim_review import script
from articles.models import PublishedEntity
from articles.selectors.keyset import Page
from articles.selectors.readers import by_language, merges, published
from articles.selectors.readers.claim_filters import Filters
from caching import keys
from lib import plaintext
from readers.claims import markup
from readers.http import charts, languages, share_links, template_constants, view_models
from readers.http.holding import UNTIL_PUBLISHED
from readers.http.responses import conditional, listing, proof_page, readers_page


@readers_page
def articles(request: HttpRequest) -> HttpResponse:
    """The articles in which published claims were made."""
    return conditional(
        request,
        *_state(request),
        keys=[keys.LISTS],
        make=lambda: _index(request, "articles", published.articles(cursor=_at(request))),
        right_for=UNTIL_PUBLISHED,
    )


@readers_page
def claimants(request: HttpRequest) -> HttpResponse:
    """Who made published claims."""
    return conditional(
        request,
        *_state(request),
        keys=[keys.LISTS],
        make=lambda: _index(request, "claimants", published.claimants(cursor=_at(request))),
        right_for=UNTIL_PUBLISHED,
    )


@readers_page
def sources(request: HttpRequest) -> HttpResponse:
    """What published claims were checked against."""
    return conditional(
        request,
        *_state(request),
        keys=[keys.LISTS],
        make=lambda: _index(request, "sources", published.sources(cursor=_at(request))),
        right_for=UNTIL_PUBLISHED,
    )


@proof_page
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """An article: its checked passages in the order of the text, and the balance of their verdicts."""
    row = published.article(slug)
    url = view_models.address("article", row.slug)

    def make() -> HttpResponse:
        return render(
            request,
            "readers/library/article.html",
            {
                "article": row.document,
                "passages": view_models.passages(published.passages(row.pk)),
                "shares": charts.shares(published.balance(articles__contains=[row.pk])),
                "markup": script(markup.article(row.document, url=url)),
                "sharing": share_links.sharing(_shared(row.document["title"]), url),
                "canonical": url,
            },
        )

    return listing(request, keys.article(row.pk), make=make)


@readers_page
def claimant(request: HttpRequest, slug: str) -> HttpResponse:
    """A claimant, with what they said that was checked, over time. No tally: it is no fair sample of what they say."""
    row = published.claimant(slug)
    ratings = published.ratings()

    def make() -> HttpResponse:
        if moved := _moved(row, "claimant", MergeKind.CLAIMANT):
            return moved
        filters = Filters(claimant=str(row.pk))
        found = by_language.claims_by_language(filters, languages.current(), cursor=_at(request))
        dated = published.dated_claims(row.pk)
        return render(
            request,
            "readers/library/claimant.html",
            {
                "claimant": row.document,
                **view_models.cards_by_language(found),
                "over_time": charts.over_time(dated, [rating.key for rating in ratings]),
                "is_cut": len(dated) == published.DATED_LIMIT,
                "canonical": view_models.address("claimant", row.slug),
                **_neighbours(found.own),
            },
        )

    return listing(request, keys.claimant(row.pk), view_models.scale_name(ratings), make=make)


@readers_page
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """A source, with the claims it speaks about and what it says there."""
    row = published.source(slug)

    def make() -> HttpResponse:
        if moved := _moved(row, "source", MergeKind.SOURCE):
            return moved
        same = merges.all_of(MergeKind.SOURCE, str(row.pk))
        page = published.claims(Filters(source=str(row.pk)), cursor=_at(request), originals=True)
        cited = []
        for card in view_models.cards(page.rows):
            evidence = card.claim.record.document()["evidence"]
            cited.append((card, [e for e in evidence if e["source"].get("id") in same]))
        return render(
            request,
            "readers/library/source.html",
            {
                "source": row.document,
                "cited": cited,
                "canonical": view_models.address("source", row.slug),
                **_neighbours(page),
            },
        )

    return listing(request, keys.source(row.pk), make=make)


def _shared(title: str) -> str:
    """An article's page in a message."""
    said = plaintext.isolated(share_links.shortened(title))
    return _("Fact checks of claims made in “%(title)s”.") % {"title": said}


def _moved(row: PublishedEntity, name: str, kind: MergeKind) -> HttpResponse | None:
    """The redirect to the page of the row that this one was merged into."""
    stays = merges.what_stays(kind, str(row.pk))
    if not stays:
        return None
    slug = published.entity(type(row), stays).slug
    return HttpResponsePermanentRedirect(template_constants.url(f"readers:{name}", slug))


def _index(request: HttpRequest, kind: str, page: Page[Any]) -> HttpResponse:
    rows: list[PublishedEntity] = page.rows
    context = {"rows": [row.document for row in rows], "canonical": view_models.address(kind)}
    return render(request, f"readers/library/{kind}.html", {**context, **_neighbours(page)})


def _neighbours(page: Page[Any]) -> dict[str, str]:
    return {
        "next": f"?cursor={page.next}" if page.next else "",
        "previous": f"?cursor={page.previous}" if page.previous else "",
    }


def _at(request: HttpRequest) -> str:
    return request.GET.get("cursor", "")


def _state(request: HttpRequest) -> tuple[str, bytes]:
    """What a page that reads the projection is named by: its address and the root of the log."""
    return request.get_full_path(), published.head().state
