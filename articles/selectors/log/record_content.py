"""Everything a reader would see of a claim, as the desk has it now: what is approved, and then frozen."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, cast
from urllib.parse import quote

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.timezone import localdate

from articles import evidence_fields
from articles.models import (
    Appearance,
    Claim,
    Claimant,
    Evidence,
    LeadPicture,
    PublishedClaim,
    Record,
    RightOfReply,
    Verdict,
)
from articles.selectors.log import bylines, lead_pictures
from lib.parsing.inexact_dates import InexactDate
from lib.richtext import citations

Document = dict[str, Any]
#: Keys of a record that are left out where there is nothing to say.
_OPTIONAL = ("headline", "key_points", "unknowns", "authors", "checked_by", "lead_image")


def prefetch(claim: Claim) -> None:
    """Read all that the content and the guards look at, one statement for each table, for a claim that is locked."""
    passages = Appearance.objects.select_related("article_version__article").defer("article_version__body")
    prefetch_related_objects(
        [claim],
        Prefetch("verdicts", Verdict.objects.select_related("rating", "proposed_by", "approved_by")),
        Prefetch("appearances", passages),
        Prefetch("evidence", Evidence.objects.select_related("source", "capture")),
        Prefetch("lead_picture", LeadPicture.objects.with_picture()),
        "replies",
        "relations",
    )


def current_verdict(claim: Claim) -> Verdict | None:
    """The verdict that counts: the newest one. Where ``claim.verdicts`` is prefetched, no statement is sent."""
    prefetched = getattr(claim, "_prefetched_objects_cache", {}).get("verdicts")
    if prefetched is not None:
        return max(prefetched, key=lambda verdict: verdict.pk, default=None)
    return claim.verdicts.select_related("rating", "proposed_by", "approved_by").order_by("-id").first()


def content(claim: Claim) -> Document:
    """What an approval is about: all that readers would see, minus what the log adds (number, times, kind).

    A related claim is named only: its words are its own record's, approved there.
    """
    verdict = current_verdict(claim)
    evidence = list(_rows(claim, "evidence", "source", "capture"))
    document = {
        "claim": _claim(claim),
        "single_source_reason": claim.single_source_reason,
        "origin": claim.origin,
        "appearances": [_appearance(appearance) for appearance in _appearances(claim)],
        "verdict": _verdict(verdict, [row.pk for row in evidence]) if verdict else None,
        "evidence": [_evidence(row) for row in evidence],
        "replies": [_reply(reply) for reply in claim.replies.all()],
        "relations": [{"kind": relation.kind, "claim": str(relation.other_id)} for relation in claim.relations.all()],
        **_words(claim),
        **lead_pictures.lead_image(claim),
    }
    if claim.translation_of_id:  # a key of translations alone: other claims keep the hash they were approved under
        document["translation_of"] = {"claim": str(claim.translation_of_id), "revision": claim.translated_revision}
    return document


def content_of_import(claim: Claim, verdict: Verdict, evidence: Iterable[Evidence]) -> Document:
    """``content`` of a claim from an archive, before its rows are stored: it has no passages, replies or relations."""
    return {
        "claim": _claim(claim),
        "single_source_reason": claim.single_source_reason,
        "origin": claim.origin,
        "appearances": [],
        "verdict": _verdict(verdict, []),
        "evidence": [_evidence(row) for row in evidence],
        "replies": [],
        "relations": [],
    }


def for_readers(claim: Claim) -> Document:
    """``content`` as it goes into a record: with names, the day of the check, and relations readers can follow."""
    document = content(claim)
    verdict = current_verdict(claim)
    document.pop("chosen_authors", None)
    document |= bylines.names(claim, verdict)
    if verdict and verdict.approved_at:
        document["verdict"]["checked_on"] = localdate(verdict.approved_at).isoformat()
    others = [relation["claim"] for relation in document["relations"]]
    public = {str(row.claim_id): row for row in PublishedClaim.objects.filter(claim_id__in=others)}
    document["relations"] = [
        {"kind": relation["kind"], "claim": _other(public[relation["claim"]])}
        for relation in document["relations"]
        if relation["claim"] in public
    ]
    if "translation_of" in document:
        original = PublishedClaim.objects.get(claim_id=document["translation_of"]["claim"])
        stated = _other(original) | {"language": original.language, "revision": claim.translated_revision}
        document["translation_of"] = stated
    return document


def optional(document: Document) -> Document:
    """The keys of a record for what not every check has: its headline, key points, what is not known, its people."""
    return {key: document[key] for key in _OPTIONAL if key in document}


def translation(document: Document | None) -> Document:
    """The key by which a record says what it translates; nothing for a claim in its own right."""
    return {"translation_of": document["translation_of"]} if document and "translation_of" in document else {}


def imported(document: Document | None) -> Document:
    """The key by which a record says that its claim came from an archive; nothing for all other claims."""
    return {"imported": document["imported"]} if document and "imported" in document else {}


def recheck(claim: Claim, *, at: datetime) -> Document:
    """The key by which a record published at ``at`` says on which later day the claim is due to be checked again.

    A translation says the day of its original's newest record: readers of either wait for the same check.
    """
    day = claim.recheck_on.isoformat() if claim.recheck_on else ""
    if claim.translation_of_id:
        original = Record.objects.filter(claim_id=claim.translation_of_id).order_by("-revision").first()
        day = original.document().get("recheck_on", "") if original else ""
    return {"recheck_on": day} if day > localdate(at).isoformat() else {}


def claim_url(slug: str) -> str:
    """The public address of a claim in full, as a URI (RFC 3986): letters of other scripts are percent-encoded."""
    return f"{settings.SITE_URL}/claims/{quote(slug)}/"


def _rows(claim: Claim, name: str, *related: str) -> Iterable[Any]:
    """What hangs on a claim; where it is prefetched, with all that is asked for, no statement is sent."""
    rows = getattr(claim, name)
    is_prefetched = name in getattr(claim, "_prefetched_objects_cache", {})
    return cast(Iterable[Any], rows.all() if is_prefetched else rows.select_related(*related))


def _appearances(claim: Claim) -> list[Appearance]:
    """By the day of the article (without one: last), its text, and the place in it."""

    def place(appearance: Appearance) -> tuple[bool, str, int, int]:
        day = appearance.article_version.article.published_on
        return day is None, str(day or ""), appearance.article_version_id, appearance.start

    return sorted(_rows(claim, "appearances", "article_version__article"), key=place)


def _claim(claim: Claim) -> Document:
    return {
        "id": str(claim.pk),
        "slug": claim.slug,
        "url": claim_url(claim.slug),
        "text": claim.text,
        "language": claim.language,
        "claimed_on": _day(claim.claimed_on),
        "claimant": _claimant(claim.claimant) if claim.claimant else None,
        "topics": list(claim.topics),
        **_origin(claim),
    }


def _words(claim: Claim) -> Document:
    """Keys of claims that have them alone. Names are not approved: each person decides about theirs at any time."""
    known = {
        "headline": claim.headline,
        "key_points": list(claim.key_points),
        "unknowns": list(claim.unknowns),
        "chosen_authors": [str(pk) for pk in claim.chosen_authors],
    }
    return {name: value for name, value in known.items() if value}


def _origin(claim: Claim) -> Document:
    """Keys of claims that have them alone: other claims keep the hash they were approved under."""
    known = {"origin_kind": claim.origin_kind, "origin_url": claim.origin_url}
    return {name: value for name, value in known.items() if value}


def _claimant(claimant: Claimant) -> Document:
    return {
        "id": str(claimant.pk),
        "slug": claimant.slug,
        "name": claimant.name,
        "kind": claimant.kind,
        "role": claimant.role,
        "same_as": list(claimant.same_as),
    }


def _appearance(appearance: Appearance) -> Document:
    article = appearance.article_version.article
    locator = {"locator": appearance.locator} if appearance.locator else {}
    return {
        **locator,
        "article": {
            "id": str(article.pk),
            "slug": article.slug,
            "title": article.title,
            "publisher": article.publisher,
            "url": article.url,
            "published_on": _day(article.published_on),
            "language": article.language,
            "authors": list(article.authors),
        },
        "quote": {"exact": appearance.exact, "prefix": appearance.prefix, "suffix": appearance.suffix},
        "position": {"start": appearance.start, "end": appearance.end},
    }


def _verdict(verdict: Verdict, evidence: list[int]) -> Document:
    rating = verdict.rating
    return {
        "rating": {
            "key": rating.key,
            "label": rating.label,
            "definition": rating.definition,
            "value": rating.value,
            "best": rating.best,
            "worst": rating.worst,
            "tone": rating.tone,
        },
        "summary": verdict.summary,
        "explanation_html": citations.numbered(verdict.explanation_html, evidence),
    }


def _evidence(evidence: Evidence) -> Document:
    source, capture = evidence.source, evidence.capture
    document: Document = {**evidence_fields.record_values(evidence)}
    if source.is_confidential:
        document["source"] = {"confidential": True, "description": source.public_description}
        document["archived"] = None
        return document
    document["source"] = {
        "id": str(source.pk),
        "slug": source.slug,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "kind": source.kind,
        "primary": source.is_primary,
        "published_on": _day(source.published_on),
        "interest": source.interest_note,
    }
    # A text or a file that only the desk holds says nothing to readers: they could not look it up.
    document["archived"] = (
        {"url": capture.archive_url, "sha256": capture.sha256, "at": instant(capture.captured_at)}
        if capture and capture.archive_url
        else None
    )
    return document


def _reply(reply: RightOfReply) -> Document:
    return {
        "asked": reply.asked,
        "asked_on": _day(reply.asked_on),
        "means": reply.means,
        "answer": reply.answer,
        "answered_on": _day(reply.answered_on),
    }


def _other(claim: PublishedClaim) -> Document:
    return {"id": str(claim.claim_id), "slug": claim.slug, "url": claim_url(claim.slug), "text": claim.text}


def _day(day: date | InexactDate | None) -> str | None:
    return day.isoformat() if day else None


def instant(moment: datetime) -> str:
    """A moment as records write it: UTC, whole seconds, ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
