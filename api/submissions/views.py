"""What partners send: claims for checking, and ClaimReview documents."""

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.http import query
from api.http.base import PrivateView, link
from api.http.idempotency import IdempotentResponse, idempotent
from api.http.openapi_helpers import list_of, many, ref
from api.http.partner_auth import HasScope, PartnerAuthentication
from api.http.problems import ProblemError
from api.submissions import serializers as shapes
from articles.choices import PublicState
from articles.selectors import submissions as seen
from articles.selectors.readers.published import PAGE_SIZE
from articles.services import submissions
from articles.services.submissions import Sender
from lib.claimreview import files, rows
from lib.claimreview.errors import RowError
from partners.choices import Scope
from partners.models import Key


def _public_state(value: str) -> str:
    if value not in PublicState.values:
        raise ValueError(f"One of: {', '.join(PublicState.values)}.")
    return value


class PartnerView(PrivateView):
    """For one partner: its own things."""

    authentication_classes: Any = (PartnerAuthentication,)
    permission_classes: Any = (HasScope(Scope.SUBMIT),)

    @property
    def sender(self) -> Sender:
        """Who is asking; permission classes have seen to it that there is a key."""
        key = self.request.auth
        assert isinstance(key, Key)  # noqa: S101
        return Sender(key.partner, key)

    def once(self, act: Any) -> HttpResponse:
        """Do ``act`` once for each Idempotency-Key of this partner."""
        assert self.sender.partner  # noqa: S101
        return idempotent(self.request, self.sender.partner, act)


@extend_schema(tags=["Partners: submissions"])
class SubmissionsView(PartnerView):
    """What a partner sent in."""

    @property
    def parameters(self) -> Mapping[str, query.Parser]:  # type: ignore[override]
        """Lists can be narrowed; a submission is sent without parameters."""
        narrowing = {"state": _public_state, "reference": query.words, **query.PAGING}
        return narrowing if self.request.method == "GET" else {}

    @extend_schema(
        operation_id="submissions_list",
        summary="What you sent in, newest first",
        parameters=[
            OpenApiParameter("state", {"type": "string", "enum": list(PublicState.values)}),
            OpenApiParameter("reference", OpenApiTypes.STR, description="Your own id, as you sent it."),
            *many(query.PAGING),
        ],
        responses=list_of("Submission"),
    )
    def get(self, request: Request) -> Response:
        """A page of this partner's submissions."""
        partner = self.sender.partner
        assert partner  # noqa: S101
        page, found = seen.of_partner(
            partner,
            state=self.given.get("state", ""),
            reference=self.given.get("reference", ""),
            cursor=self.given.get("cursor", ""),
            size=self.given.get("page_size", PAGE_SIZE),
        )
        return Response(
            {
                "results": [shapes.shown(one) for one in found],
                "next": link(request, page.next) if page.next else None,
                "previous": link(request, page.previous) if page.previous else None,
            }
        )

    @extend_schema(
        operation_id="submissions_create",
        summary="Send a claim for checking",
        description="200 with the submission that is there when the same review of the same claim came in before.",
        request=shapes.SubmissionSent,
        responses={**ref("Submission"), **ref("Submission", status=201)},
    )
    def post(self, request: Request) -> HttpResponse:
        """201, and its address in Location."""
        return self.once(self._receive)

    def _receive(self, at: datetime) -> IdempotentResponse:
        sent: Any = self.request.data
        shape = shapes.SubmissionSent(data=[] if sent is None else sent)
        shape.is_valid(raise_exception=True)
        given = dict(shape.validated_data)
        if "claim_review" in given:
            columns = _review(sent["claim_review"], at)
            columns |= {name: given[name] for name in ("reason", "reference") if name in given}
        else:
            columns = shapes.columns(given)
        try:
            row, is_new = submissions.receive(sender=self.sender, payload=sent, at=at, **columns)
        except ValidationError as error:
            raise _renamed(error) from error
        partner = self.sender.partner
        assert partner  # noqa: S101
        place = self.request.build_absolute_uri(f"/api/v1/submissions/{row.pk}/")
        return IdempotentResponse(
            shapes.shown(seen.one_of_partner(partner, row.pk)), 201 if is_new else 200, {"Location": place}
        )


@extend_schema(tags=["Partners: submissions"])
class SubmissionView(PartnerView):
    """One submission."""

    @extend_schema(operation_id="submissions_read", summary="What became of a submission", responses=ref("Submission"))
    def get(self, request: Request, submission_id: UUID) -> Response:
        """This partner's own alone."""
        partner = self.sender.partner
        assert partner  # noqa: S101
        return Response(shapes.shown(seen.one_of_partner(partner, submission_id)))


@extend_schema(tags=["Partners: submissions"])
class ClaimReviewsView(PartnerView):
    """ClaimReview documents."""

    @extend_schema(
        operation_id="submissions_import",
        summary="Send ClaimReview documents: their claims become submissions",
        description="One ClaimReview, a list of them, an `@graph`, a DataFeed or an answer of Google's "
        f"`claims:search`; at most {shapes.MAX_ROWS} reviews. Each is taken whole or refused with the reason; one that "
        "is there already is not taken twice. The other checker's rating is kept with the submission and is never "
        "taken for a verdict.",
        request={"application/json": shapes.CLAIM_REVIEWS},
        responses={200: OpenApiResponse({"$ref": "#/components/schemas/ImportReport"})},
    )
    def post(self, request: Request) -> HttpResponse:
        """The report: one line for each review."""
        return self.once(self._import)

    def _import(self, at: datetime) -> IdempotentResponse:
        sent = self.request.data
        found = list(islice(files.in_document(sent), shapes.MAX_ROWS + 1)) if isinstance(sent, (dict, list)) else []
        if not found:
            raise ProblemError(422, "no_claim_review", "There is no ClaimReview in this document.")
        if len(found) > shapes.MAX_ROWS:
            raise ProblemError(413, "too_many_rows", f"At most {shapes.MAX_ROWS} reviews go into one request.")
        partner = self.sender.partner
        assert partner  # noqa: S101
        submissions.one_import_at_a_time(partner=partner)
        return IdempotentResponse(shapes.report(list(submissions.take_in(found=found, sender=self.sender, at=at))))


def _review(document: Any, at: datetime) -> dict[str, Any]:
    try:
        if not files.is_review(document):
            raise RowError("not_a_claim_review", "claim_review is no ClaimReview: its @type says otherwise.")
        return {**rows.read(document, today=submissions.today(at)).columns, "confirm_old_date": True}
    except RowError as error:
        raise ProblemError(422, error.code, str(error)) from error


def _renamed(error: ValidationError) -> ValidationError:
    """The same, with the fields called what the sender calls them."""
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError({shapes.FIELDS.get(name, name): found for name, found in error.error_dict.items()})
