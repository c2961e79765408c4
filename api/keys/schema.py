"""What holds for the operations about a partner's own key, for the OpenAPI document."""

from collections.abc import Callable
from typing import Any, Final

from api.http import partner_schema

PREFIX: Final = "/api/v1/key/"


def complete(path: str, method: str, operation: dict[str, Any], problem: Callable[[str], dict[str, Any]]) -> None:
    """Add to ``operation`` its problems and, where it writes, the key that makes it safe to repeat."""
    statuses = ["400", "401", "403", "406", "429"]
    if method == "post":
        statuses += ["409", "413", "415", "422"]
        partner_schema.describe_key(operation, required=False)
        headers = operation["responses"]["201"].setdefault("headers", {})
        headers["Location"] = {"schema": {"type": "string", "format": "uri"}, "required": True}
    for status in statuses:
        operation["responses"][status] = problem(status)


_TEXT: Final[dict[str, Any]] = {"type": "string"}
_MOMENT: Final[dict[str, Any]] = {"type": "string", "format": "date-time"}
_MOMENT_OR_NOT: Final[dict[str, Any]] = {"type": ["string", "null"], "format": "date-time"}
_COUNT: Final[dict[str, Any]] = {"type": "integer", "minimum": 1}
_KEY: Final[dict[str, Any]] = {
    "name": _TEXT,
    "begins_with": _TEXT | {"description": "The first characters of the key."},
    "partner": _TEXT,
    "scopes": {"type": "array", "items": _TEXT},
    "limit": {
        "type": ["object", "null"],
        "required": ["requests", "seconds"],
        "properties": {"requests": _COUNT, "seconds": _COUNT},
        "description": "So many requests in so many seconds; null when nothing is counted.",
    },
    "created_at": _MOMENT,
    "expires_at": _MOMENT_OR_NOT,
    "is_replaced": {"type": "boolean", "description": "Whether it was rotated, so that it ends at `expires_at`."},
}
_SECRET: Final[dict[str, Any]] = {
    "old_key_ends_at": _MOMENT,
    "secret": {"type": ["string", "null"]},
    "secret_note": _TEXT,
}
COMPONENTS: Final[dict[str, Any]] = {
    "Key": {"type": "object", "required": list(_KEY), "properties": _KEY},
    "KeyWithSecret": {"type": "object", "required": [*_KEY, *_SECRET], "properties": {**_KEY, **_SECRET}},
}
