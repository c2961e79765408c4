"""The desk, the time at which the worker publishes a claim: setting, reading and cancelling it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.http.base import DeskView, with_etag
from api.http.fields import Choice, Flag, Moment, Words
from api.http.request_serializers import StrictSerializer
from articles.choices import Severity
from articles.models import Claim, Schedule
from articles.selectors import api_lists
from articles.selectors.verification import schedules as selected
from articles.services.verification import schedules
from articles.services.verification.publishing import Correction
from lib.parsing.integers import MAX_INT32, parse_integer

_SEEN = OpenApiParameter(
    "seen",
    {"type": "integer", "minimum": 0, "maximum": MAX_INT32},
    description="The `version` of the schedule that you read; 0, or left out, when the claim never had one.",
)


class ScheduleFields(StrictSerializer):
    """When the claim is to be published."""

    publish_at = Moment(help_text="Later than now, at most a year from now.")
    is_embargo = Flag(required=False, help_text="Whether nobody can publish the claim earlier.")
    severity = Choice(Severity.choices, required=False, help_text="As for the action `publish`: makes it a correction.")
    note = Words(max_length=1000, required=False, help_text="What readers are told; only with a severity.")


class ScheduleAnswer(serializers.ModelSerializer[Schedule]):
    """The last schedule of a claim, and how it ended."""

    severity = serializers.CharField(read_only=True, help_text="`minor` or `verdict`; empty when it is no correction.")
    state = serializers.CharField(read_only=True, help_text="`waiting`, `published`, `refused` or `cancelled`.")
    created_by = serializers.CharField(source="created_by.username", read_only=True)
    ended_by = serializers.CharField(source="ended_by.username", read_only=True, allow_null=True, default=None)
    is_stale = serializers.SerializerMethodField(help_text="Whether it waits, but another content is approved now.")

    class Meta:
        model = Schedule
        fields: Any = (
            *("publish_at", "is_embargo", "severity", "note", "state", "problem", "is_stale"),
            *("created_by", "created_at", "ended_by", "ended_at", "version"),
        )
        read_only_fields = fields

    def get_is_stale(self, row: Schedule) -> bool:
        """Whether the worker would refuse to publish it."""
        standing = selected.standing(row.claim)
        return standing is not None and standing.is_stale


@extend_schema(tags=["Desk: claims"])
class ScheduleView(DeskView):
    """The schedule of a claim, with the conditions of the desk's page *Publish*."""

    parameters = {"seen": parse_integer}

    @extend_schema(operation_id="desk_schedule_read", summary="Its last schedule", responses=ScheduleAnswer)
    def get(self, request: Request, claim_id: UUID) -> Response:
        """The schedule; 404 when the claim never had one."""
        return _shown(claim_id)

    @extend_schema(
        operation_id="desk_schedule_put",
        summary="Schedule the publication, or change its time",
        description="All conditions of the action `publish` must hold now; the worker asks them again at the time.",
        parameters=[_SEEN],
        request=ScheduleFields,
        responses=ScheduleAnswer,
    )
    def put(self, request: Request, claim_id: UUID) -> Response:
        """The schedule that stands now."""
        act = self._act(claim_id)
        given = self.body(ScheduleFields)
        severity, note = given.pop("severity", ""), given.pop("note", "")
        correction = Correction(severity, note) if severity or note else None
        try:
            schedules.schedule(**act, seen=self.given.get("seen", 0), correction=correction, **given)
        except ValidationError as error:
            raise _named(error) from error
        return _shown(claim_id)

    @extend_schema(
        operation_id="desk_schedule_delete",
        summary="Cancel the schedule",
        description="The claim stays approved, and nobody publishes it by itself.",
        parameters=[_SEEN],
        responses={204: None},
    )
    def delete(self, request: Request, claim_id: UUID) -> Response:
        """The history keeps it."""
        act = self._act(claim_id)
        schedules.cancel(**act, seen=self.given.get("seen", 0))
        return with_etag(Response(status=204), "c", act["claim"])

    def _act(self, claim_id: UUID) -> dict[str, Any]:
        claim = Claim.objects.get(pk=claim_id)
        return {
            "claim": claim,
            "by": self.current_user,
            "at": timezone.now(),
            "version": self.version_of("c", claim),
        }


def _shown(claim_id: UUID) -> Response:
    claim = api_lists.claim(claim_id)
    row = Schedule.objects.select_related("created_by", "ended_by").filter(claim=claim).first()
    if row is None:
        raise NotFound("This claim never had a schedule.")
    row.claim = claim
    return with_etag(Response(ScheduleAnswer(row).data), "c", claim)


def _named(error: ValidationError) -> ValidationError:
    """The desk's form asks for day and time; here both are one field."""
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError({"publish_at" if name == "time" else name: said for name, said in error.error_dict.items()})
