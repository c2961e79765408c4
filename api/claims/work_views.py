"""The desk, the work on a claim: comments, what it waits for, its translations.

None of these is part of the claim's content, so a comment or a dependency needs no entity tag.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.claims import work_serializers as serializers
from api.claims.desk_views import CLAIM_PAGE, detail
from api.claims.response_serializers import ClaimBrief, ClaimDetail
from api.http.base import DeskView
from api.http.openapi_helpers import page_of
from articles.models import Claim, Comment, Dependency
from articles.selectors.collaboration import activity
from articles.services import translations
from articles.services.collaboration import comments, dependencies


def _row(model: Any, claim_id: UUID, pk: int) -> Any:
    """A row of this claim, of no other."""
    return model.objects.get(pk=min(pk, 2**63 - 1), claim_id=claim_id)


def _all(answer: Any, rows: Any) -> Response:
    """All rows, on one page."""
    return Response({"results": answer(rows, many=True).data, "next": None, "previous": None})


def _comment(written: comments.Written, *, status: int = 200) -> Response:
    shown = serializers.CommentAnswer(written.comment).data
    return Response({**shown, "unknown": written.unknown}, status=status)


@extend_schema(tags=["Desk: the work on a claim"])
class CommentsView(DeskView):
    """What colleagues say about a claim. Never public."""

    @extend_schema(
        operation_id="desk_comments_list",
        summary="Its comments, in their order",
        responses=page_of(serializers.CommentAnswer),
    )
    def get(self, request: Request, claim_id: UUID) -> Response:
        """A removed comment keeps its place, without its text."""
        return _all(serializers.CommentAnswer, activity.comments(Claim.objects.get(pk=claim_id)))

    @extend_schema(
        operation_id="desk_comments_create",
        summary="Comment on a claim",
        description="`@name` addresses a colleague. Names that nobody has are in `unknown`. `parent` makes it a reply.",
        request=serializers.NewComment,
        responses={201: serializers.WrittenAnswer},
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        """The comment, and the mentioned names that are unknown."""
        given = self.body(serializers.NewComment)
        claim = Claim.objects.get(pk=claim_id)
        if "parent" in given:
            given["parent"] = _row(Comment, claim_id, given["parent"])
        return _comment(comments.write(claim=claim, by=self.current_user, at=timezone.now(), **given), status=201)


@extend_schema(tags=["Desk: the work on a claim"])
class CommentView(DeskView):
    """One comment."""

    @extend_schema(
        operation_id="desk_comments_change",
        summary="Change your own comment, within fifteen minutes",
        request=serializers.CommentFields,
        responses=serializers.WrittenAnswer,
    )
    def patch(self, request: Request, claim_id: UUID, pk: int) -> Response:
        """The comment, and the mentioned names that are unknown."""
        row = _row(Comment, claim_id, pk)
        given = self.body(serializers.CommentFields)
        return _comment(comments.reword(comment=row, by=self.current_user, at=timezone.now(), **given))

    @extend_schema(operation_id="desk_comments_delete", summary="Remove a comment", responses={204: None})
    def delete(self, request: Request, claim_id: UUID, pk: int) -> Response:
        """Its place stays, with who wrote it and when; the history keeps the text."""
        comments.remove(comment=_row(Comment, claim_id, pk), by=self.current_user, at=timezone.now())
        return Response(status=204)


@extend_schema(tags=["Desk: the work on a claim"])
class ResolutionView(DeskView):
    """Whether a comment still asks something."""

    @extend_schema(
        operation_id="desk_comments_resolve",
        summary="Resolve a comment, with its thread",
        request=None,
        responses=serializers.CommentAnswer,
    )
    def put(self, request: Request, claim_id: UUID, pk: int) -> Response:
        """The comment, resolved."""
        row = comments.resolve(comment=_row(Comment, claim_id, pk), by=self.current_user, at=timezone.now())
        return Response(serializers.CommentAnswer(row).data)

    @extend_schema(operation_id="desk_comments_reopen", summary="Reopen a thread", responses={204: None})
    def delete(self, request: Request, claim_id: UUID, pk: int) -> Response:
        """The comment asks something again."""
        comments.reopen(comment=_row(Comment, claim_id, pk), by=self.current_user)
        return Response(status=204)


@extend_schema(tags=["Desk: the work on a claim"])
class DependenciesView(DeskView):
    """What a claim waits for."""

    @extend_schema(
        operation_id="desk_dependencies_list",
        summary="What it waits for, and waited for",
        responses=page_of(serializers.DependencyAnswer),
    )
    def get(self, request: Request, claim_id: UUID) -> Response:
        """All of them, in the order in which they began."""
        claim = Claim.objects.get(pk=claim_id)
        return _all(serializers.DependencyAnswer, claim.dependencies.select_related("colleague"))

    @extend_schema(
        operation_id="desk_dependencies_create",
        summary="Note what a claim waits for",
        request=serializers.DependencyFields,
        responses={201: serializers.DependencyAnswer},
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        """A reply that was asked for is a row of `replies` instead."""
        given = self.body(serializers.DependencyFields)
        claim = Claim.objects.get(pk=claim_id)
        row = dependencies.begin(claim=claim, by=self.current_user, at=timezone.now(), **given)
        return Response(serializers.DependencyAnswer(row).data, status=201)


@extend_schema(tags=["Desk: the work on a claim"])
class DependencyView(DeskView):
    """One thing a claim waits for."""

    @extend_schema(
        operation_id="desk_dependencies_change",
        summary="Wait until another day, or end the waiting",
        request=serializers.DependencyChange,
        responses=serializers.DependencyAnswer,
    )
    def patch(self, request: Request, claim_id: UUID, pk: int) -> Response:
        """One of `until` and `outcome`."""
        row = _row(Dependency, claim_id, pk)
        given = self.body(serializers.DependencyChange)
        if "outcome" in given:
            row = dependencies.settle(dependency=row, by=self.current_user, at=timezone.now(), outcome=given["outcome"])
        else:
            row = dependencies.postpone(dependency=row, by=self.current_user, until=given["until"])
        return Response(serializers.DependencyAnswer(row).data)


@extend_schema(tags=["Desk: the work on a claim"])
class TranslationsView(DeskView):
    """A claim in other languages: each translation is a claim of its own."""

    @extend_schema(operation_id="desk_translations_list", summary="Its translations, by language", responses=CLAIM_PAGE)
    def get(self, request: Request, claim_id: UUID) -> Response:
        """All of them, in any stage."""
        claim = Claim.objects.get(pk=claim_id)
        rows = claim.translations.select_related("claimant", "assignee", "created_by").order_by("language", "pk")
        return _all(ClaimBrief, rows)

    @extend_schema(
        operation_id="desk_translations_create",
        summary="Begin a translation of a published claim",
        request=serializers.TranslationFields,
        responses={201: ClaimDetail},
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        """A draft with the original's passages, evidence and replies; notes and explanation are to be translated."""
        given = self.body(serializers.TranslationFields)
        original = Claim.objects.get(pk=claim_id)
        made = translations.begin(original=original, by=self.current_user, at=timezone.now(), **given)
        return detail(self, made.pk, status=201)

    def place_of(self, made: Mapping[str, Any]) -> str:
        """A translation is a claim."""
        return f"/api/v1/desk/claims/{made['id']}/"


@extend_schema(tags=["Desk: the work on a claim"])
class CatchUpView(DeskView):
    """A translation whose original was published again."""

    @extend_schema(
        operation_id="desk_translations_catch_up",
        summary="State that a translation has the content of its original's newest revision",
        request=None,
        responses=ClaimDetail,
    )
    def post(self, request: Request, claim_id: UUID) -> Response:
        """The translation."""
        claim = Claim.objects.get(pk=claim_id)
        version = self.version_of("c", claim)
        translations.catch_up(claim=claim, by=self.current_user, at=timezone.now(), version=version)
        return detail(self, claim_id)
