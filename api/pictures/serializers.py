"""What is sent and answered about pictures."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from api.http.fields import Flag, Words
from api.http.request_serializers import StrictSerializer
from articles.models import LeadPicture, Picture
from articles.models.pictures.lead_picture import MAX_ALT, MAX_CREDIT, MAX_LICENCE
from articles.picture_choices import PictureFocus


class PictureFile(StrictSerializer):
    """A picture as a file. What it is, is read off its bytes."""

    file = serializers.FileField(
        allow_empty_file=True,
        help_text="JPEG, PNG, WebP, AVIF or a GIF that does not move, up to 12 MB and 40 megapixels.",
    )


class PictureAnswer(serializers.ModelSerializer[Picture]):
    """A picture that is kept. Claims and records name it by its `sha256`."""

    class Meta:
        model = Picture
        fields: Any = ("sha256", "kind", "media_type", "width", "height", "size", "created_at")
        read_only_fields = fields


class LeadPictureFields(StrictSerializer):
    """The picture of a claim, and what is said about it. What is left out becomes empty."""

    sha256 = serializers.RegexField(r"\A[0-9a-f]{64}\Z", help_text="Of a picture that was sent in before.")
    alt = Words(max_length=MAX_ALT, required=False, allow_blank=True, help_text="What it shows. Needed to submit.")
    credit = Words(max_length=MAX_CREDIT, required=False, allow_blank=True, help_text="Who made it. Needed to approve.")
    licence = Words(
        max_length=MAX_LICENCE, required=False, allow_blank=True, help_text="On what terms. Needed to approve."
    )
    focus = serializers.ChoiceField(
        PictureFocus.choices, required=False, allow_blank=True, help_text="What stays visible where it is cropped."
    )
    is_stamped = Flag(required=False, help_text="The page puts the verdict on it: for a screenshot of the claim.")

    def validate_sha256(self, value: str) -> Picture:
        """The picture. Raises ``ValidationError`` where there is none."""
        found: Picture | None = Picture.objects.filter(sha256=value).first()
        if found is None:
            raise ValidationError([ErrorDetail("There is no such picture. Send it in first.", code="does_not_exist")])
        return found


class LeadPictureAnswer(serializers.ModelSerializer[LeadPicture]):
    """The picture of a claim."""

    picture = PictureAnswer(read_only=True)
    focus = serializers.CharField(
        read_only=True,
        help_text="top, bottom, left, right, or two of them such as top-left; empty: the middle; whole: all of it.",
    )

    class Meta:
        model = LeadPicture
        fields: Any = ("picture", "alt", "credit", "licence", "focus", "is_stamped")
        read_only_fields = fields
