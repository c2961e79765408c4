"""Places as people type them or paste them from a spreadsheet: one a line."""

import re
from typing import Final

from lib.maps.coordinates import CoordinateError, latitude, longitude
from lib.maps.places import MAX_NAME, Place
from lib.phrases import phrase
from lib.plaintext import one_line

#: Between the name, the latitude and the longitude.
_BETWEEN = re.compile(r"\s*[\t;]\s*")
#: Latitude and longitude as other maps copy them: with a comma and a blank between.
_TOGETHER = re.compile(r"(?P<latitude>[^,]+),\s+(?P<longitude>[^,]+)")
#: Before the name of a place that is only about there.
APPROXIMATE: Final = "~"


def place(row: str) -> Place:
    """The place of a line such as ``Lindholm; 59.3293; 18.0686``. Raises ``CoordinateError`` with what to write."""
    parts = _BETWEEN.split(row.strip())
    if len(parts) == 2 and (together := _TOGETHER.fullmatch(parts[1])):
        parts = [parts[0], together["latitude"], together["longitude"]]
    if len(parts) != 3:
        raise CoordinateError(phrase("Write a name, the latitude and the longitude, with semicolons between."))
    is_approximate = parts[0].startswith(APPROXIMATE)
    name = one_line(parts[0].removeprefix(APPROXIMATE)).strip()
    if not name:
        raise CoordinateError(phrase("The place has no name."))
    if len(name) > MAX_NAME:
        raise CoordinateError(phrase("The name is too long: write at most %(n)s characters.", n=MAX_NAME))
    return Place(name, latitude(parts[1]), longitude(parts[2]), is_approximate)


def filled(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [row for row in text.splitlines() if row.strip(" \t;")]
