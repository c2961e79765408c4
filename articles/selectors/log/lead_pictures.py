"""The picture that leads a claim, and what a record says of it."""

import re
from typing import Any, Final

from django.db import connection

from articles.models import Claim, LeadPicture, Picture

Document = dict[str, Any]
#: The address of a picture in an explanation.
_IN_TEXT: Final = re.compile(r"/pictures/([0-9a-f]{64})/")
_HOLD: Final = "SELECT sha256 FROM articles_picture WHERE sha256 = ANY(%s) AND encode(sha256(content), 'hex') = sha256"


def names(document: Document) -> list[str]:
    """The hashes of all pictures that a record names: the one that leads it, and those in its explanation."""
    lead = document.get("lead_image")
    explanation = (document.get("verdict") or {}).get("explanation_html", "")
    return list(dict.fromkeys([*([lead["sha256"]] if lead else []), *_IN_TEXT.findall(explanation)]))


def altered(hashes: list[str]) -> str | None:
    """The first of the pictures that is not kept, or whose bytes do not have its hash; None when all hold."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [hashes])
        hold = {sha256 for (sha256,) in cursor.fetchall()}
    return next((one for one in hashes if one not in hold), None)


def lead_picture(claim: Claim) -> LeadPicture | None:
    """The picture that leads the claim, with the file it shows, if there is one. No statement where it is loaded."""
    if Claim._meta.get_field("lead_picture").is_cached(claim):
        return getattr(claim, "lead_picture", None)
    return LeadPicture.objects.with_picture().filter(claim_id=claim.pk).first()


def facts(claim: Claim) -> dict[str, Any]:
    """What the guards of a picture look at."""
    lead = lead_picture(claim)
    if lead is None:
        return {}
    return {
        "has_picture": True,
        "has_picture_alt": bool(lead.alt),
        "has_picture_credit": bool(lead.credit and lead.licence),
    }


def places(picture: Picture) -> list[Document]:
    """The places of a map that was drawn here: name, latitude and longitude. Empty for any other picture."""
    found: list[Document] = (picture.figures or {}).get("places", [])
    return found


def lead_image(claim: Claim) -> Document:
    """The key of a record for the picture; nothing for a claim without one, which keeps the hash it was approved under.

    Readers find the picture by its hash. What is not set has no key.
    """
    lead = lead_picture(claim)
    if lead is None:
        return {}
    known = {"focus": lead.focus, "stamped": lead.is_stamped, "places": places(lead.picture)}
    said = {
        "sha256": lead.picture.sha256,
        "alt": lead.alt,
        "credit": lead.credit,
        "licence": lead.licence,
        "width": lead.picture.width,
        "height": lead.picture.height,
        **{name: value for name, value in known.items() if value},
    }
    return {"lead_image": said}
