"""What the desk answers about articles, sources and claimants."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.http.fields import InexactDay
from articles.models import Article, ArticleVersion, Attachment, Capture, Claimant, Source


class ClaimantAnswer(serializers.ModelSerializer[Claimant]):
    """A claimant. ``merged_into`` is the id of the claimant to use instead, after a merge."""

    class Meta:
        model = Claimant
        fields: Any = ("id", "slug", "name", "kind", "role", "same_as", "merged_into", "version")
        read_only_fields = fields


class SourceAnswer(serializers.ModelSerializer[Source]):
    """A source."""

    published_on = InexactDay(read_only=True, allow_null=True)

    class Meta:
        model = Source
        fields: Any = (
            "id",
            "slug",
            "title",
            "kind",
            "publisher",
            "url",
            "is_primary",
            "published_on",
            "interest_note",
            "is_confidential",
            "public_description",
            "reference",
            "merged_into",
            "version",
        )
        read_only_fields = fields


class CapturedFile(serializers.ModelSerializer[Attachment]):
    """A file that is kept; it is saved from the source's page on the desk."""

    class Meta:
        model = Attachment
        fields: Any = ("sha256", "media_type", "size")
        read_only_fields = fields


class CaptureAnswer(serializers.ModelSerializer[Capture]):
    """What was seen at a source. ``received_sha256`` is of the file as it came: an image is made anew."""

    file = CapturedFile(source="attachment", read_only=True, allow_null=True)

    class Meta:
        model = Capture
        fields: Any = (
            *("id", "archive_url", "text", "sha256", "captured_at"),
            *("file", "file_name", "fetched_from", "received_sha256"),
        )
        read_only_fields = fields


class SourceDetail(SourceAnswer):
    """A source with what was seen there, newest first."""

    captures = CaptureAnswer(many=True, read_only=True)

    class Meta(SourceAnswer.Meta):
        fields: Any = (*SourceAnswer.Meta.fields, "captures")
        read_only_fields = fields


class ArticleAnswer(serializers.ModelSerializer[Article]):
    """An article."""

    published_on = InexactDay(read_only=True, allow_null=True)

    class Meta:
        model = Article
        fields: Any = (
            *("id", "slug", "title", "publisher", "url", "authors"),
            *("published_on", "language", "reference", "version"),
        )
        read_only_fields = fields


class TextAnswer(serializers.ModelSerializer[ArticleVersion]):
    """One text of an article, without the words."""

    class Meta:
        model = ArticleVersion
        fields: Any = ("number", "sha256", "captured_at", "how", "places")
        read_only_fields = fields


class ArticleDetail(ArticleAnswer):
    """An article with its newest text."""

    body = serializers.SerializerMethodField(help_text="The newest text: what passages are looked up in.")
    texts = serializers.SerializerMethodField(help_text="All texts it has had, newest first.")

    class Meta(ArticleAnswer.Meta):
        fields: Any = (*ArticleAnswer.Meta.fields, "body", "texts")
        read_only_fields = fields

    def get_body(self, article: Article) -> str:
        """The newest text."""
        return article.current_version().body

    @extend_schema_field(TextAnswer(many=True))
    def get_texts(self, article: Article) -> Any:
        """Every text, newest first."""
        return TextAnswer(article.versions.defer("body").order_by("-number"), many=True).data


class ArticleTaken(ArticleDetail):
    """An article that came in, with notes on how it did."""

    notes = serializers.ListField(
        child=serializers.CharField(), help_text="What was left out, what is a guess, and what was decided unasked."
    )

    class Meta(ArticleDetail.Meta):
        fields: Any = (*ArticleDetail.Meta.fields, "notes")
        read_only_fields = fields
