"""A claim's picture on pages of the desk, published or not."""

from typing import Any

from django.urls import reverse

from articles.models import Claim, Picture
from articles.selectors.log import lead_pictures
from lib.pictures import widths

#: In a panel, in pixels.
_PREVIEW = 640


def address(picture: Picture, *, at_most: int = _PREVIEW) -> str:
    """The address of a picture in a size that suits a panel, for people of the desk alone."""
    sizes = widths(picture.width)
    width = max((size for size in sizes if size <= at_most), default=sizes[0])
    return reverse("admin:pictures_file", args=[picture.sha256, width, "jpg"])


def context(claim: Claim) -> dict[str, Any]:
    """The picture that leads a claim, as templates draw it, and a map's places. No statement where it is loaded."""
    lead = lead_pictures.lead_picture(claim)
    return {
        "lead_picture": lead,
        "picture_preview": address(lead.picture) if lead else "",
        "map_places": lead_pictures.places(lead.picture) if lead else [],
    }
