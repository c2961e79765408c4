"""The keys of a record for what not every check has: its headline, key points, what is not known, its people."""

from typing import Any, Final

from articles.models.claim import MAX_HEADLINE, MAX_KEY_POINTS, MAX_UNKNOWNS

_LEFT_OUT = "Left out when there is none, in retractions, and in records from before there was this key."
_TEXT: Final = {"type": "string"}
_PEOPLE: Final = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["name", "line"],
        "properties": {
            "name": _TEXT,
            "line": _TEXT | {"description": "A few words about the person; can be empty."},
        },
    },
}
KEYS: Final[dict[str, dict[str, Any]]] = {
    "headline": {
        "type": "string",
        "maxLength": MAX_HEADLINE,
        "description": f"What the check found, as a title. {_LEFT_OUT} Then show the statement in quotation marks.",
    },
    "key_points": {
        "type": "array",
        "items": _TEXT,
        "maxItems": MAX_KEY_POINTS,
        "description": f"What readers should remember. {_LEFT_OUT}",
    },
    "unknowns": {
        "type": "array",
        "items": _TEXT,
        "maxItems": MAX_UNKNOWNS,
        "description": f"What the check could not find out. {_LEFT_OUT}",
    },
    "authors": _PEOPLE | {"description": f"Who wrote the check: people who chose a public name. {_LEFT_OUT}"},
    "checked_by": _PEOPLE | {"description": f"Who approved this version: people who chose a public name. {_LEFT_OUT}"},
}
