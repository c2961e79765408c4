"""Words as search compares them: without case, accents, and spellings that depend on the keyboard at hand.

A reader of *Kəlbəcər* may type *kelbecer*, for *ёлка* *елка*, for *الْقُدْس* *القدس*, for *İstanbul* *istanbul*.
What is stored and what is asked go through the same function, so it may be coarse, but it must not depend on the
database's locale. Languages' own stemming comes on top of this (``text.SEARCH_CONFIGS``); see docs/decisions/0024.
"""

import re
import unicodedata
from functools import lru_cache

from articles.folding import figures

#: Longer words are cut: PostgreSQL's text search takes no word of more than two kilobytes.
MAX_WORD = 60
#: A name's key is cut: a letter may be taken apart into eighteen.
MAX_KEY = 200

#: Letters that Unicode does not take apart, and how they are typed where the keyboard has none: Azerbaijani ə and ı,
#: Scandinavian, Polish, Icelandic letters, Russian ё, the final and the Persian forms of Arabic letters, digits.
_SINGLE = {
    **dict(zip("əıøłđðħŧ", "eiolddht", strict=True)),
    "ё": "е",
    **dict(zip("ٱىةیکگ", "ايهيكك", strict=True)),
    **dict(zip("".join(figures.DIGITS), "0123456789" * len(figures.DIGITS), strict=True)),
}
_SEVERAL = {"æ": "ae", "œ": "oe", "þ": "th"}
#: What case folding changes beyond small letters.
_FOLDED = {"ß": "ss", "ς": "σ"}
_LETTERS = str.maketrans({**_SINGLE, **_SEVERAL})
#: Accents; the points of Hebrew and Arabic; what stretches or joins letters. й and ў stay letters of their own, as do
#: the vowel signs of Indian scripts, which no reader would leave out. A regular expression of Python and PostgreSQL.
DROPPED = (
    "(?<![\u0400-\u04ff])[\u0306\u0308]|[\u0300-\u0305\u0307\u0309-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a"
    "\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d\u00ad]"
)
_DROPPED = re.compile(DROPPED)
_MARKS = "".join(chr(code) for code in range(0x0300, 0x3100) if unicodedata.category(chr(code)).startswith("M"))
#: Apostrophes and hyphens of all kinds, as they are typed; characters that nobody sees.
_NAME_MARKS = str.maketrans(
    {**dict.fromkeys("‘’ʼ`´", "'"), **dict.fromkeys("‐‑‒–—−", "-"), **dict.fromkeys("\u200b\u2060\ufeff")}
)
_LETTER = f"[^\\W_]|[{_MARKS}\u0640\u200c\u200d\u00ad]"
_WORD = re.compile(f"(?:{_LETTER})+")
#: A word, or an acronym with dots: single letters, each with a dot behind it or between two (U.S., т.е.). Or a number
#: in groups of three digits, however they are kept apart (12,500, 12.500, 12 500, 12'500).
_GROUPS = rf"\d{{1,3}}(?:([{figures.SEPARATORS}])\d{{3}})(?:\1\d{{3}})*(?![^\W_])(?!\1\d)"
_SPAN = re.compile(
    rf"(?<![^\W_])(?<!\d[{figures.SEPARATORS}]){_GROUPS}|(?<![^\W_])[^\W\d_](?:\.[^\W\d_](?![^\W_]))+|(?:{_LETTER})+"
)
_BETWEEN_DIGITS = re.compile(rf"(?<=\d)[{figures.SEPARATORS}](?=\d)")


def letters() -> tuple[dict[str, str], dict[str, str]]:
    """The letters that are replaced in small letters: by a single other one, and by several."""
    single = {**_SINGLE, **{letter: other for letter, other in _FOLDED.items() if len(other) == 1}}
    return single, {**_SEVERAL, **{letter: other for letter, other in _FOLDED.items() if len(other) > 1}}


def fold(value: str) -> str:
    """``value`` in the form used for comparing. Folding twice changes nothing more."""
    apart = unicodedata.normalize("NFKD", value.lower().translate(_LETTERS)).casefold()
    return unicodedata.normalize("NFC", _DROPPED.sub("", apart).translate(_LETTERS))


def name_key(value: str) -> str:
    """What two names have in common that are one name: case, accents, blanks and the kind of marks do not count.

    "Health", "HEALTH " and "héalth" have the same key. At most ``MAX_KEY`` characters long; empty for an empty name.
    """
    plain = " ".join(value.translate(_NAME_MARKS).split())
    return (" ".join(fold(plain).split()) or plain.casefold())[:MAX_KEY]


def spans(value: str) -> list[tuple[int, int]]:
    """The positions of the words of ``value``: start and end of each, in code points."""
    return [match.span() for match in _SPAN.finditer(value)]


def with_commas(value: str) -> str:
    """``value`` with commas for the blanks inside of its numbers, so that each number is in one piece."""
    return _SPAN.sub(lambda found: ",".join(found[0].split()) if found[1] else found[0], value)


def words(value: str) -> list[str]:
    """The words of ``value``, folded, in their order, repetitions included."""
    folded = (_folded_word(value[start:end]) for start, end in spans(value))
    return [word for word in folded if word]


def _folded_word(word: str) -> str:
    return _known_word(word) if len(word) <= MAX_WORD else _known_word.__wrapped__(word)


@lru_cache(maxsize=1 << 15)
def _known_word(word: str) -> str:
    """The folded word, or nothing when no word is left of it. Languages use few words often."""
    folded = fold(_BETWEEN_DIGITS.sub("", word).replace(".", ""))[:MAX_WORD]
    return folded if _WORD.fullmatch(folded) else ""
