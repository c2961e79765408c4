"""What the desk answers about claims and all that hangs on them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from api.http.fields import InexactDay
from articles import evidence_fields
from articles.models import (
    Appearance,
    Claim,
    Evidence,
    Relation,
    RightOfReply,
    Verdict,
)
from articles.selectors import api_lists
from articles.selectors.claims import progress
from articles.selectors.log import bylines, record_content
from articles.selectors.verification import second_verdicts
from articles.selectors.verification import sent_back as verification_sent_back

Person = serializers.SlugRelatedField[User]


def _person(*, or_nobody: bool = False) -> Person:
    return Person(slug_field="username", read_only=True, allow_null=or_nobody)


class AppearanceAnswer(serializers.ModelSerializer[Appearance]):
    """A passage in which the claim was made."""

    article = serializers.UUIDField(source="article_version.article_id", read_only=True)
    text_number = serializers.IntegerField(source="article_version.number", read_only=True)

    class Meta:
        model = Appearance
        fields: Any = ("id", "article", "text_number", "exact", "prefix", "suffix", "start", "end", "locator", "state")
        read_only_fields = fields


class EvidenceAnswer(serializers.ModelSerializer[Evidence]):
    """A source, linked to the claim."""

    source_title = serializers.CharField(source="source.title", read_only=True)

    class Meta:
        model = Evidence
        fields: Any = ("id", "source", "source_title", *evidence_fields.NAMES, "capture", "position")
        read_only_fields = fields


class VerdictAnswer(serializers.ModelSerializer[Verdict]):
    """What was found."""

    rating: Any = serializers.SlugRelatedField(slug_field="key", read_only=True)
    proposed_by = _person()
    approved_by = _person(or_nobody=True)

    class Meta:
        model = Verdict
        fields: Any = (
            "rating",
            "summary",
            "explanation_html",
            "proposed_by",
            "proposed_at",
            "approved_by",
            "approved_at",
        )
        read_only_fields = fields


class ReplyAnswer(serializers.ModelSerializer[RightOfReply]):
    """Who was asked, and what they answered."""

    class Meta:
        model = RightOfReply
        fields: Any = ("id", "asked", "asked_on", "means", "answer", "answered_on")
        read_only_fields = fields


class RelationAnswer(serializers.ModelSerializer[Relation]):
    """The relation of the claim to another one."""

    other_text = serializers.CharField(source="other.text", read_only=True)

    class Meta:
        model = Relation
        fields: Any = ("id", "kind", "other", "other_text")
        read_only_fields = fields


class UnmetAnswer(serializers.Serializer[Any]):
    """A condition that does not hold."""

    code = serializers.CharField(source="key")
    detail = serializers.CharField(source="text")
    attr = serializers.CharField(source="field")


class StepAnswer(serializers.Serializer[Any]):
    """A step that leads on from here, and what keeps you from taking it."""

    action = serializers.CharField(source="transition.key")
    label = serializers.CharField(source="transition.label")  # type: ignore[assignment]
    target = serializers.CharField(source="transition.target")
    needs_comment = serializers.BooleanField(source="transition.needs_comment")
    needs_correction = serializers.BooleanField(
        help_text="Whether it publishes another rating than readers have: send `severity` and `note`."
    )
    allowed = serializers.BooleanField(help_text="Whether you have the right.")
    ready = serializers.BooleanField(help_text="Whether it would succeed now.")
    unmet = UnmetAnswer(many=True)


class PublicState(serializers.Serializer[Any]):
    """What readers find."""

    seq = serializers.IntegerField(source="record_id")
    revision = serializers.IntegerField()
    kind = serializers.CharField(source="record.kind")
    published_at = serializers.DateTimeField()
    url = serializers.SerializerMethodField()

    def get_url(self, row: Any) -> str:
        """The claim's public page."""
        return record_content.claim_url(row.slug)


class SentBackAnswer(serializers.Serializer[Any]):
    """Who sent the claim back, and what they said is missing."""

    at = serializers.DateTimeField()
    by = serializers.CharField(source="actor.username", default=None, allow_null=True)
    reason = serializers.CharField()


class ClaimBrief(serializers.ModelSerializer[Claim]):
    """A claim in a list."""

    assignee = _person(or_nobody=True)

    class Meta:
        model = Claim
        fields: Any = (
            "id",
            "slug",
            "text",
            "language",
            "claimant",
            "stage",
            "assignee",
            "due_on",
            "recheck_on",
            "reference",
            "version",
        )
        read_only_fields = fields


