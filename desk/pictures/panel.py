"""The picture's part of the claim page."""

from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse

from articles import rules
from articles.models import Capture, Claim, LeadPicture
from articles.selectors.log import lead_pictures
from desk.claims import picture_previews
from desk.pictures.forms import LICENCES, PictureDetailsForm


def context(claim: Claim, *, may_save: bool) -> dict[str, Any]:
    """What the part draws, for somebody who may change claims or only look at them."""
    may_edit = may_save and rules.is_editable(claim)
    lead = lead_pictures.lead_picture(claim)
    return {
        **picture_previews.context(claim),
        "picture_form": PictureDetailsForm(instance=lead) if lead and may_edit else None,
        "picture_page": reverse("admin:articles_claim_picture", args=[claim.pk]),
        "picture_endpoint": reverse("admin:articles_claim_picture_act", args=[claim.pk]),
        "picture_licences": LICENCES,
        "picture_bytes": settings.PICTURE_MAX_BYTES,
        "picture_copies": partial(image_copies, claim),
        "may_edit_picture": may_edit,
        "needs_picture_words": bool(lead and not (lead.alt and lead.credit and lead.licence)),
        **counted(lead),
    }


def image_copies(claim: Claim) -> list[Capture]:
    """The copies that pieces of evidence name and that can be its picture, each once. Where evidence is loaded, no
    statement."""
    found: dict[int, Capture] = {}
    for row in claim.evidence.all():
        if row.capture and row.capture.is_image and not row.source.is_confidential:
            found[row.capture.pk] = row.capture
    return list(found.values())


def counted(lead: LeadPicture | None) -> dict[str, Any]:
    """How many characters the alt text may have."""
    return {"alt_limit": LeadPicture._meta.get_field("alt").max_length}
