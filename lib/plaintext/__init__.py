"""Text that can be stored and shown: NFC, Unix line ends, no NUL, no lone surrogates."""

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
#: Letters and marks by category that are drawn as nothing: joiners, Hangul fillers, the empty Braille cell, variants.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
#: Control characters and the two code points that are none (XML 1.0, 2.2).
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029")


class InvalidCharactersError(ValueError):
    """The text holds characters that neither PostgreSQL nor UTF-8 can store."""

    def __init__(self) -> None:
        super().__init__(
            "This text holds characters that cannot be stored (NUL or half of a surrogate pair). "
            "Remove them and save again."
        )


def clean(value: str) -> str:
    """Return ``value`` in NFC with Unix line ends. Raises ``InvalidCharactersError``."""
    if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise InvalidCharactersError
    return unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", value))


def is_blank(value: str) -> bool:
    """Whether nothing of ``value`` would be seen: blanks, controls, joiners and other invisible characters alone.

    Unicode's general categories C (but for private use and unassigned) and Z.
    """
    return all(unicodedata.category(char) in _INVISIBLE or char in _BLANK_LETTERS for char in value)


def one_line(value: str) -> str:
    """``value`` with each control character, line ends included, as a blank."""
    return _CONTROLS.sub(" ", value)


def for_xml(value: str) -> str:
    """``value`` without the characters that no XML document may hold."""
    return _NOT_IN_XML.sub("", value)
