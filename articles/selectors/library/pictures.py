"""Pictures as the desk chooses and sees them, published or not."""

from django.db.models import QuerySet

from articles.models import Capture, Claim, MapOutline, Picture, PictureVariant
from articles.picture_choices import IMAGES


def recent() -> QuerySet[Picture]:
    """All pictures, newest first."""
    return Picture.objects.select_related("created_by").order_by("-id")


def image_captures(claim: Claim) -> QuerySet[Capture]:
    """The kept copies of what a claim cites that are images, newest first; none of a confidential source."""
    cited = claim.evidence.filter(source__is_confidential=False).values("source_id")
    rows = Capture.objects.filter(source__in=cited, attachment__media_type__in=IMAGES)
    return rows.select_related("source", "attachment").defer("text", "attachment__content").order_by("-captured_at")


def map_outlines() -> QuerySet[MapOutline]:
    """The outlines that maps can be drawn on, by name. Of several under the same name, the newest."""
    newest = MapOutline.objects.order_by("name", "-id").distinct("name").values("id")
    return MapOutline.objects.filter(id__in=newest).order_by("name")


def variant(sha256: str, *, width: int, ending: str) -> bytes | None:
    """The bytes of a picture in one size and format; None where there is none."""
    found = PictureVariant.objects.filter(picture__sha256=sha256, width=width, format=ending)
    content = found.values_list("content", flat=True).first()
    return None if content is None else bytes(content)
