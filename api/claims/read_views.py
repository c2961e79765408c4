"""The read API: stored bytes, joined; one query for the rows, one for the head of the log."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponsePermanentRedirect
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.http import etags, query
from api.http.base import ReadView
from api.http.openapi_helpers import list_of, many, ref
from articles.choices import MergeKind
from articles.models import PublishedClaim, PublishedPassage, Rating, Record
from articles.selectors.keyset import Page
from articles.selectors.log.record_content import claim_url
from articles.selectors.readers import claim_filters, merges, published
from articles.selectors.readers.published import LogHead
from caching import keys
from lib.transparency import canonical_json


class ListView(ReadView):
    """A list whose entity tag is made of the head of the log and the query."""

    parameters = query.PAGING

    def tag(self, head: LogHead) -> str:
        """Changes with every publication, and differs between addresses."""
        return etags.of_content(f"{head.epoch} {head.seq} {head.merges} {self.request.build_absolute_uri()}".encode())


@extend_schema(tags=["Read"])
class ClaimsView(ListView):
    """Published claims."""

    parameters = {**query.PAGING, **query.FILTERS}

    @extend_schema(
        operation_id="claims_list",
        summary="Published claims, newest record first",
        description="Each claim is its newest record, verbatim; a retracted one has kind `retracted`. Filters narrow "
        "the list together.",
        parameters=many({**query.PAGING, **query.FILTERS}),
        responses=list_of("Record"),
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of records."""
        tag = self.tag(published.head())
        if unchanged := self.unchanged(tag):
            return unchanged
        page = published.claim_records(claim_filters.from_parameters(self.given), **self.paging())
        return self.json_list([row.body for row in page.rows], page, tag)


@extend_schema(tags=["Read"])
class ClaimView(ReadView):
    """One claim."""

    @extend_schema(
        operation_id="claims_read",
        summary="A claim: its newest record, verbatim",
        description="The bytes are those the log holds: their SHA-256 is the record's hash, and its first 22 "
        "characters in base64url are the ETag.",
        responses=ref("Record"),
    )
    def get(self, request: Request, claim_id: UUID) -> HttpResponse:
        """The stored bytes."""
        self.cache_keys = [keys.claim(claim_id)]
        return self.record(published.claim(claim_id=claim_id).record)


@extend_schema(tags=["Read"])
class RevisionsView(ListView):
    """All that was ever published of one claim."""

    parameters = {}

    @extend_schema(
        operation_id="claims_revisions_list",
        summary="Every record of a claim, newest first",
        responses=list_of("Record"),
    )
    def get(self, request: Request, claim_id: UUID) -> HttpResponse:
        """The records, all on one page."""
        rows = published.revisions(claim_id)
        if not rows:
            raise Record.DoesNotExist
        self.cache_keys = [keys.claim(claim_id)]
        return self.json_list(
            [bytes(row.body) for row in rows], Page(rows, "", ""), etags.of_digest(bytes(rows[0].sha256))
        )


@extend_schema(tags=["Read"])
class RevisionView(ReadView):
    """One record of a claim."""

    @extend_schema(
        operation_id="claims_revisions_read",
        summary="One record of a claim, verbatim",
        responses=ref("Record"),
    )
    def get(self, request: Request, claim_id: UUID, revision: int) -> HttpResponse:
        """The stored bytes."""
        if revision > 2**31 - 1:
            raise Record.DoesNotExist
        self.cache_keys = [keys.claim(claim_id)]
        return self.record(published.revision(claim_id, revision))


@extend_schema(tags=["Read"])
class ArticlesView(ListView):
    """Articles in which published claims were made."""

    @extend_schema(
        operation_id="articles_list",
        summary="Articles in which published claims were made, by slug",
        parameters=many(query.PAGING),
        responses=list_of("Article"),
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of articles."""
        tag = self.tag(published.head())
        if unchanged := self.unchanged(tag):
            return unchanged
        page = published.articles(**self.paging())
        return self.json_list([canonical_json.canonical(row.document) for row in page.rows], page, tag)


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
class SourcesView(ListView):
    """Sources that serve as evidence."""

    @extend_schema(
        operation_id="sources_list",
        summary="Sources that serve published claims as evidence, by slug",
        description="Confidential sources are not here: records give a description of them and no more.",
        parameters=many(query.PAGING),
        responses=list_of("Source"),
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of sources."""
        tag = self.tag(published.head())
        if unchanged := self.unchanged(tag):
            return unchanged
        page = published.sources(**self.paging())
        return self.json_list([canonical_json.canonical(row.document) for row in page.rows], page, tag)


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
class ClaimantsView(ListView):
    """Who made published claims."""

    @extend_schema(
        operation_id="claimants_list",
        summary="Claimants of published claims, by slug",
        parameters=many(query.PAGING),
        responses=list_of("Claimant"),
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of claimants."""
        tag = self.tag(published.head())
        if unchanged := self.unchanged(tag):
            return unchanged
        page = published.claimants(**self.paging())
        return self.json_list([canonical_json.canonical(row.document) for row in page.rows], page, tag)


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


@extend_schema(tags=["Read"])
class RatingsView(ReadView):
    """The vocabulary of verdicts."""

    @extend_schema(
        operation_id="ratings_list",
        summary="Every edition of every rating, in the order of the scale",
        description="A verdict keeps the label and definition it was given under; `retired_on` is null for the "
        "edition in use.",
        responses=list_of("RatingEdition"),
    )
    def get(self, request: Request) -> HttpResponse:
        """All of them on one page."""
        items = [_rating(rating) for rating in published.ratings()]
        return self.json_document({"results": items, "next": None, "previous": None})


def _moved(request: Request, gone: UUID, stays: str) -> HttpResponse:
    """The address of what was merged leads to that of what stayed, for good."""
    response = HttpResponsePermanentRedirect(request.path.replace(str(gone), stays))
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "key": rating.key,
        "edition": rating.edition,
        "label": rating.label,
        "definition": rating.definition,
        "value": rating.value,
        "best": rating.best,
        "worst": rating.worst,
        "tone": rating.tone,
        "introduced_on": rating.introduced_on.isoformat(),
        "retired_on": rating.retired_on.isoformat() if rating.retired_on else None,
    }
