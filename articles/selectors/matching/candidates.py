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

    @property
    def stage_label(self) -> str:
        """The stage in words."""
        return str(Stage(self.stage).label)


def similar_claims(
    *, text: str, language: str, limit: int = 5, among: Among = "both", exclude: Sequence[UUID] = ()
) -> list[Candidate]:
    """Claims similar to ``text``, best first, in three queries. Raises ``ValidationError`` as ``matching.similar``."""
    found = bm25.similar(text=text, language=language, limit=limit, among=among, exclude=exclude)
    return _candidates(found, _known(found))


def precedents(claim: Claim, *, limit: int = 5) -> list[Candidate]:
    """How similar published claims were rated: those not retracted, most similar first."""
    found = _published_like(claim, limit)
    return _rated(_candidates(found, _known(found)), limit)


def beside(claim: Claim, *, limit: int = 5) -> tuple[list[Candidate], list[Candidate]]:
    """Claims like ``claim``, and its precedents, in four queries. Raises ``ValidationError``."""
    like = bm25.similar(text=claim.text, language=claim.language, limit=limit, exclude=[claim.pk])
    published = _published_like(claim, limit)
    known = _known([*like, *published])
    return _candidates(like, known), _rated(_candidates(published, known), limit)


def _published_like(claim: Claim, limit: int) -> list[Match]:
    """More than are shown, because retracted ones are left out."""
    return bm25.similar(
        text=claim.text, language=claim.language, limit=2 * limit, among="published", exclude=[claim.pk]
    )


def _rated(found: list[Candidate], limit: int) -> list[Candidate]:
    return [candidate for candidate in found if candidate.rating_label][:limit]


def _known(found: list[Match]) -> Known:
    """The claims that were found, and what readers have of them."""
    ids = [match.claim_id for match in found]
    if not ids:
        return {}
    faces = PublishedClaim.objects.in_bulk(ids)
    return {claim.pk: (claim, faces.get(claim.pk)) for claim in admin_lists.claims().filter(pk__in=ids)}


def _candidates(found: list[Match], known: Known) -> list[Candidate]:
    return [_told(match, *known[match.claim_id]) for match in found if match.claim_id in known]


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
