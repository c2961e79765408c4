"""What the desk takes: the bodies of requests. The last word on values has the service."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from accounts.models import User
from api.http.fields import Choice, Flag, FormInexactDay, InexactDay, Named, RowById, Whole, Words
from articles.attribution import Attribution
from articles.choices import ClaimantKind, OriginKind, RelationKind, ReplyMeans, Severity, SourceKind
from articles.evidence_fields import FIELDS, EvidenceField, Kind
from articles.models import Article, Capture, Claim, Claimant, Evidence, Rating, Source
from articles.models.claim import (
    MAX_AUTHORS,
    MAX_HEADLINE,
    MAX_KEY_POINT,
    MAX_KEY_POINTS,
    MAX_UNKNOWN,
    MAX_UNKNOWNS,
)


class StrictSerializer(serializers.Serializer[Any]):
    """A JSON object whose every name is known."""

    def to_internal_value(self, data: Any) -> Any:
        """Refuse what is no object and names that nobody reads."""
        if not isinstance(data, Mapping):
            raise ValidationError(
                {"non_field_errors": [ErrorDetail("The body has to be a JSON object.", code="not_an_object")]}
            )
        if unknown := [name for name in data if name not in self.fields]:
            text = ErrorDetail(f"There is no such field. Possible here: {', '.join(self.fields)}.", "unknown_field")
            raise ValidationError({name: [text] for name in unknown})
        return super().to_internal_value(data)


def _text(limit: int | None = None, *, required: bool = False, **options: Any) -> Words:
    return Words(max_length=limit, required=required, allow_blank=not required, **options)


def _day() -> serializers.DateField:
    return serializers.DateField(required=False, allow_null=True)


def _inexact() -> InexactDay:
    return InexactDay(required=False, allow_null=True, help_text="A day, a month or a year: not in the future.")


def _confirm() -> Flag:
    return Flag(required=False, help_text="A date before 1800 is right: without this it is refused.")


def row_field(model: Any, *, required: bool = True) -> Any:
    """A row of ``model`` by its id; null where it is not required."""
    return RowById(
        queryset=model.objects.all(), pk_field=serializers.UUIDField(), required=required, allow_null=not required
    )


def _texts(limit: int, *, most: int = 50, **options: Any) -> serializers.ListField:
    return serializers.ListField(child=Words(max_length=limit), required=False, max_length=most, **options)


def _colleague(**options: Any) -> Named:
    return Named(slug_field="username", queryset=User.objects.filter(is_active=True, is_staff=True), **options)


def _reference() -> Words:
    return _text(120, help_text="Your own identifier for this. No other row of the kind may have it. Never public.")


def _described(field: EvidenceField) -> serializers.Field[Any, Any, Any, Any]:
    """The field of a request for a field of evidence."""
    column: Any = Evidence._meta.get_field(field.name)
    if field.kind == Kind.CHOICE:
        return Choice(column.choices, required=not column.blank, allow_blank=column.blank)
    if field.kind == Kind.DAY:
        return _day()
    options: dict[str, Any] = {"help_text": "http:// or https://"} if field.kind == Kind.ADDRESS else {}
    return _text(column.max_length, **options)


class ArticleFields(StrictSerializer):
    """What is known about an article."""

    title = _text(300, required=True)
    publisher = _text(200)
    url = _text(2000, help_text="http:// or https://")
    authors = _texts(120)
    published_on = _inexact()
    confirm_old_date = _confirm()
    language = Words(max_length=16, required=False, help_text="A language tag such as en, az or pt-BR.")
    reference = _reference()


class _NewText(ArticleFields):
    """Which article a text belongs to, where the sender knows."""

    article = row_field(Article, required=False)
    is_another_article = Flag(
        required=False, help_text="This text is none of the article that is known at its address: keep it apart."
    )


class ArticleText(_NewText):
    """An article: its text and what is known about it."""

    body = Words(trim_whitespace=False, help_text="Plain text, up to 5 MB.")


class ArticleFile(_NewText):
    """An article as a file. What is not given is taken from the file where it says so."""

    title = _text(300)
    published_on = FormInexactDay(required=False)
    file = serializers.FileField(
        allow_empty_file=True,
        help_text="Text, Markdown, HTML, .docx, .odt, .rtf, PDF, e-mail, subtitles or a timed transcript, up to 5 MB.",
    )


class ClaimFields(StrictSerializer):
    """A claim in checkable words, and who works on it until when."""

    text = _text(500, required=True, help_text="The claim in checkable words, without a verdict.")
    language = Words(max_length=16, required=False)
    claimant = row_field(Claimant, required=False)
    is_unattributed = Flag(required=False)
    claimed_on = _inexact()
    confirm_old_date = _confirm()
    topics = _texts(60)
    origin = _text(500, help_text="Where it was said, in words.")
    origin_kind = serializers.ChoiceField(OriginKind.choices, required=False, allow_blank=True)
    origin_url = _text(2000, help_text="http:// or https://. Only a speech or a message can be without an address.")
    headline = _text(MAX_HEADLINE, help_text="What the check found, as a title.")
    key_points = _texts(MAX_KEY_POINT, most=MAX_KEY_POINTS)
    unknowns = _texts(MAX_UNKNOWN, most=MAX_UNKNOWNS, help_text="What the check could not find out.")
    chosen_authors = serializers.ListField(
        child=_colleague(),
        required=False,
        max_length=MAX_AUTHORS,
        help_text="Sign-in names of the authors; with an empty list, those who wrote the verdict.",
    )
    why_chosen = _text()
    single_source_reason = _text(300)
    assignee = _colleague(required=False, allow_null=True, help_text="Sign-in name.")
    due_on = _day()
    recheck_on = _day()
    reference = _reference()


class Passage(StrictSerializer):
    """Where a claim was made."""

    article = row_field(Article)
    exact = Words(help_text="The passage, word for word. It has to be in the article's newest text once.")
    start = Whole(
        required=False, min_value=0, max_value=2**31 - 1, help_text="In code points: which one, when it is there twice."
    )


class SourceFields(StrictSerializer):
    """A source."""

    title = _text(300, required=True)
    kind = Choice(SourceKind.choices)
    publisher = _text(200)
    url = _text(2000)
    is_primary = Flag(required=False)
    published_on = _inexact()
    confirm_old_date = _confirm()
    interest_note = _text(300)
    is_confidential = Flag(required=False)
    public_description = _text(300, help_text="All that readers learn of a confidential source.")
    reference = _reference()


class CaptureFields(StrictSerializer):
    """What was seen at a source: the address of an archived copy, its text, or what is at its address now."""

    archive_url = _text(2000)
    text = _text()
    sha256 = serializers.RegexField(
        r"\A[0-9a-f]{64}\Z", required=False, help_text="Of the archived copy; that of a text is made here."
    )
    fetch = Flag(
        required=False,
        help_text="Fetch what is at the source's address and keep it as it is, with the text in it. With nothing else.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A copy that is fetched says everything itself."""
        if attrs.get("fetch") and len(attrs) > 1:
            raise ValidationError({"fetch": [ErrorDetail("Send nothing else with it.", code="not_alone")]})
        return attrs


