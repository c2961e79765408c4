"""The desk, what hangs on a claim. The entity tag is the claim's throughout: a change of it is one of the claim."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from api.claims import response_serializers
from api.http import request_serializers
from api.http.base import DeskView, with_etag
from api.http.openapi_helpers import page_of
from articles.models import Appearance, Claim, Evidence, Relation, RightOfReply, Verdict
from articles.selectors import api_lists
from articles.selectors.log import record_content
from articles.selectors.verification import second_verdicts
from articles.services.claims import claims
from articles.services.evidence import evidence
from articles.services.verification import verdicts


class _Child(DeskView):
    """Something that hangs on a claim."""

    answer: ClassVar[type[Serializer[Any]]]
    #: What the claim calls its rows of this kind.
    name: ClassVar[str]

    def base(self, claim_id: UUID) -> dict[str, Any]:
        """What every service takes, with the claim and the version the change was made on."""
        claim = Claim.objects.get(pk=claim_id)
        return {"claim": claim, **self.act(claim)}

    def act(self, claim: Claim) -> dict[str, Any]:
        """Who, when, and on which version."""
        version = self.version_of("c", claim)
        return {"by": self.current_user, "at": timezone.now(), "version": version}

    def row(self, model: Any, claim_id: UUID, pk: int) -> Any:
        """A row of this claim, of no other."""
        return model.objects.select_related("claim").get(pk=min(pk, 2**63 - 1), claim_id=claim_id)

    def shown(self, row: Any, *, status: int = 200) -> Response:
        """The row, with the claim's new tag."""
        return with_etag(Response(self.answer(row).data, status=status), "c", row.claim)

    def all_of(self, claim_id: UUID) -> Response:
        """All rows of this kind, on one page, with the claim's tag."""
        claim = api_lists.claim(claim_id)
        rows: list[Model] = list(getattr(claim, self.name).all())
        shown = {"results": self.answer(rows, many=True).data, "next": None, "previous": None}
        return with_etag(Response(shown), "c", claim)


def _gone(claim: Claim) -> Response:
    return with_etag(Response(status=204), "c", claim)


