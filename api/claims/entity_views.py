"""The read API: articles, sources and claimants, as the newest record that names them describes them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponsePermanentRedirect
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.claims.read_views import ListView
from api.http import public_fields, query
from api.http.base import ReadView
from api.http.openapi_helpers import list_of, narrowed, ref
from articles.choices import ClaimantKind, MergeKind, SourceKind
from articles.models import PublishedClaim, PublishedPassage
from articles.selectors import narrowing
from articles.selectors.keyset import Page
from articles.selectors.log.record_content import claim_url
from articles.selectors.readers import merges, published
from caching import keys
from lib.transparency import canonical_json


class EntitiesView(ListView):
    """Articles, sources or claimants, which are looked up in the same ways."""

    def listed(self, find: Callable[..., Page[Any]]) -> HttpResponse:
        """A page of what ``find`` finds."""
        tag = self.tag(published.head())
        if unchanged := self.unchanged(tag):
            return unchanged
        page = find(narrowing.from_parameters(self.given), **self.paging())
        return self.json_list([self.cut(canonical_json.canonical(row.document)) for row in page.rows], page, tag)


_ENTITIES = {"q": query.wanted, **query.NARROWED}


@extend_schema(tags=["Read"])
class ArticlesView(EntitiesView):
    """Articles in which published claims were made."""

    parameters = {
        **query.PAGING,
        **_ENTITIES,
        "language": query.language,
        "fields": public_fields.mask_of(public_fields.ARTICLE),
    }

    @extend_schema(
        operation_id="articles_list",
        summary="Articles in which published claims were made, by slug",
        parameters=narrowed(parameters),
        responses=list_of("Article"),
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of articles."""
        return self.listed(published.articles)


@extend_schema(tags=["Read"])
class ArticleView(ReadView):
    """One article."""

    @extend_schema(
        operation_id="articles_read",
        summary="An article and the claims made in it, in the order of its text",
        responses=ref("ArticleWithPassages"),
    )
    def get(self, request: Request, article_id: UUID) -> HttpResponse:
        """The article as its newest record describes it, with its passages."""
        self.cache_keys = [keys.article(article_id)]
        row = published.article(str(article_id))
        return self.json_document(row.document | {"passages": [_passage(p) for p in published.passages(row.pk)]})


def _passage(passage: PublishedPassage) -> dict[str, Any]:
    return {"exact": passage.exact, "start": passage.start, "claim": _brief(passage.claim)}


def _brief(claim: PublishedClaim) -> dict[str, Any]:
    rating = {"key": claim.rating_key, "label": claim.rating_label, "tone": claim.rating_tone}
    return {
        "id": str(claim.claim_id),
        "slug": claim.slug,
        "url": claim_url(claim.slug),
        "text": claim.text,
        "language": claim.language,
        "revision": claim.revision,
        "retracted": claim.is_retracted,
        "rating": None if claim.is_retracted else rating,
        "summary": claim.summary,
    }


@extend_schema(tags=["Read"])
class SourcesView(EntitiesView):
    """Sources that serve as evidence."""

    parameters = {
        **query.PAGING,
        **_ENTITIES,
        "kind": query.one_of(SourceKind.values),
        "fields": public_fields.mask_of(public_fields.SOURCE),
    }

    @extend_schema(
        operation_id="sources_list",
        summary="Sources that serve published claims as evidence, by slug",
        description="Confidential sources are not here: records give a description of them and no more.",
        parameters=narrowed(parameters, kinds=SourceKind.values),
        responses=list_of("Source"),
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of sources."""
        return self.listed(published.sources)


@extend_schema(tags=["Read"])
class SourceView(ReadView):
    """One source."""

    @extend_schema(
        operation_id="sources_read",
        summary="A source; its claims are at claims/?source=<id>",
        description="After a merge, the old id answers 301 with the address of the source that stayed.",
        responses=ref("Source"),
    )
    def get(self, request: Request, source_id: UUID) -> HttpResponse:
        """The source as the newest record that cites it describes it."""
        if stays := merges.what_stays(MergeKind.SOURCE, str(source_id)):
            return _moved(request, source_id, stays)
        self.cache_keys = [keys.source(source_id)]
        return self.json_document(published.source(str(source_id)).document)


@extend_schema(tags=["Read"])
class ClaimantsView(EntitiesView):
    """Who made published claims."""

    parameters = {
        **query.PAGING,
        **_ENTITIES,
        "kind": query.one_of(ClaimantKind.values),
        "fields": public_fields.mask_of(public_fields.CLAIMANT),
    }

    @extend_schema(
        operation_id="claimants_list",
        summary="Claimants of published claims, by slug",
        parameters=narrowed(parameters, kinds=ClaimantKind.values),
        responses=list_of("Claimant"),
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of claimants."""
        return self.listed(published.claimants)


@extend_schema(tags=["Read"])
class ClaimantView(ReadView):
    """One claimant."""

    @extend_schema(
        operation_id="claimants_read",
        summary="A claimant; their claims are at claims/?claimant=<id>",
        description="After a merge, the old id answers 301 with the address of the claimant that stayed.",
        responses=ref("Claimant"),
    )
    def get(self, request: Request, claimant_id: UUID) -> HttpResponse:
        """The claimant as the newest record that names them describes them."""
        if stays := merges.what_stays(MergeKind.CLAIMANT, str(claimant_id)):
            return _moved(request, claimant_id, stays)
        self.cache_keys = [keys.claimant(claimant_id)]
        return self.json_document(published.claimant(str(claimant_id)).document)


def _moved(request: Request, gone: UUID, stays: str) -> HttpResponse:
    """The address of what was merged leads to that of what stayed, for good."""
    response = HttpResponsePermanentRedirect(request.path.replace(str(gone), stays))
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
