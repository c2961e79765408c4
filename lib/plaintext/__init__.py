"""Text that can be stored and shown: NFC, Unix line ends, no NUL, no lone surrogates."""

import re
import unicodedata
from typing import Final

from lib.phrases import phrase

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
#: Letters and marks by category that are drawn as nothing: joiners, Hangul fillers, the empty Braille cell, variants.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
#: Control characters and the two code points that are none (XML 1.0, 2.2).
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OVERRIDES = frozenset("\u202d\u202e")
#: Embeddings and isolates, each with what closes it.
_CLOSED_BY = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029")


class InvalidCharactersError(ValueError):
    """The text holds characters that neither PostgreSQL nor UTF-8 can store."""

    def __init__(self) -> None:
        self.said = phrase(
            "This text holds characters that cannot be stored (NUL or half of a surrogate pair). "
            "Remove them and save again."
        )
        super().__init__(self.said)


class MisleadingDirectionError(ValueError):
    """The text holds characters that show its letters in another order than they stand in."""

    def __init__(self) -> None:
        self.said = phrase(
            "This text holds invisible characters that reverse the order of its letters, so that readers would see "
            "something else than is written. Type it again instead of pasting it."
        )
        super().__init__(self.said)


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


def check_direction(value: str) -> None:
    """Raise ``MisleadingDirectionError`` for overrides, and for embeddings and isolates that are not closed.

    Unicode's bidirectional controls (UAX 9, 2): U+202D and U+202E show letters in an order of their own ("10 million"
    as "noillim 01"); what is not closed reaches beyond the text. The marks U+200E, U+200F and U+061C stay: Arabic and
    Hebrew need them.
    """
    for line in value.split("\n"):
        opened: list[str] = []
        for char in _DIRECTION.findall(line):
            if char in _OVERRIDES:
                raise MisleadingDirectionError
            if char in _CLOSED_BY:
                opened.append(_CLOSED_BY[char])
            elif opened and opened[-1] == char:
                opened.pop()
        if opened:
            raise MisleadingDirectionError


def without_direction(value: str) -> str:
    """``value`` without bidirectional controls other than marks: for names that a page gives itself."""
    return _DIRECTION.sub("", value)


def isolated(value: str) -> str:
    """``value`` between a first-strong isolate and its end: it keeps its own direction beside other text.

    For texts without mark-up; in HTML, ``<bdi>`` does the same. A text without letters that run from right to left is
    left as it is.
    """
    runs_left = any(unicodedata.bidirectional(char) in ("R", "AL") for char in value)
    return f"\u2068{value}\u2069" if runs_left else value
