"""An explanation on the desk, drawn as readers will see it."""

from django.urls import reverse

from articles import explanations
from articles.models import Claim
from articles.selectors.log import evidence_numbers
from articles.services.verification import verdicts


def drawn(claim: Claim, html: str) -> str:
    """An explanation of this claim, typed or stored, with its charts and the numbers of its citations."""
    if not html:
        return ""
    cleaned = verdicts.sanitize(html)
    numbered = cleaned if claim._state.adding else evidence_numbers.numbered(claim, cleaned)
    return explanations.on_desk(numbered, claim.language, picture_base=picture_base())


def picture_base() -> str:
    """Where the desk has pictures, published or not: the address of one without its name and size."""
    name = "0" * 64
    return reverse("admin:pictures_file", args=[name, 1, "jpg"]).partition(name)[0]