class CaptureFile(StrictSerializer):
    """A file that shows what was seen. What it is, is read off its bytes; an image is made anew without metadata."""

    archive_url = _text(2000)
    file = serializers.FileField(allow_empty_file=True, help_text="PDF, PNG, JPEG, WebP or GIF, up to 15 MB.")


class ClaimantFields(StrictSerializer):
    """A person or organisation that makes claims."""

    name = _text(200, required=True)
    kind = Choice(
        ClaimantKind.choices,
        required=False,
        help_text="Needed for a new claimant whose name does not tell, such as a single word.",
    )
    role = _text(200)
    same_as = _texts(500)


class EvidenceChange(StrictSerializer):
    """What a source says about a claim."""

    capture: Any = serializers.PrimaryKeyRelatedField(
        queryset=Capture.objects.all(), pk_field=Whole(), required=False, allow_null=True
    )
    position = Whole(required=False, min_value=0, max_value=2**31 - 1)

    def get_fields(self) -> dict[str, Any]:
        """The fields that ``articles.evidence_fields`` describes, then those of the class."""
        return {field.name: _described(field) for field in FIELDS} | super().get_fields()


class EvidenceFields(EvidenceChange):
    """A source, linked to a claim."""

    source = row_field(Source)


class VerdictFields(StrictSerializer):
    """What was found."""

    rating = Named(
        slug_field="key", queryset=Rating.objects.current(), names_possible=True, help_text="Key of a rating in use."
    )
    summary = _text(300, help_text="In one sentence.")
    explanation_html = _text(help_text="Rich text; tags that an explanation does not need are taken out.")


class ReplyFields(StrictSerializer):
    """Who was asked, when, how, and what they answered."""

    asked = _text(200, required=True)
    asked_on = serializers.DateField()
    means = Choice(ReplyMeans.choices)
    answer = _text()
    answered_on = _day()


class RelationFields(StrictSerializer):
    """The relation of this claim to another one."""

    kind = Choice(RelationKind.choices)
    other = row_field(Claim)


class ActionFields(StrictSerializer):
    """What goes with a step."""

    comment = _text(2000, help_text="Why. Needed to send back, retract (readers see it) and drop.")
    severity = Choice(
        Severity.choices,
        required=False,
        help_text="Only with publish: makes it a correction. Required when `steps` says `needs_correction`: a changed "
        "rating is always published as a correction of severity `verdict`.",
    )
    note = _text(2000, help_text="Only with publish and a severity, and then required: what readers are told.")
    attribution = Choice(
        Attribution.choices,
        required=False,
        help_text="Only with retract: `withdrawn` (also when it is left out) or `kept`. After `withdrawn`, nothing but "
        "earlier revisions says any more who made the claim, where and in which words.",
    )
