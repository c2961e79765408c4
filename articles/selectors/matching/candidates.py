"""Claims like a text, with what the desk wants to know of them: stage, rating, and why they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from articles.choices import Stage
from articles.models import Claim, PublishedClaim
from articles.selectors import admin_lists
from articles.selectors.matching import matches
from articles.selectors.matching.findings import Finding

#: A search for a claim finds so many times what is shown, because its precedents are chosen among the same findings.
SEARCHED = 4
Known = dict[UUID, tuple[Claim, PublishedClaim | None]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that may say the same. Text and rating are the readers' where ``is_public``, else the desk's own.

    ``rating_label`` is empty without a verdict; of a claim that is not public it is what is proposed.
    """

    claim_id: UUID
    version: int
    text: str
    language: str
    stage: str
    claimant: str
    rating_label: str
    rating_tone: str
    checked_on: date | None
    is_public: bool
    is_retracted: bool
    slug: str
    common: list[str]
    figures: list[str]
    is_same: bool
    is_same_claimant: bool
    is_sibling: bool
    confidence: float

    @property
    def stage_label(self) -> str:
        """The stage in words."""
        return str(Stage(self.stage).label)


def similar_claims(
    *,
    text: str,
    language: str,
    limit: int = 5,
    claimant: str = "",
    context: str = "",
    exclude: Sequence[UUID] = (),
    siblings_of: UUID | None = None,
) -> list[Candidate]:
    """Claims similar to ``text``: those that probably say the same, then those about the same; each best first.

    Raises ``ValidationError`` as ``matches.find_matches``, which explains the arguments.
    """
    found = matches.find_matches(
        text=text,
        language=language,
        limit=limit,
        claimant=claimant,
        context=context,
        exclude=exclude,
        siblings_of=siblings_of,
    )
    return _candidates([*found.same, *found.related])


def precedents(claim: Claim, *, limit: int = 5) -> list[Candidate]:
    """How similar published claims were rated: those not retracted, most similar first."""
    return beside(claim, limit=limit)[1]


def beside(claim: Claim, *, limit: int = 5) -> tuple[list[Candidate], list[Candidate]]:
    """Claims like ``claim`` in other articles, and its precedents in any, by one search. Raises ``ValidationError``."""
    found = matches.find_matches(
        text=claim.text,
        language=claim.language,
        limit=SEARCHED * limit,
        claimant=claim.claimant.name if claim.claimant else "",
        siblings_of=claim.pk,
        with_siblings=True,
    )
    ranked = _candidates(found.ranked)
    others = [candidate for candidate in ranked if not candidate.is_sibling][:limit]
    rated = [candidate for candidate in ranked if candidate.is_public and candidate.rating_label][:limit]
    return sorted(others, key=lambda candidate: not candidate.is_same), rated


def _known(found: list[Finding]) -> Known:
    """The claims that were found, and what readers have of them."""
    ids = [finding.claim_id for finding in found]
    if not ids:
        return {}
    faces = PublishedClaim.objects.in_bulk(ids)
    return {claim.pk: (claim, faces.get(claim.pk)) for claim in admin_lists.claims().filter(pk__in=ids)}


def _candidates(found: list[Finding]) -> list[Candidate]:
    known = _known(found)
    return [_candidate(finding, *known[finding.claim_id]) for finding in found if finding.claim_id in known]


def _candidate(found: Finding, claim: Claim, face: PublishedClaim | None) -> Candidate:
    return Candidate(
        claim_id=found.claim_id,
        version=claim.version,
        text=face.text if face else claim.text,
        language=face.language if face else claim.language,
        stage=claim.stage,
        claimant=claim.claimant.name if claim.claimant else "",
        rating_label=(face.rating_label if face else claim.rating_label) or "",  # type: ignore[attr-defined]
        rating_tone=(face.rating_tone if face else claim.rating_tone) or "",  # type: ignore[attr-defined]
        checked_on=face.checked_on if face else None,
        is_public=face is not None,
        is_retracted=face is not None and face.is_retracted,
        slug=face.slug if face else "",
        common=found.common,
        figures=found.figures,
        is_same=found.is_same,
        is_same_claimant=found.is_same_claimant,
        is_sibling=found.is_sibling,
        confidence=found.confidence,
    )
