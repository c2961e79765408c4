"""Claims like a text, with what the desk wants to know of them: stage, rating, and why they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from articles.choices import Stage
from articles.models import Claim, PublishedClaim
from articles.selectors import admin_lists
from articles.selectors.matching import bm25
from articles.selectors.matching.bm25 import Among, Match


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

    @property
    def stage_label(self) -> str:
        """The stage in words."""
        return str(Stage(self.stage).label)


def similar_claims(
    *, text: str, language: str, limit: int = 5, among: Among = "both", exclude: Sequence[UUID] = ()
) -> list[Candidate]:
    """Claims like ``text``, most alike first, in three queries. Raises ``ValidationError`` as ``matching.similar``."""
    found = bm25.similar(text=text, language=language, limit=limit, among=among, exclude=exclude)
    ids = [match.claim_id for match in found]
    claims = {claim.pk: claim for claim in admin_lists.claims().filter(pk__in=ids)} if ids else {}
    faces = PublishedClaim.objects.in_bulk(ids) if ids else {}
    return [
        _told(match, claims[match.claim_id], faces.get(match.claim_id)) for match in found if match.claim_id in claims
    ]


def precedents(claim: Claim, *, limit: int = 5) -> list[Candidate]:
    """How published claims like ``claim`` were rated: those whose verdict stands, most alike first."""
    found = similar_claims(
        text=claim.text, language=claim.language, limit=2 * limit, among="published", exclude=[claim.pk]
    )
    return [candidate for candidate in found if candidate.rating_label][:limit]


def _told(match: Match, claim: Claim, face: PublishedClaim | None) -> Candidate:
    return Candidate(
        claim_id=match.claim_id,
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
        common=match.common,
    )
