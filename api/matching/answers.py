"""From findings to an answer: claims with their verdicts, in two groups."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from articles.models import PublishedClaim
from articles.selectors.matching.findings import Finding, Findings
from articles.selectors.readers import by_address, published
from articles.selectors.readers.matching import find_matches

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Match:
    """A claim that was found, and why."""

    claim_id: UUID
    score: float
    confidence: float
    why: Document


def answer(questions: Iterable[Mapping[str, Any]]) -> list[Document]:
    """The answer to each question, in order. The records of all are read at once.

    A claim that is retracted is left out, also one that is retracted while this runs.
    """
    found = [_of_address(asked) if "url" in asked else _of_text(asked) for asked in questions]
    ids = {match.claim_id for _, same, related in found for match in (*same, *related)}
    claims = published.standing_claims(ids)
    return [
        {
            "same": _shown("same", same, claims),
            "related": _shown("related", related, claims),
            "address_of": place,
        }
        for place, same, related in found
    ]


def encoded(document: Document) -> bytes:
    """JSON in UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _of_text(asked: Mapping[str, Any]) -> tuple[str | None, list[_Match], list[_Match]]:
    given = {name: asked[name] for name in ("text", "language", "limit", "claimant", "context") if name in asked}
    found: Findings = find_matches(**given)
    return None, [_of_finding(one) for one in found.same], [_of_finding(one) for one in found.related]


def _of_address(asked: Mapping[str, Any]) -> tuple[str | None, list[_Match], list[_Match]]:
    """A claim of our page, and the claims made in an article, are what was asked for; those of a source are related."""
    found = by_address.find_by_address(asked["url"], limit=asked["limit"])
    why = {"words": [], "figures": [], "is_same_claimant": False}
    matches = [_Match(row.claim_id, 1.0, 1.0, why) for row in found.claims]
    return (found.place or None), *(([], matches) if found.place == "source" else (matches, []))


def _of_finding(finding: Finding) -> _Match:
    why = {
        "words": finding.common,
        "figures": finding.figures,
        "is_same_claimant": finding.is_same_claimant,
    }
    return _Match(finding.claim_id, round(finding.score, 4), round(finding.confidence, 3), why)


def _shown(strength: str, matches: list[_Match], claims: Mapping[UUID, PublishedClaim]) -> list[Document]:
    return [
        _described(claims[match.claim_id])
        | {"strength": strength, "score": match.score, "confidence": match.confidence, "why": match.why}
        for match in matches
        if match.claim_id in claims
    ]


def _described(row: PublishedClaim) -> Document:
    document = row.record.document()
    claim, verdict = document["claim"], document["verdict"]
    return {
        "claim": {name: claim[name] for name in ("id", "slug", "url", "text", "language", "claimed_on")}
        | {"claimant": (claim["claimant"] or {}).get("name")},
        "verdict": {name: verdict[name] for name in ("rating", "summary", "checked_on")},
        "revision": document["revision"],
        "published_at": document["published_at"],
    }
