"""What an approval covers: the hash it is bound to, and whether it still holds."""

from collections.abc import Mapping
from typing import Any, Final

from articles.models import Claim, Verdict
from articles.selectors.log import record_content
from articles.selectors.log.record_content import Document
from lib.transparency import canonical_json

#: Keys that earlier versions hashed even without a value. The list never changes.
_ALWAYS_THERE: Final = frozenset(
    {
        *("claim", "single_source_reason", "origin", "appearances", "verdict", "evidence", "replies", "relations"),
        *("id", "slug", "url", "text", "language", "claimed_on", "claimant", "topics"),
        *("name", "kind", "role", "same_as"),
        *("article", "quote", "position", "title", "publisher", "published_on", "authors", "exact", "prefix", "suffix"),
        *("start", "end", "rating", "key", "label", "definition", "value", "best", "worst", "tone", "summary"),
        *("explanation_html", "stance", "locator", "note", "source", "confidential", "description", "primary"),
        *("interest", "archived", "sha256", "at", "asked", "asked_on", "means", "answer", "answered_on"),
        *("revision", "alt", "credit", "licence", "width", "height"),
    }
)


def sha256(claim: Claim) -> str:
    """The hash that an approval or a reading of the present content is bound to, in hexadecimal."""
    return sha256_of(record_content.content(claim))


def sha256_of(content: Document) -> str:
    """The same, of what ``record_content.content`` returned.

    What has no value does not count, so a key that an upgrade adds leaves approvals as they are until somebody fills
    it. Neither does the site's own address, which is no content.
    """
    return _sha256(_with_values(content | {"claim": {**content["claim"], "url": None}}))


def accepted(claim: Claim) -> tuple[str, str]:
    """Each hash that stands for the present content: the one of now, and the one that earlier versions took."""
    content = record_content.content(claim)
    return sha256_of(content), earlier_sha256_of(content)


def is_approved(claim: Claim, verdict: Verdict | None) -> bool:
    """Whether ``verdict``, the current one, was approved with the content that ``claim`` has now."""
    return verdict is not None and verdict.approved_sha256 != "" and verdict.approved_sha256 in accepted(claim)


def earlier_sha256_of(content: Document) -> str:
    """The hash that earlier versions took: with keys that have no value, and with the site's address."""
    return _sha256(_with_values(content, kept=_ALWAYS_THERE))


def _sha256(document: Document) -> str:
    return canonical_json.sha256(canonical_json.canonical(document)).hex()


def _with_values(value: Any, *, kept: frozenset[str] = frozenset()) -> Any:
    """``value`` without keys, at any depth, whose value is empty, null or false. Keys that are ``kept`` stay."""
    if isinstance(value, list):
        return [_with_values(item, kept=kept) for item in value]
    if not isinstance(value, Mapping):
        return value
    found = {name: _with_values(item, kept=kept) for name, item in value.items()}
    return {name: item for name, item in found.items() if name in kept or not _is_nothing(item)}


def _is_nothing(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})
