"""A claim's page beside the same claim in other languages: the links, and whether a translation still holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from articles.choices import RecordKind
from articles.models import PublishedClaim
from articles.selectors.readers.translations import TranslatedClaim
from readers.http import languages

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TranslationLinks:
    """What a claim's page says of its other languages.

    ``original`` and ``revision`` are of what this record translates; ``moved`` is what became of the original since:
    ``updated``, ``corrected``, ``retracted``, or nothing; ``moved_at`` when. A correction counts for more than what was
    added after it.
    """

    others: list[TranslatedClaim]
    original: Document | None
    revision: int
    moved: str
    moved_at: datetime | None
    newest: int


def translation_links(document: Document, faces: list[TranslatedClaim]) -> TranslationLinks:
    """The other languages of a record, from itself and from what its original is now."""
    original = document.get("translation_of")
    face = next((face for face in faces if face.is_original), None)
    moved, moved_at = _moved(document, face) if original and face else ("", None)
    return TranslationLinks(
        others=[face for face in faces if not face.is_retracted],
        original=original,
        revision=original["revision"] if original else 0,
        moved=moved,
        moved_at=moved_at,
        newest=face.revision if face else 0,
    )


def _moved(document: Document, original: TranslatedClaim) -> tuple[str, datetime | None]:
    """How the original changed since this record was published, and when."""
    at = datetime.fromisoformat(original.at)
    if original.is_retracted:
        return RecordKind.RETRACTED.value, at
    if original.revision <= document["translation_of"]["revision"]:
        return "", None
    corrected_at = datetime.fromisoformat(original.corrected_at) if original.corrected_at else None
    if corrected_at and corrected_at >= datetime.fromisoformat(document["published_at"]):
        return RecordKind.CORRECTED.value, corrected_at
    return RecordKind.UPDATED.value, at


def paths(row: PublishedClaim, faces: list[TranslatedClaim]) -> dict[str, str]:
    """For each language of the site, the page of this claim whose content is in it; the original's where there is none.

    The language menu links to them.
    """
    slugs = _slugs(row, faces)
    if len(slugs) < 2:
        return {}
    original = next((face.slug for face in faces if face.is_original and not face.is_retracted), row.slug)
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = reverse("readers:claim", args=[slugs.get(code, original)])
    return found


def canonical_paths(row: PublishedClaim, faces: list[TranslatedClaim]) -> dict[str, str]:
    """The claim's page in each language it was published in, each at its canonical address, the original's first.

    Search engines are told of these. None for a claim in one language: its other pages name its own as canonical.
    """
    slugs = _slugs(row, faces)
    if len(slugs) < 2:
        return {}
    original = next((face.language for face in faces if face.is_original), row.language)
    found: dict[str, str] = {}
    for language in sorted(slugs, key=lambda tag: (tag != original, tag)):
        code = languages.closest(language)
        with override(code):
            found.setdefault(code, reverse("readers:claim", args=[slugs[language]]))
    return found


def untranslated(row: PublishedClaim, faces: list[TranslatedClaim]) -> PublishedClaim | None:
    """The claim when the page is in a language in which neither it nor a translation of it is."""
    wanted = languages.current().partition("-")[0]
    there = {tag.lower().partition("-")[0] for tag in _slugs(row, faces)}
    return None if wanted in there else row


def _slugs(row: PublishedClaim, faces: list[TranslatedClaim]) -> dict[str, str]:
    return {row.language: row.slug} | {face.language: face.slug for face in faces if not face.is_retracted}
