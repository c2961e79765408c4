"""The desk, what claims refer to: articles, sources, claimants."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.http import query, request_serializers
from api.http.base import DeskView, with_etag
from api.http.openapi_helpers import looked_up, page_of
from api.http.parsers import JSONBodyParser, MultiPartBodyParser
from api.library import response_serializers as answers
from articles.choices import CaptureMethod
from articles.models import Article, Claimant, Source
from articles.selectors import api_lists
from articles.services.articles import intake
from articles.services.evidence import captures
from articles.services.library import claimants, sources


@extend_schema(tags=["Desk: articles, sources, claimants"])
class ArticlesView(DeskView):
    """Articles."""

    parser_classes = (JSONBodyParser, MultiPartBodyParser)
    parameters = query.lookups("url", "q", "reference")

    @extend_schema(
        operation_id="desk_articles_list",
        summary="Articles, by slug",
        parameters=looked_up(parameters),
        responses=page_of(answers.ArticleAnswer),
    )
    def get(self, request: Request) -> Response:
        """A page of articles."""
        return self.page(answers.ArticleAnswer, api_lists.articles(**self.paging()))

    @extend_schema(
        operation_id="desk_articles_create",
        summary="Import an article: its text, or a file",
        description="200 with the article that is there when the same text came in before. A text at a known address "
        "that resembles the text there becomes that article's newest text; another text there is kept apart. `article` "
        "names the article of which this is a newer text. `notes` say what was left out, and what is a guess. An empty "
        "language is told from the text; `und` means that it could not be.",
        request={
            "application/json": request_serializers.ArticleText,
            "multipart/form-data": request_serializers.ArticleFile,
        },
        responses={200: answers.ArticleTaken, 201: answers.ArticleTaken},
    )
    def post(self, request: Request) -> Response:
        """201 when the text is new."""
        is_file = (request.content_type or "").startswith("multipart/")
        given = self.body(request_serializers.ArticleFile if is_file else request_serializers.ArticleText)
        how = CaptureMethod.FILE if is_file else CaptureMethod.API
        values, notes = _read(given) if is_file else (given, ())
        taken = intake.import_text(by=self.current_user, at=timezone.now(), how=how, **values)
        shown = {**answers.ArticleDetail(taken.article).data, "notes": [*notes, *taken.notes]}
        return with_etag(Response(shown, status=201 if taken.is_new_text else 200), "a", taken.article)


def _read(given: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What the file says, overruled by what was given with it; and notes on how it was read."""
    upload = given.pop("file")
    found = intake.read(upload.read(), name=upload.name)
    says: dict[str, Any] = {
        "title": found.title[:300],
        "publisher": found.publisher[:200],
        "url": found.url,
        "authors": found.authors,
        "published_on": found.published_on,
        **({"language": found.language} if found.language else {}),
    }
    values = {"body": found.body, "places": found.places, **says, **{n: v for n, v in given.items() if v}}
    return values, found.notes


@extend_schema(tags=["Desk: articles, sources, claimants"])
class ArticleView(DeskView):
    """One article."""

    @extend_schema(
        operation_id="desk_articles_read", summary="An article with its newest text", responses=answers.ArticleDetail
    )
    def get(self, request: Request, article_id: UUID) -> Response:
        """With the list of its texts."""
        article = Article.objects.get(pk=article_id)
        return with_etag(Response(answers.ArticleDetail(article).data), "a", article)

    @extend_schema(
        operation_id="desk_articles_change",
        summary="Correct what is known about an article",
        request=request_serializers.ArticleFields,
        responses=answers.ArticleDetail,
    )
    def patch(self, request: Request, article_id: UUID) -> Response:
        """Its texts never change."""
        article = Article.objects.get(pk=article_id)
        version = self.version_of("a", article)
        fields = self.body(request_serializers.ArticleFields, partial=True)
        article = intake.edit_article(article=article, by=self.current_user, version=version, **fields)
        return with_etag(Response(answers.ArticleDetail(article).data), "a", article)


@extend_schema(tags=["Desk: articles, sources, claimants"])
class SourcesView(DeskView):
    """Sources."""

    parameters = query.lookups("url", "q", "reference")

    @extend_schema(
        operation_id="desk_sources_list",
        summary="Sources, by slug",
        parameters=looked_up(parameters),
        responses=page_of(answers.SourceAnswer),
    )
    def get(self, request: Request) -> Response:
        """A page of sources."""
        return self.page(answers.SourceAnswer, api_lists.sources(**self.paging()))

    @extend_schema(
        operation_id="desk_sources_create",
        summary="Enter a source",
        request=request_serializers.SourceFields,
        responses={201: answers.SourceDetail},
    )
    def post(self, request: Request) -> Response:
        """To be linked to claims as evidence."""
        source = sources.add_source(
            by=self.current_user, at=timezone.now(), **self.body(request_serializers.SourceFields)
        )
        return with_etag(Response(answers.SourceDetail(source).data, status=201), "s", source)


