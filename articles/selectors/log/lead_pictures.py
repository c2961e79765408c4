"""The picture that leads a claim, and what a record says of it."""

from typing import Any

from articles.models import Claim, LeadPicture

Document = dict[str, Any]


def lead_picture(claim: Claim) -> LeadPicture | None:
    """The picture that leads the claim, with the file it shows, if there is one. No statement where it is loaded."""
    if Claim._meta.get_field("lead_picture").is_cached(claim):
        return getattr(claim, "lead_picture", None)
    return LeadPicture.objects.with_picture().filter(claim_id=claim.pk).first()


def lead_image(claim: Claim) -> Document:
    """The key of a record for the picture; nothing for a claim without one, which keeps the hash it was approved under.

    Readers find the picture by its hash. What is not set has no key.
    """
    lead = lead_picture(claim)
    if lead is None:
        return {}
    known = {"focus": lead.focus, "stamped": lead.is_stamped}
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
