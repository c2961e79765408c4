"""Requests and answers about the work on a claim: comments, dependencies, translations."""

from typing import Any

from rest_framework import serializers

from accounts.models import User
from api.http.fields import Choice, Named, Words
from api.http.request_serializers import StrictSerializer
from articles.choices import DependencyKind, DependencyOutcome
from articles.models import Comment, Dependency
from articles.models.comment import MAX_COMMENT


class CommentFields(StrictSerializer):
    """A comment."""

    text = Words(max_length=MAX_COMMENT, help_text="Plain text; `@name` addresses a colleague.")


class NewComment(CommentFields):
    """A comment, or a reply."""

    parent = serializers.IntegerField(  # type: ignore[assignment]
        required=False, min_value=1, max_value=2**63 - 1, help_text="The comment of this claim that it replies to."
    )


class CommentAnswer(serializers.ModelSerializer[Comment]):
    """A comment, who wrote it, and whom it addresses."""

    created_by = serializers.CharField(source="created_by.username", read_only=True)
    resolved_by = serializers.CharField(source="resolved_by.username", read_only=True, allow_null=True, default=None)
    addressed_to = serializers.SerializerMethodField()
    parent = serializers.IntegerField(  # type: ignore[assignment]
        source="parent_id",
        read_only=True,
        allow_null=True,
        help_text="The comment that began the thread; null for that comment itself. A thread is resolved as one.",
    )

    class Meta:
        model = Comment
        fields: Any = (
            "id",
            "parent",
            "text",
            "created_by",
            "created_at",
            "addressed_to",
            "edited_at",
            "removed_at",
            "resolved_at",
            "resolved_by",
        )
        read_only_fields = fields

    def get_addressed_to(self, comment: Comment) -> list[str]:
        """The sign-in names of the colleagues whom it addresses."""
        return [address.user.username for address in comment.addresses.all()]


class WrittenAnswer(CommentAnswer):
    """A comment that was just written or changed."""

    unknown = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Mentioned names that nobody on the desk has."
    )

    class Meta(CommentAnswer.Meta):
        fields: Any = (*CommentAnswer.Meta.fields, "unknown")
        read_only_fields = fields


class DependencyFields(StrictSerializer):
    """What a claim waits for, since when, until when."""

    kind = Choice(DependencyKind.choices)
    note = Words(max_length=300, required=False, help_text="What exactly.")
    colleague = Named(
        slug_field="username", queryset=User.objects.all(), required=False, help_text="For a colleague's review only."
    )
    since = serializers.DateField(required=False, help_text="Today if not given.")
    until = serializers.DateField(required=False, allow_null=True)


class DependencyChange(StrictSerializer):
    """Another day, or how the waiting ended."""

    until = serializers.DateField(required=False, allow_null=True)
    outcome = Choice(DependencyOutcome.choices, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two."""
        if len(attrs) != 1:
            raise serializers.ValidationError("Give until or outcome, one of the two.", code="required")
        return attrs


class DependencyAnswer(serializers.ModelSerializer[Dependency]):
    """What a claim waits for; ``outcome`` is empty while it waits."""

    colleague = serializers.CharField(source="colleague.username", read_only=True, allow_null=True, default=None)
    outcome = serializers.CharField(read_only=True, help_text="`received`, `abandoned`, or empty while it waits.")

    class Meta:
        model = Dependency
        fields: Any = ("id", "kind", "note", "colleague", "since", "until", "outcome", "settled_at")
        read_only_fields = fields


class TranslationFields(StrictSerializer):
    """The words of a translation."""

    language = Words(max_length=16, help_text="A language tag such as tr.")
    text = Words(max_length=500, help_text="The claim in this language.")
    summary = Words(max_length=300, help_text="The summary in this language.")
