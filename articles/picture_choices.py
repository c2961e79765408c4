"""Closed lists of words about pictures."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from articles.choices import MediaType

#: Kinds of kept files that can be a picture.
IMAGES: Final = (MediaType.PNG, MediaType.JPEG, MediaType.WEBP, MediaType.GIF)


class PictureKind(TextChoices):
    """How a picture came to be here."""

    UPLOADED = "uploaded", _("Uploaded")
    DRAWN = "drawn", _("Chart drawn here")
    MAP = "map", _("Map drawn here")
    CAPTURED = "captured", _("Screenshot from a kept copy")


class PictureType(TextChoices):
    """In what a picture is kept."""

    PNG = "image/png", "PNG image"
    JPEG = "image/jpeg", "JPEG image"


class PictureFormat(TextChoices):
    """In what a page shows a picture; the ending of its address."""

    AVIF = "avif", "AVIF"
    WEBP = "webp", _("WebP")
    JPG = "jpg", "JPEG"


class PictureFocus(TextChoices):
    """The part of a picture that stays visible where it is cropped; without one, its middle."""

    WHOLE = "whole", _("All of it: never cropped")
    TOP = "top", _("Top")
    BOTTOM = "bottom", _("Bottom")
    LEFT = "left", _("Left")
    RIGHT = "right", _("Right")
    TOP_LEFT = "top-left", _("Top left")
    TOP_RIGHT = "top-right", _("Top right")
    BOTTOM_LEFT = "bottom-left", _("Bottom left")
    BOTTOM_RIGHT = "bottom-right", _("Bottom right")
