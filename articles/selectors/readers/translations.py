"""A published claim beside the same claim in other languages, in one statement."""

from dataclasses import dataclass

from articles.models import PublishedClaim
from articles.selectors.readers import published


@dataclass(frozen=True, slots=True)
class TranslatedClaim:
    """The newest record of a claim in one language, as far as its other languages speak of it.

    ``at`` is when that record was published, ``corrected_at`` when the claim was last corrected, both in ISO 8601.
    """

    claim_id: str
    slug: str
    language: str
    revision: int
    at: str
    corrected_at: str | None
    is_original: bool
    is_retracted: bool

    @property
    def name(self) -> str:
        """What a page that shows this is named by."""
        return f"{self.claim_id}/{self.revision}"


def claim(slug: str) -> tuple[PublishedClaim, list[TranslatedClaim]]:
    """The claim with its newest record, and the other languages it is published in, the original first.

    A retracted translation is not among them; a retracted original is. Raises ``PublishedClaim.DoesNotExist``.
    """
    row, faces = published.claim_with(_FACES, slug=slug)
    return row, sorted(
        (TranslatedClaim(**face) for face in faces or ()), key=lambda face: (not face.is_original, face.language)
    )


_FACES = """
(SELECT jsonb_agg(jsonb_build_object(
    'claim_id', o.claim_id, 'slug', o.slug, 'language', o.language, 'revision', o.revision,
    'at', o.published_at, 'corrected_at', o.corrected_at,
    'is_original', o.original_id IS NULL, 'is_retracted', o.is_retracted))
 FROM articles_publishedclaim o
 WHERE o.claim_id <> c.claim_id AND (
    o.claim_id = coalesce(c.original_id, c.claim_id)
    OR o.original_id = coalesce(c.original_id, c.claim_id) AND NOT o.is_retracted))
"""
