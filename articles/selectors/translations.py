"""Translations of published claims: what the desk has, and which no longer say what their original says."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from articles.choices import Stage
from articles.models import Claim, PublishedClaim, Record, Verdict
from articles.selectors.log import evidence_numbers, lead_pictures

#: Texts of fewer words may be the same in two languages: a name, a page, a figure.
_FEW_WORDS: Final = 3


def facts(claim: Claim, verdict: Verdict | None) -> dict[str, Any]:
    """What the guards of a translation look at; nothing for a claim in its own right."""
    if claim.translation_of_id is None:
        return {}
    original = PublishedClaim.objects.not_retracted().filter(claim_id=claim.translation_of_id).first()
    is_in_another_language = claim.language != Claim.objects.get(pk=claim.translation_of_id).language
    return {
        "is_translation": True,
        "original_stands": original is not None,
        "original_rating": original.rating_key if original else "",
        "is_of_newest_revision": original is not None and original.revision == claim.translated_revision,
        "is_in_another_language": is_in_another_language,
        "untranslated": _untranslated(claim, verdict, original) if original and is_in_another_language else "",
    }


def _untranslated(claim: Claim, verdict: Verdict | None, original: PublishedClaim) -> str:
    """Which texts of a translation are still word for word those of the original, in words; empty for none."""
    words = words_of(original)
    pairs = [(_("the statement"), claim.text, words.statement)]
    if verdict is not None:
        pairs += [(_("the summary"), verdict.summary, words.summary)]
        ours = evidence_numbers.numbered(claim, verdict.explanation_html)
        pairs += [(_("the explanation"), ours, words.explanation_html)]
    pairs += [(_("the headline"), claim.headline, words.headline)]
    pairs += [(_("key points"), one, one) for one in claim.key_points if one in words.key_points]
    pairs += [(_("what we don’t know"), one, one) for one in claim.unknowns if one in words.unknowns]
    pairs += [
        (_("notes about evidence"), row.note, row.note) for row in claim.evidence.all() if row.note in words.notes
    ]
    picture = lead_pictures.lead_picture(claim)
    pairs += [(_("the picture’s alt text"), picture.alt, words.alt)] if picture else []
    same = [name for name, ours, theirs in pairs if ours == theirs and len(ours.split()) >= _FEW_WORDS]
    return ", ".join(dict.fromkeys(same))


@dataclass(frozen=True, slots=True)
class Words:
    """What an original says as it is published: beside its translation."""

    language: str
    statement: str
    summary: str
    explanation_html: str
    notes: list[str]
    headline: str
    key_points: list[str]
    unknowns: list[str]
    alt: str = ""


def words_of(original: PublishedClaim) -> Words:
    """The texts that a translation of ``original`` has to say."""
    document = Record.objects.get(seq=original.record_id).document()
    said = document["verdict"] or {}
    notes = [piece["note"] for piece in document["evidence"] if piece["note"]]
    return Words(
        language=original.language,
        statement=original.text,
        summary=said.get("summary", ""),
        explanation_html=said.get("explanation_html", ""),
        notes=notes,
        headline=document.get("headline", ""),
        key_points=document.get("key_points", []),
        unknowns=document.get("unknowns", []),
        alt=(document.get("lead_image") or {}).get("alt", ""),
    )


def of(claim: Claim) -> QuerySet[Claim]:
    """The translations of a claim that were not dropped, by language."""
    return Claim.objects.filter(translation_of=claim).exclude(stage=Stage.DROPPED).order_by("language")


def behind() -> QuerySet[Claim]:
    """Translations that readers see and whose original has moved on since, or was retracted."""
    moved_on = PublishedClaim.objects.filter(claim_id=OuterRef("original_id")).filter(
        Q(is_retracted=True) | Q(revision__gt=OuterRef("translated_revision"))
    )
    faces = PublishedClaim.objects.not_retracted().filter(Exists(moved_on), original_id__isnull=False)
    return Claim.objects.filter(pk__in=faces.values("claim_id"))
