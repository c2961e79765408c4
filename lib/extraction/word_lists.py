"""The numbers that Word draws before the paragraphs of a list: they are computed, nowhere in the text."""

import re
from collections.abc import Callable
from typing import Any

from lib.extraction.word_styles import Styles, _child, _local, _value

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_LOW = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Lists:
    """The lists of one document, each counting as its paragraphs come."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self.styles = styles
        self._counters: dict[tuple[str, int], int] = {}
        self._abstract: dict[str, dict[int, Any]] = {}
        self._nums: dict[str, str] = {}
        for part in root if root is not None else ():
            if _local(part) == "abstractNum":
                levels = {int(_value(level, "ilvl") or 0): level for level in part if _local(level) == "lvl"}
                self._abstract[_value(part, "abstractNumId") or ""] = levels
            elif _local(part) == "num":
                self._nums[_value(part, "numId") or ""] = _value(_child(part, "abstractNumId")) or ""

    def number(self, paragraph: Any) -> str:
        """The number of this paragraph, such as "1.", "b)" or "2.3"; empty where there is none or a bullet."""
        properties = _child(paragraph, "pPr")
        listed = _child(properties, "numPr")
        if listed is None:
            listed = self.styles.numbering(_value(_child(properties, "pStyle")))
        if listed is None:
            return ""
        num = _value(_child(listed, "numId")) or "0"
        level = int(_value(_child(listed, "ilvl")) or 0)
        levels = self._abstract.get(self._nums.get(num, ""), {})
        if num == "0" or level not in levels:
            return ""
        self._count(num, level, levels)
        if (_value(_child(levels[level], "numFmt")) or "decimal") in ("bullet", "none"):
            return ""
        pattern = _value(_child(levels[level], "lvlText")) or f"%{level + 1}."
        return re.sub(r"%([1-9])", lambda found: self._written(num, int(found.group(1)) - 1, levels), pattern).strip()

    def _count(self, num: str, level: int, levels: dict[int, Any]) -> None:
        """One more on this level; the levels below begin anew."""
        self._counters[num, level] = self._counters.get((num, level), _start(levels[level]) - 1) + 1
        for deeper in [key for key in self._counters if key[0] == num and key[1] > level]:
            del self._counters[deeper]

    def _written(self, num: str, level: int, levels: dict[int, Any]) -> str:
        if level not in levels:
            return ""
        at = self._counters.get((num, level), _start(levels[level]))
        kind = _value(_child(levels[level], "numFmt")) or "decimal"
        return _FORMATS.get(kind, str)(at)


def _start(level: Any) -> int:
    given = _value(_child(level, "start")) or "1"
    return int(given) if given.isdecimal() else 1


def _letters(number: int) -> str:
    """a … z, aa, bb …, as Word counts."""
    if number < 1:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for size, sign in (*_ROMAN, *_ROMAN_LOW):
        while number >= size:
            written += sign
            number -= size
    return written


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
