"""The desk, claims: entering, editing, their steps and their history."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.claims import response_serializers
from api.http import query, request_serializers
from api.http.base import DeskView, with_etag
from api.http.field_errors import FieldError
from api.http.openapi_helpers import looked_up, page_of
from api.http.problems import invalid
from articles import workflow
from articles.attribution import Attribution
from articles.models import Claim
from articles.selectors import api_lists
from articles.selectors.claims import progress
from articles.selectors.verification import second_verdicts
from articles.services.claims import claims
from articles.services.verification import readings, transitions
from articles.services.verification.publishing import Correction

#: A page of claims; made once, because the document names its component.
CLAIM_PAGE = page_of(response_serializers.ClaimBrief)


def detail(view: DeskView, pk: UUID, *, status: int = 200, is_read: bool = False) -> Response:
    """The current claim, with the entity tag of its version. ``is_read``: the person asked for it, to read it."""
    claim = api_lists.claim(pk)
    if is_read:
        readings.note(claim=claim, by=view.current_user, at=timezone.now())
    shown = response_serializers.ClaimDetail(claim, context={"asker": view.current_user}).data
    return with_etag(Response(shown, status=status), "c", claim)


@extend_schema(tags=["Desk: claims"])
class ClaimsView(DeskView):
    """Claims in any stage."""

    parameters = {**query.lookups("q", "reference"), "stage": query.stage, "assignee": query.words}

    @extend_schema(
        operation_id="desk_claims_list",
        summary="Claims, by slug",
        parameters=looked_up(parameters),
        responses=CLAIM_PAGE,
    )
    def get(self, request: Request) -> Response:
        """A page of claims."""
        which = {name: self.given.get(name, "") for name in ("stage", "assignee")}
        return self.page(response_serializers.ClaimBrief, api_lists.claims(**which, **self.paging()))

    @extend_schema(
        operation_id="desk_claims_create",
        summary="Enter a claim",
        request=request_serializers.ClaimFields,
        responses={201: response_serializers.ClaimDetail},
    )
    def post(self, request: Request) -> Response:
        """A new draft."""
        claim = claims.create(by=self.current_user, at=timezone.now(), **self.body(request_serializers.ClaimFields))
        return detail(self, claim.pk, status=201)


@extend_schema(tags=["Desk: claims"])
class ClaimView(DeskView):
    """One claim."""

    @extend_schema(
        operation_id="desk_claims_read",
        summary="A claim with all that hangs on it",
        description="In review, reading it counts as having opened this version, which `approve` requires. `verdict` "
        "is null while you are asked for a second, independent verdict and have not given it.",
        responses=response_serializers.ClaimDetail,
    )
    def get(self, request: Request, claim_id: UUID) -> Response:
        """With its steps, and what keeps you from taking them."""
        return detail(self, claim_id, is_read=request.method == "GET")

    @extend_schema(
        operation_id="desk_claims_change",
        summary="Change a claim's words, or who works on it until when",
        request=request_serializers.ClaimFields,
        responses=response_serializers.ClaimDetail,
    )
    def patch(self, request: Request, claim_id: UUID) -> Response:
        """The fields given; the others stay."""
        claim = Claim.objects.get(pk=claim_id)
        version = self.version_of("c", claim)
        fields = self.body(request_serializers.ClaimFields, partial=True)
        claims.edit(claim=claim, by=self.current_user, at=timezone.now(), version=version, **fields)
        return detail(self, claim_id)


@extend_schema(tags=["Desk: claims"])
class HistoryView(DeskView):
    """What happened to a claim."""

    @extend_schema(
        operation_id="desk_claims_history",
        summary="What happened to the claim and all that hangs on it, newest act first",
        description="At most 200 changed rows.",
        responses=page_of(response_serializers.ActAnswer),
    )
    def get(self, request: Request, claim_id: UUID) -> Response:
        """Acts, each with the rows it changed."""
        claim = Claim.objects.get(pk=claim_id)
        second_verdicts.check_shown(claim, self.current_user)
        acts = progress.history(claim)
        return Response(
            {"results": response_serializers.ActAnswer(acts, many=True).data, "next": None, "previous": None}
        )


@extend_schema(tags=["Desk: claims"])
class ActionView(DeskView):
    """The steps of the life cycle."""

    @extend_schema(
        operation_id="desk_claims_action",
        summary="Take a step",
        description="\n".join(f"- `{t.key}`: {t.help}" for t in workflow.TRANSITIONS)
        + "\n\nWhat keeps a step from being taken is in the 409's `errors`, one for each condition. "
        "Publishing with a `severity` and a `note` makes a correction of a claim that was public before. A changed "
        "rating is published only so, with the severity `verdict`. To approve, you must have read the claim as it is; "
        "with figures or quotations that nobody ticked on the desk, `comment` says why you approve it. "
        "Retracting also withdraws the attribution, unless `attribution` is `kept`.",
        parameters=[
            OpenApiParameter("transition", str, OpenApiParameter.PATH, enum=[t.key for t in workflow.TRANSITIONS])
        ],
        request=request_serializers.ActionFields,
        responses={200: response_serializers.ClaimDetail},
    )
    def post(self, request: Request, claim_id: UUID, transition: str) -> Response:
        """The claim after the step."""
        if transition not in workflow.BY_KEY:
            raise NotFound(f"There is no such step. There are: {', '.join(workflow.BY_KEY)}.")
        claim = Claim.objects.get(pk=claim_id)
        version = self.version_of("c", claim)
        given = self.body(request_serializers.ActionFields)
        transitions.apply_transition(
            claim=claim,
            transition=transition,
            by=self.current_user,
            version=version,
            comment=given.get("comment", ""),
            correction=_correction(transition, given),
            attribution=_attribution(transition, given),
        )
        return detail(self, claim_id)


def _correction(transition: str, given: dict[str, Any]) -> Correction | None:
    named = [name for name in ("severity", "note") if given.get(name)]
    if named and transition != "publish":
        raise invalid([FieldError(name, "not_applicable", "Goes with publish only.") for name in named])
    return Correction(given.get("severity", ""), given.get("note", "")) if named else None


def _attribution(transition: str, given: dict[str, Any]) -> str:
    named = given.get("attribution")
    if named and transition != "retract":
        raise invalid([FieldError("attribution", "not_applicable", "Goes with retract only.")])
    return named or Attribution.WITHDRAWN
