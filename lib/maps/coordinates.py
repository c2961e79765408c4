"""Coordinates as people type them: decimal degrees, or degrees, minutes and seconds."""

import re
from typing import Final

from lib.phrases import Phrase, phrase

#: 0.1 metres on the ground.
DIGITS: Final = 6
#: So much of what was typed is repeated in an error, in characters.
_SHOWN: Final = 40
_SIGNS: Final = str.maketrans(
    {
        "−": "-",
        "–": "-",
        "º": "°",
        "˚": "°",
        "’": "'",
        "‘": "'",
        "′": "'",
        "”": '"',
        "“": '"',
        "″": '"',
        ",": ".",
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
    }
)
_NUMBER: Final = r"\d{1,3}(?:\.\d{1,12})?"
_TYPED = re.compile(
    rf"(?P<before>[NSEW])?\s*(?P<sign>[-+])?\s*(?P<degrees>{_NUMBER})\s*°?"
    rf"(?:[\s:]*(?P<minutes>{_NUMBER})\s*'?(?:[\s:]*(?P<seconds>{_NUMBER})\s*(?:\"|'')?)?)?"
    r"\s*(?P<after>[NSEW])?",
    re.ASCII | re.IGNORECASE,
)


class CoordinateError(ValueError):
    """A coordinate that cannot be read, or cannot be. Its text is a ``Phrase`` for the person who typed it."""

    def __init__(self, said: Phrase) -> None:
        super().__init__(said)
        self.said = said


def latitude(typed: str) -> float:
    """Degrees north of the equator, from −90 to 90. Raises ``CoordinateError``."""
    value, letter, shown = _degrees(
        typed, phrase("“%(value)s” is not a latitude. Write 40.1772 or 40°10′38″N.", value=_short(typed))
    )
    if letter in "EW" and letter:
        raise CoordinateError(
            phrase("“%(value)s” is a longitude. Write the latitude first, then the longitude.", value=shown)
        )
    if abs(value) > 90:
        raise CoordinateError(
            phrase(
                "“%(value)s” is not a latitude: latitudes are between −90 and 90. Are latitude and longitude swapped?",
                value=shown,
            )
        )
    return value


def longitude(typed: str) -> float:
    """Degrees east of Greenwich, from −180 to 180. Raises ``CoordinateError``."""
    value, letter, shown = _degrees(
        typed, phrase("“%(value)s” is not a longitude. Write 44.5126 or 44°30′45″E.", value=_short(typed))
    )
    if letter in "NS" and letter:
        raise CoordinateError(
            phrase("“%(value)s” is a latitude. Write the latitude first, then the longitude.", value=shown)
        )
    if abs(value) > 180:
        raise CoordinateError(
            phrase("“%(value)s” is not a longitude: longitudes are between −180 and 180.", value=shown)
        )
    return value


def _degrees(typed: str, unreadable: Phrase) -> tuple[float, str, str]:
    """The number, the letter of the direction if there is one, and what was typed, to be shown."""
    shown = _short(typed)
    found = _TYPED.fullmatch(typed.translate(_SIGNS).strip())
    if found is None:
        raise CoordinateError(unreadable)
    letters = [found[name].upper() for name in ("before", "after") if found[name]]
    if len(letters) > 1 or (letters and found["sign"]):
        raise CoordinateError(phrase("“%(value)s” has two directions. Write one sign or one letter.", value=shown))
    finer = [float(found[name] or 0) for name in ("minutes", "seconds")]
    if max(finer) >= 60:
        raise CoordinateError(phrase("“%(value)s”: minutes and seconds are below 60.", value=shown))
    if finer != [0, 0] and "." in found["degrees"]:
        raise CoordinateError(unreadable)
    value = float(found["degrees"]) + finer[0] / 60 + finer[1] / 3600
    letter = letters[0] if letters else ""
    is_negative = found["sign"] == "-" or letter in ("S", "W")
    return round(-value if is_negative and value else value, DIGITS), letter, shown


def _short(typed: str) -> str:
    return typed.strip()[:_SHOWN]
