"""What an import of a whole claim takes and answers."""

from typing import Any

from rest_framework import serializers

from api.claims.response_serializers import UnmetAnswer
from api.http.fields import Choice, Flag, Words
from api.http.request_serializers import (
    ArticleText,
    ClaimantFields,
    ClaimFields,
    EvidenceChange,
    SourceFields,
    StrictSerializer,
    VerdictFields,
    row_field,
)
from articles.choices import SourceKind
from articles.models import Article, Claimant, Source


class ImportedArticle(ArticleText):
    """An article: an `id` alone, the `url` of a known one, or a text with what is known about it."""

    id = row_field(Article, required=False)
    title = Words(max_length=300, required=False, allow_blank=True)
    body = Words(trim_whitespace=False, required=False)


class ImportedClaimant(ClaimantFields):
    """A claimant: an `id` alone, or a `name`. A name that is known is not entered twice."""

    id = row_field(Claimant, required=False)
    name = Words(max_length=200, required=False, allow_blank=True)


class ImportedClaim(ClaimFields):
    """The claim in checkable words."""

    claimant: Any = ImportedClaimant(required=False, allow_null=True)


class ImportedPassage(StrictSerializer):
    """Where the article says it."""

    exact = Words(help_text="The passage, word for word.")
    start = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1)


class ImportedSource(SourceFields):
    """A source: an `id` alone, or its columns. One that is known at this `url` is used as it is."""

    id = row_field(Source, required=False)
    title = Words(max_length=300, required=False, allow_blank=True)
    kind = Choice(SourceKind.choices, required=False)


class ImportedEvidence(EvidenceChange):
    """What a source says about the claim."""

    source: Any = ImportedSource()


class ClaimImport(StrictSerializer):
    """A claim with everything that belongs to it."""

    claim = ImportedClaim()
    article = ImportedArticle(required=False)
    passage = ImportedPassage(required=False)
    evidence = ImportedEvidence(many=True, required=False, max_length=50)  # type: ignore[call-arg]
    verdict = VerdictFields(required=False)
    submit = Flag(required=False, help_text="Start the check and submit it to a second person in the same act.")


class ImportAnswer(serializers.Serializer[Any]):
    """The ids of what is there now, and what the claim lacks before it can be submitted."""

    claim = serializers.UUIDField(source="claim.pk")
    stage = serializers.CharField(source="claim.stage")
    version = serializers.IntegerField(source="claim.version")
    claimant = serializers.UUIDField(source="claim.claimant_id", allow_null=True)
    article = serializers.UUIDField(source="article.pk", allow_null=True, default=None)
    sources = serializers.ListField(child=serializers.UUIDField(), help_text="In the order of the evidence.")
    evidence = serializers.ListField(child=serializers.IntegerField())
    notes = serializers.ListField(child=serializers.CharField(), help_text="What was known, and what is a guess.")
    missing = UnmetAnswer(many=True, help_text="What it lacks before it can be submitted. Empty once it is.")
