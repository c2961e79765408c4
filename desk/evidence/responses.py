"""Sources to choose from, as JSON: what was found by words, and what is known of an address."""

from typing import Any

from articles.selectors.evidence import source_search
from articles.services.evidence.linking import Suggestion
from desk.claims.evidence_cards import capture, source


def found(rows: list[Any]) -> list[dict[str, Any]]:
    """Sources that were found, with how many claims cite them and the newest copy of each."""
    return [
        {
            **source(row),
            "claims": row.claim_count,
            "capture": capture(row.newest_captures[0]) if row.newest_captures else None,
        }
        for row in rows
    ]


def suggestion(made: Suggestion) -> dict[str, Any]:
    """What is known of an address."""
    fields = {name: "" if value is None else str(value) for name, value in made.fields.items()}
    newest = source_search.captures_of(made.known).first() if made.known else None
    return {
        "known": {**source(made.known), "capture": capture(newest) if newest else None} if made.known else None,
        "fields": fields,
        "notes": list(made.notes),
    }
