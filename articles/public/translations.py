"""A claim's page beside the same claim in other languages: the links, and whether a translation still holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from articles.choices import RecordKind
from articles.models import PublishedClaim
from articles.selectors.public_translations import Face

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Beside:
    """What a claim's page says of its other languages.

    ``original`` and ``revision`` are of what this record translates; ``moved`` is what became of the original since:
    ``updated``, ``corrected``, ``retracted``, or nothing; ``moved_at`` when.
    """

    others: list[Face]
    original: Document | None
    revision: int
    moved: str
    moved_at: datetime | None
    newest: int


def beside(document: Document, faces: list[Face]) -> Beside:
    """The other languages of a record, from itself and from what its original is now."""
    original = document.get("translation_of")
    face = next((face for face in faces if face.is_original), None)
    moved = ""
    if original and face and face.is_retracted:
        moved = RecordKind.RETRACTED.value
    elif original and face and face.revision > original["revision"]:
        moved = RecordKind.CORRECTED.value if face.kind == RecordKind.CORRECTED else RecordKind.UPDATED.value
    return Beside(
        others=[face for face in faces if not face.is_retracted],
        original=original,
        revision=original["revision"] if original else 0,
        moved=moved,
        moved_at=datetime.fromisoformat(face.at) if face else None,
        newest=face.revision if face else 0,
    )


def paths(row: PublishedClaim, faces: list[Face]) -> dict[str, str]:
    """For each language of the site, the page of this claim whose content is in it; the original's where there is none.

    Search engines are told of these, and the language menu leads to them.
    """
    slugs = {row.language: row.slug} | {face.language: face.slug for face in faces if not face.is_retracted}
    if len(slugs) < 2:
        return {}
    original = next((face.slug for face in faces if face.is_original and not face.is_retracted), row.slug)
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = reverse("public:claim", args=[slugs.get(code, original)])
    return found
