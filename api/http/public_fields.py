"""The names in what the read API gives, level by level, for ``fields=``."""

from typing import Any, Final

from api.http import field_masks
from api.http.field_masks import Tree
from articles.evidence_fields import PUBLIC


def _leaves(*names: str) -> dict[str, Any]:
    return {name: {} for name in names}


_RATING = _leaves("key", "label", "definition", "value", "best", "worst", "tone")
ARTICLE: Final[Tree] = _leaves("id", "slug", "title", "publisher", "url", "published_on", "language", "authors")
CLAIMANT: Final[Tree] = _leaves("id", "slug", "name", "kind", "role", "same_as")
SOURCE: Final[Tree] = _leaves("id", "slug", "title", "publisher", "url", "kind", "primary", "published_on", "interest")
RECORD: Final[Tree] = {
    **_leaves("schema", "seq", "kind", "revision", "single_source_reason", "first_published_at", "published_at"),
    **_leaves("salt", "recheck_on", "headline", "key_points", "unknowns"),
    "lead_image": {
        **_leaves("sha256", "alt", "credit", "licence", "width", "height", "focus", "stamped"),
        "places": _leaves("name", "latitude", "longitude", "approximate"),
    },
    "authors": _leaves("name", "line"),
    "checked_by": _leaves("name", "line"),
    "claim": {
        **_leaves("id", "slug", "url", "text", "language", "claimed_on", "topics", "origin", "origin_kind"),
        **_leaves("origin_url"),
        "claimant": CLAIMANT,
    },
    "appearances": {
        "article": ARTICLE,
        "quote": _leaves("exact", "prefix", "suffix"),
        "position": _leaves("start", "end"),
        "locator": {},
    },
    "verdict": {"rating": _RATING, **_leaves("summary", "explanation_html", "checked_on")},
    "evidence": {
        **_leaves(*(field.name for field in PUBLIC)),
        "source": {**SOURCE, **_leaves("confidential", "description")},
        "archived": _leaves("url", "sha256", "at"),
    },
    "replies": _leaves("asked", "asked_on", "means", "answer", "answered_on"),
    "relations": {"kind": {}, "claim": _leaves("id", "slug", "url", "text")},
    "corrections": _leaves("at", "severity", "note"),
    "retraction": _leaves("at", "note", "attribution"),
    "translation_of": _leaves("id", "slug", "url", "text", "language", "revision"),
    "imported": _leaves("from", "url", "first_published_at"),
}


def mask_of(known: Tree) -> Any:
    """The parser of ``fields`` for documents with the names ``known``."""

    def parse(value: str) -> Tree:
        if not value.strip():
            raise ValueError("Name at least one field, or leave this parameter out.")
        return field_masks.parse(value, known)

    return parse