class ClaimDetail(ClaimBrief):
    """A claim with all that hangs on it, and where it can go from here."""

    created_by = _person()
    sent_back = serializers.SerializerMethodField(
        help_text="Why a second person sent it back; null unless it was, and once it is submitted again."
    )
    checklist = serializers.SerializerMethodField(help_text="What it lacks before it can be approved.")
    steps = serializers.SerializerMethodField(help_text="The steps from this stage, for you.")
    claimed_on = InexactDay(read_only=True, allow_null=True)
    origin_kind = serializers.CharField(
        read_only=True,
        help_text="post, video, broadcast, speech, message, advertisement, website or other; empty when not given.",
    )
    chosen_authors = serializers.SerializerMethodField(
        help_text="Sign-in names of the authors that were chosen; empty: those who wrote the verdict."
    )
    appearances = AppearanceAnswer(many=True, read_only=True)
    evidence = EvidenceAnswer(many=True, read_only=True)
    verdict = serializers.SerializerMethodField(help_text="The newest one; null while a second one is asked of you.")
    replies = ReplyAnswer(many=True, read_only=True)
    relations = RelationAnswer(many=True, read_only=True)
    public = serializers.SerializerMethodField(help_text="What readers find now; null before the first publication.")

    class Meta(ClaimBrief.Meta):
        fields: Any = (
            *ClaimBrief.Meta.fields,
            "is_unattributed",
            "claimed_on",
            "topics",
            "origin",
            "origin_kind",
            "origin_url",
            "why_chosen",
            "single_source_reason",
            "headline",
            "key_points",
            "unknowns",
            "chosen_authors",
            "created_by",
            "created_at",
            "updated_at",
            "sent_back",
            "checklist",
            "steps",
            "appearances",
            "evidence",
            "verdict",
            "replies",
            "relations",
            "public",
        )
        read_only_fields = fields

    def to_representation(self, claim: Claim) -> Any:
        """Leave out what reveals the verdict when the reader of the answer is asked for a second one."""
        shown = super().to_representation(claim)
        if shown["verdict"] is None and self._is_hidden(claim):
            shown |= {"headline": "", "key_points": [], "unknowns": []}
        return shown

    def _is_hidden(self, claim: Claim) -> bool:
        return second_verdicts.hides(claim, self.context["asker"])

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_chosen_authors(self, claim: Claim) -> list[str]:
        """In the order in which they are named."""
        return [user.username for user in bylines.in_order(claim.chosen_authors)]

    @extend_schema_field(SentBackAnswer(allow_null=True))
    def get_sent_back(self, claim: Claim) -> Any:
        """The result of the last review, while it is valid."""
        change = verification_sent_back.sent_back_claims([claim]).get(claim.pk)
        return SentBackAnswer(change).data if change else None

    @extend_schema_field(UnmetAnswer(many=True))
    def get_checklist(self, claim: Claim) -> Any:
        """What is missing, for anybody."""
        return UnmetAnswer(progress.checklist(claim), many=True).data

    @extend_schema_field(StepAnswer(many=True))
    def get_steps(self, claim: Claim) -> Any:
        """Every step the table has from here."""
        return StepAnswer(progress.steps(claim, asker=self.context["asker"]), many=True).data

    @extend_schema_field(VerdictAnswer(allow_null=True))
    def get_verdict(self, claim: Claim) -> Any:
        """The verdict that counts."""
        if self._is_hidden(claim):
            return None
        verdict = record_content.current_verdict(claim)
        return VerdictAnswer(verdict).data if verdict else None

    @extend_schema_field(PublicState(allow_null=True))
    def get_public(self, claim: Claim) -> Any:
        """The newest record."""
        row = api_lists.public_state(claim.pk)
        return PublicState(row).data if row else None


class ChangeAnswer(serializers.Serializer[Any]):
    """One row that was added, changed or removed."""

    table = serializers.CharField()
    row = serializers.CharField()
    kind = serializers.CharField()
    before = serializers.JSONField(help_text="The whole row, or what differs.")
    after = serializers.JSONField()


class ActAnswer(serializers.Serializer[Any]):
    """What one person did at one moment."""

    at = serializers.DateTimeField(source="first.at")
    by = serializers.CharField(source="first.actor.username", default=None, allow_null=True)
    surface = serializers.CharField(source="first.surface", help_text="Through which door: admin, api, command or sql.")
    reason = serializers.CharField()
    changes = ChangeAnswer(many=True)
