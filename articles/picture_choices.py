"""Closed lists of words about pictures."""

from django.db.models import TextChoices


class PictureKind(TextChoices):
    """How a picture came to be here."""

    UPLOADED = "uploaded", "Uploaded"
    DRAWN = "drawn", "Chart drawn here"
    CAPTURED = "captured", "Screenshot from a kept copy"


class PictureType(TextChoices):
    """In what a picture is kept."""

    PNG = "image/png", "PNG image"
    JPEG = "image/jpeg", "JPEG image"


class PictureFormat(TextChoices):
    """In what a page shows a picture; the ending of its address."""

    AVIF = "avif", "AVIF"
    WEBP = "webp", "WebP"
    JPG = "jpg", "JPEG"


class PictureFocus(TextChoices):
    """The part of a picture that stays visible where it is cropped; without one, its middle."""

    TOP = "top", "Top"
    BOTTOM = "bottom", "Bottom"
    LEFT = "left", "Left"
    RIGHT = "right", "Right"
    TOP_LEFT = "top-left", "Top left"
    TOP_RIGHT = "top-right", "Top right"
    BOTTOM_LEFT = "bottom-left", "Bottom left"
    BOTTOM_RIGHT = "bottom-right", "Bottom right"
