"""The desk: a whole claim in one call."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.claims import import_serializers as shapes
from api.http.base import DeskView, with_etag
from articles import guards, workflow
from articles.choices import Stage
from articles.selectors.claims import progress
from articles.services.claims import claim_import


@extend_schema(tags=["Desk: claims"])
class ImportView(DeskView):
    """A claim with article, passage, claimant, sources, evidence and verdict."""

    #: Errors have JSON pointers: the body is deep.
    points_at_fields = True

    @extend_schema(
        operation_id="desk_import",
        summary="Import a claim with everything that belongs to it",
        description="All of it or nothing. Articles, claimants and sources that are known are used as they are, and "
        "`notes` say so. The claim is a draft; `submit` starts the check and submits it, when nothing is `missing`. "
        "Errors have a JSON `pointer` to the field at fault.",
        request=shapes.ClaimImport,
        responses={201: shapes.ImportAnswer},
    )
    def post(self, request: Request) -> Response:
        """201 with ids, notes and what is missing."""
        given = self.body(shapes.ClaimImport)
        done = claim_import.import_claim(by=self.current_user, at=timezone.now(), **given)
        shown: dict[str, Any] = {
            "claim": done.claim,
            "article": done.article,
            "sources": [piece.source_id for piece in done.evidence],
            "evidence": [piece.pk for piece in done.evidence],
            "notes": done.notes,
            "missing": [] if done.claim.stage == Stage.REVIEW else self._missing(done.claim),
        }
        return with_etag(Response(shapes.ImportAnswer(shown).data, status=201), "c", done.claim)

    def place_of(self, made: Mapping[str, Any]) -> str:
        """The claim's."""
        return f"/api/v1/desk/claims/{made['claim']}/"

    def _missing(self, claim: Any) -> list[guards.Unmet]:
        return list(workflow.unmet(workflow.get("submit"), progress.facts(claim, asker=self.current_user)))