@extend_schema(tags=["Desk: what hangs on a claim"])
class AppearancesView(_Child):
    """Where the claim was made."""

    answer, name = response_serializers.AppearanceAnswer, "appearances"

    @extend_schema(operation_id="desk_appearances_list", summary="Its passages", responses=page_of(answer))
    def get(self, request: Request, claim_id: UUID) -> Response:
        """All passages."""
        return self.all_of(claim_id)

    @extend_schema(
        operation_id="desk_appearances_create",
        summary="Mark a passage",
        request=request_serializers.Passage,
        responses={201: answer},
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Found by its quote in the article's newest text."""
        base = self.base(claim_id)
        given = self.body(request_serializers.Passage)
        version = given.pop("article").current_version()
        return self.shown(claims.mark(article_version=version, **base, **given), status=201)


@extend_schema(tags=["Desk: what hangs on a claim"])
class AppearanceView(_Child):
    """One passage."""

    @extend_schema(operation_id="desk_appearances_delete", summary="Take a passage off", responses={204: None})
    def delete(self, request: Request, claim_id: UUID, pk: int) -> Response:
        """The history keeps it."""
        row = self.row(Appearance, claim_id, pk)
        return _gone(claims.unmark(appearance=row, **self.act(row.claim)))


@extend_schema(tags=["Desk: what hangs on a claim"])
class EvidenceListView(_Child):
    """What speaks for or against the claim."""

    answer, name = response_serializers.EvidenceAnswer, "evidence"

    @extend_schema(operation_id="desk_evidence_list", summary="Its evidence, in order", responses=page_of(answer))
    def get(self, request: Request, claim_id: UUID) -> Response:
        """All evidence."""
        return self.all_of(claim_id)

    @extend_schema(
        operation_id="desk_evidence_create",
        summary="Link a source",
        request=request_serializers.EvidenceFields,
        responses={201: answer},
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Put last unless a position is given."""
        base = self.base(claim_id)
        return self.shown(evidence.add(**base, **self.body(request_serializers.EvidenceFields)), status=201)


@extend_schema(tags=["Desk: what hangs on a claim"])
class EvidenceView(_Child):
    """One piece of evidence."""

    answer = response_serializers.EvidenceAnswer

    @extend_schema(
        operation_id="desk_evidence_change",
        summary="Change a piece of evidence",
        request=request_serializers.EvidenceChange,
        responses=answer,
    )
    def patch(self, request: Request, claim_id: UUID, pk: int) -> Response:
        """The fields given; the source stays."""
        row = self.row(Evidence, claim_id, pk)
        act = self.act(row.claim)
        return self.shown(
            evidence.edit(evidence=row, **act, **self.body(request_serializers.EvidenceChange, partial=True))
        )

    @extend_schema(operation_id="desk_evidence_delete", summary="Take evidence off", responses={204: None})
    def delete(self, request: Request, claim_id: UUID, pk: int) -> Response:
        """The history keeps it."""
        row = self.row(Evidence, claim_id, pk)
        return _gone(evidence.remove(evidence=row, **self.act(row.claim)))


@extend_schema(tags=["Desk: what hangs on a claim"])
class VerdictView(_Child):
    """What was found."""

    answer = response_serializers.VerdictAnswer

    @extend_schema(operation_id="desk_verdict_read", summary="The newest verdict", responses=answer)
    def get(self, request: Request, claim_id: UUID) -> Response:
        """404 when there is none yet."""
        claim = Claim.objects.get(pk=claim_id)
        second_verdicts.check_shown(claim, self.current_user)
        verdict = record_content.current_verdict(claim)
        if verdict is None:
            raise Verdict.DoesNotExist
        return with_etag(Response(self.answer(verdict).data), "c", claim)

    @extend_schema(
        operation_id="desk_verdict_put",
        summary="Propose a verdict",
        description="A verdict that nobody approved yet is changed; an approved one is followed by a new one.",
        request=request_serializers.VerdictFields,
        responses=answer,
    )
    def put(self, request: Request, claim_id: UUID) -> Response:
        """The verdict that counts from now on."""
        base = self.base(claim_id)
        given = {"summary": "", **self.body(request_serializers.VerdictFields)}
        return self.shown(verdicts.propose_verdict(**base, **given))


@extend_schema(tags=["Desk: what hangs on a claim"])
class RepliesView(_Child):
    """The right of reply."""

    answer, name = response_serializers.ReplyAnswer, "replies"

    @extend_schema(operation_id="desk_replies_list", summary="Who was asked", responses=page_of(answer))
    def get(self, request: Request, claim_id: UUID) -> Response:
        """All of them."""
        return self.all_of(claim_id)

    @extend_schema(
        operation_id="desk_replies_create",
        summary="Note that somebody was asked",
        request=request_serializers.ReplyFields,
        responses={201: answer},
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        """With the answer, or without one yet."""
        base = self.base(claim_id)
        return self.shown(claims.record_reply(**base, **self.body(request_serializers.ReplyFields)), status=201)


@extend_schema(tags=["Desk: what hangs on a claim"])
class ReplyView(_Child):
    """One who was asked."""

    answer = response_serializers.ReplyAnswer

    @extend_schema(
        operation_id="desk_replies_change",
        summary="Add the answer, or correct the note",
        request=request_serializers.ReplyFields,
        responses=answer,
    )
    def patch(self, request: Request, claim_id: UUID, pk: int) -> Response:
        """The fields given; the others stay."""
        row = self.row(RightOfReply, claim_id, pk)
        act = self.act(row.claim)
        return self.shown(
            claims.edit_reply(reply=row, **act, **self.body(request_serializers.ReplyFields, partial=True))
        )

    @extend_schema(operation_id="desk_replies_delete", summary="Take a reply off", responses={204: None})
    def delete(self, request: Request, claim_id: UUID, pk: int) -> Response:
        """The history keeps it."""
        row = self.row(RightOfReply, claim_id, pk)
        return _gone(claims.remove_reply(reply=row, **self.act(row.claim)))


@extend_schema(tags=["Desk: what hangs on a claim"])
class RelationsView(_Child):
    """The relations of the claim to other claims."""

    answer, name = response_serializers.RelationAnswer, "relations"

    @extend_schema(operation_id="desk_relations_list", summary="Its relations", responses=page_of(answer))
    def get(self, request: Request, claim_id: UUID) -> Response:
        """All of them."""
        return self.all_of(claim_id)

    @extend_schema(
        operation_id="desk_relations_create",
        summary="State how it stands to another claim",
        request=request_serializers.RelationFields,
        responses={201: answer},
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Readers see it once both are public."""
        base = self.base(claim_id)
        return self.shown(claims.relate(**base, **self.body(request_serializers.RelationFields)), status=201)


@extend_schema(tags=["Desk: what hangs on a claim"])
class RelationView(_Child):
    """One relation."""

    @extend_schema(operation_id="desk_relations_delete", summary="Take a relation off", responses={204: None})
    def delete(self, request: Request, claim_id: UUID, pk: int) -> Response:
        """The history keeps it."""
        row = self.row(Relation, claim_id, pk)
        return _gone(claims.unrelate(relation=row, **self.act(row.claim)))
