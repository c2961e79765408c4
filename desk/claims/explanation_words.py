"""An explanation on the desk, drawn as readers will see it."""

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
    return explanations.on_desk(numbered, claim.language)
