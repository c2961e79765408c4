"""The schema of the picture in a record."""

from typing import Any, Final

_TEXT: Final = {"type": "string"}
_NUMBER: Final = {"type": "integer", "minimum": 1}
_PLACE: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["name", "latitude", "longitude"],
    "properties": {
        "name": _TEXT | {"description": "As it stands on the map."},
        "latitude": _TEXT | {"description": "Degrees north of the equator, such as `59.3293`; below zero: south."},
        "longitude": _TEXT | {"description": "Degrees east of Greenwich, such as `18.0686`; below zero: west."},
        "approximate": {
            "type": "boolean",
            "description": "True for a place that is only about there. Left out otherwise.",
        },
    },
}
LEAD_IMAGE: Final[dict[str, Any]] = {
    "type": "object",
    "description": "The picture of the check, by the SHA-256 of the image that the newsroom keeps. Its sizes are at "
    "`/pictures/<sha256>/<width>.<ending>`: avif, webp and jpg; 320, 640, 960 and 1280 pixels wide, as far as it is "
    "that wide, and a smaller picture in its own width. Left out when there is none, in retractions, and in records "
    "from before there was this key.",
    "required": ["sha256", "alt", "credit", "licence", "width", "height"],
    "properties": {
        "sha256": _TEXT,
        "alt": _TEXT,
        "credit": _TEXT,
        "licence": _TEXT,
        "width": _NUMBER,
        "height": _NUMBER,
        "focus": _TEXT
        | {"description": "The part that stays visible where it is cropped, such as `top-left`. Left out: its middle."},
        "stamped": {
            "type": "boolean",
            "description": "True where the page puts the verdict on it: a screenshot of the claim. Left out otherwise.",
        },
        "places": {
            "type": "array",
            "description": "The places of a map that the newsroom drew, in its order. Left out of any other picture.",
            "items": _PLACE,
        },
    },
}