@extend_schema(tags=["Desk: articles, sources, claimants"])
class SourceView(DeskView):
    """One source."""

    @extend_schema(
        operation_id="desk_sources_read", summary="A source with what was seen there", responses=answers.SourceDetail
    )
    def get(self, request: Request, source_id: UUID) -> Response:
        """With its captures."""
        source = Source.objects.get(pk=source_id)
        return with_etag(Response(answers.SourceDetail(source).data), "s", source)

    @extend_schema(
        operation_id="desk_sources_change",
        summary="Change a source",
        description="Approvals of unpublished claims that cite it become stale; records stay as they are.",
        request=request_serializers.SourceFields,
        responses=answers.SourceDetail,
    )
    def patch(self, request: Request, source_id: UUID) -> Response:
        """The fields given; the others stay."""
        source = Source.objects.get(pk=source_id)
        version = self.version_of("s", source)
        fields = self.body(request_serializers.SourceFields, partial=True)
        source = sources.edit_source(source=source, by=self.current_user, version=version, **fields)
        return with_etag(Response(answers.SourceDetail(source).data), "s", source)


@extend_schema(tags=["Desk: articles, sources, claimants"])
class CapturesView(DeskView):
    """What was seen at a source."""

    parser_classes = (JSONBodyParser, MultiPartBodyParser)

    @extend_schema(
        operation_id="desk_captures_create",
        summary="Keep what was seen at a source",
        description="Never changed afterwards. Evidence names it as its `capture`. Adding one changes nothing that is "
        "there, so no If-Match is asked for.",
        request={
            "application/json": request_serializers.CaptureFields,
            "multipart/form-data": request_serializers.CaptureFile,
        },
        responses={201: answers.CaptureAnswer},
    )
    def post(self, request: Request, source_id: UUID) -> Response:
        """An archived copy's address, a text, a file, or what is at the source's address now."""
        source = Source.objects.get(pk=source_id)
        act: dict[str, Any] = {"source": source, "by": self.current_user, "at": timezone.now()}
        if (request.content_type or "").startswith("multipart/"):
            given = self.body(request_serializers.CaptureFile)
            upload = given.pop("file")
            kept = captures.keep_file(file=captures.checked(upload.read(), name=upload.name), **act, **given)
        else:
            given = self.body(request_serializers.CaptureFields)
            fetch = given.pop("fetch", False)
            kept = captures.from_address(**act) if fetch else captures.keep_text(**act, **given)
        return with_etag(Response(answers.CaptureAnswer(kept).data, status=201), "s", source)

    def place_of(self, made: Mapping[str, Any]) -> str:
        """The source's, which shows its captures."""
        return self.request.path.removesuffix("captures/")


@extend_schema(tags=["Desk: articles, sources, claimants"])
class ClaimantsView(DeskView):
    """Claimants."""

    parameters = query.lookups("name", "q")

    @extend_schema(
        operation_id="desk_claimants_list",
        summary="Claimants, by slug",
        parameters=looked_up(parameters),
        responses=page_of(answers.ClaimantAnswer),
    )
    def get(self, request: Request) -> Response:
        """A page of claimants."""
        return self.page(answers.ClaimantAnswer, api_lists.claimants(**self.paging()))

    @extend_schema(
        operation_id="desk_claimants_create",
        summary="Enter a claimant",
        request=request_serializers.ClaimantFields,
        responses={201: answers.ClaimantAnswer},
    )
    def post(self, request: Request) -> Response:
        """To be named by claims."""
        claimant = claimants.add_claimant(
            by=self.current_user, at=timezone.now(), **self.body(request_serializers.ClaimantFields)
        )
        return with_etag(Response(answers.ClaimantAnswer(claimant).data, status=201), "p", claimant)


@extend_schema(tags=["Desk: articles, sources, claimants"])
class ClaimantView(DeskView):
    """One claimant."""

    @extend_schema(operation_id="desk_claimants_read", summary="A claimant", responses=answers.ClaimantAnswer)
    def get(self, request: Request, claimant_id: UUID) -> Response:
        """As the desk has them now."""
        claimant = Claimant.objects.get(pk=claimant_id)
        return with_etag(Response(answers.ClaimantAnswer(claimant).data), "p", claimant)

    @extend_schema(
        operation_id="desk_claimants_change",
        summary="Change a claimant",
        description="Approvals of unpublished claims that name them become stale; records stay as they are.",
        request=request_serializers.ClaimantFields,
        responses=answers.ClaimantAnswer,
    )
    def patch(self, request: Request, claimant_id: UUID) -> Response:
        """The fields given; the others stay."""
        claimant = Claimant.objects.get(pk=claimant_id)
        version = self.version_of("p", claimant)
        fields = self.body(request_serializers.ClaimantFields, partial=True)
        claimant = claimants.edit_claimant(claimant=claimant, by=self.current_user, version=version, **fields)
        return with_etag(Response(answers.ClaimantAnswer(claimant).data), "p", claimant)
