"""The read API: stored bytes, joined; one query for the rows, one for the head of the log."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from api.http import etags, public_fields, query
from api.http.base import ReadView
from api.http.field_errors import FieldError
from api.http.openapi_helpers import list_of, many, ref
from api.http.problems import invalid
from articles import claim_review, rating_words
from articles.models import Rating, Record
from articles.selectors import narrowing
from articles.selectors.keyset import Page
from articles.selectors.readers import best_matches, claim_filters, published
from articles.selectors.readers.claim_filters import Filters
from articles.selectors.readers.published import LogHead
from caching import keys

_RECORD_FIELDS = {"fields": public_fields.mask_of(public_fields.RECORD)}


class ListView(ReadView):
    """A list whose entity tag is made of the head of the log and the query."""

    parameters = query.PAGING

    def tag(self, head: LogHead) -> str:
        """Changes with every publication, and differs between addresses."""
        return etags.of_content(f"{head.epoch} {head.seq} {head.merges} {self.request.build_absolute_uri()}".encode())


@extend_schema(tags=["Read"])
class ClaimsView(ListView):
    """Published claims."""

    parameters = {**query.PAGING, **query.FILTERS, **query.NARROWED, "order": query.order, **_RECORD_FIELDS}

    @extend_schema(
        operation_id="claims_list",
        summary="Published claims, newest record first, or best first",
        description="Each claim is its newest record, verbatim; a retracted one has kind `retracted`. Filters narrow "
        "the list together.",
        parameters=many(parameters),
        responses=list_of("Record"),
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of records."""
        tag = self.tag(published.head())
        if unchanged := self.unchanged(tag):
            return unchanged
        filters = claim_filters.from_parameters(self.given)
        sought = narrowing.from_parameters({name: self.given[name] for name in query.NARROWED if name in self.given})
        if self.given.get("order") == "best":
            best = best_matches.ranked_records(_with_words(filters), sought, **self.paging())
            return self.json_list([self.cut(bytes(row.record.body)) for row in best.rows], best, tag)
        page = published.claim_records(filters, sought, **self.paging())
        return self.json_list([self.cut(row.body) for row in page.rows], page, tag)


def _with_words(filters: Filters) -> Filters:
    """The filters, which have words: without any, no claim fits better than another. Raises a 400."""
    if not filters.q.strip():
        raise query.missing("q", "With order=best, give the words that claims are to fit.")
    return filters


class _LinkedData(BaseRenderer):
    """A type that can be asked for; the view writes it."""

    media_type, format = "application/ld+json", "jsonld"


@extend_schema(tags=["Read"])
class ClaimView(ReadView):
    """One claim."""

    renderer_classes: Any = (JSONRenderer, _LinkedData)

    parameters = _RECORD_FIELDS

    @extend_schema(
        operation_id="claims_read",
        summary="A claim: its newest record, verbatim",
        description="The bytes are those the log holds: their SHA-256 is the record's hash, and its first 22 "
        "characters in base64url are the ETag. With "
        "`Accept: application/ld+json` it is a schema.org ClaimReview, as at the page's address with `.jsonld`.",
        parameters=many(parameters),
        responses={
            (200, "application/json"): {"$ref": "#/components/schemas/Record"},
            (200, "application/ld+json"): {"$ref": "#/components/schemas/LinkedData"},
        },
    )
    def get(self, request: Request, claim_id: UUID) -> HttpResponse:
        """The stored bytes."""
        self.cache_keys = [keys.claim(claim_id)]
        record = published.claim(claim_id=claim_id).record
        if request.accepted_renderer.format == _LinkedData.format:
            if "fields" in self.given:
                raise invalid([FieldError("fields", "not_applicable", "Goes with application/json alone.")])
            return self._linked_data(record)
        return self.record(record)

    def _linked_data(self, record: Record) -> HttpResponse:
        body = json.dumps(claim_review.linked_data(record.document()), ensure_ascii=False).encode()
        response = self.answer(body, etags.of_content(body))
        if response.status_code == 200:
            response["Content-Type"] = _LinkedData.media_type
        return response


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


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "key": rating.key,
        "edition": rating.edition,
        "label": rating.label,
        "labels": rating_words.in_each_language(rating.label),
        "definition": rating.definition,
        "definitions": rating_words.in_each_language(rating.definition),
        "value": rating.value,
        "best": rating.best,
        "worst": rating.worst,
        "tone": rating.tone,
        "introduced_on": rating.introduced_on.isoformat(),
        "retired_on": rating.retired_on.isoformat() if rating.retired_on else None,
    }
