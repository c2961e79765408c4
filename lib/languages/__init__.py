"""Which language a text is in: its script decides where only one language uses it, a detector decides the rest.

A guess says whether it is sure. Nothing is better than a wrong language: search, sentences, suggestions and the
direction of the page follow from it.
"""

import unicodedata
from collections import Counter
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

#: Scripts that one language of today's newsrooms uses.
_BY_SCRIPT: Final = {
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "HEBREW": "he",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "GUJARATI": "gu",
    "KHMER": "km",
    "LAO": "lo",
    "MYANMAR": "my",
    "SINHALA": "si",
    "ETHIOPIC": "am",
    "CJK": "zh",
}
#: Scripts that several languages share, and those of them that a text can be in.
_SHARED: Final = {
    "ARABIC": ("ar", "fa", "ur", "ps", "ug", "ku"),
    "CYRILLIC": ("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn"),
    "DEVANAGARI": ("hi", "ne", "mr"),
}
#: Languages that a detector cannot tell apart on a few lines; one of a group never contradicts another.
_TWINS: Final = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"hr", "bs", "sr", "sh"}),
    frozenset({"id", "ms"}),
    frozenset({"fa", "ps", "ckb", "ku"}),
    frozenset({"cs", "sk"}),
    frozenset({"gl", "pt"}),
)
#: Fewer letters than this say too little.
_ENOUGH, _SURE_FROM = 12, 40
#: How probable the detector's first choice has to be (0 to 1).
_SURE = 0.85
#: So much of a text is looked at, in code points.
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Guess:
    """A language by its tag ("" when nothing can be said), and whether one may rely on it."""

    language: str
    is_sure: bool


def detect(text: str) -> Guess:
    """The language of a text, by its letters alone."""
    letters = [char for char in text[:_SAMPLE] if char.isalpha()]
    if len(letters) < _ENOUGH:
        return Guess("", is_sure=False)
    scripts = Counter(_script(char) for char in letters)
    script, count = scripts.most_common(1)[0]
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > len(letters) * 0.1:
        return Guess("ja", is_sure=True)
    is_clear = count > len(letters) * 0.6
    if script in _BY_SCRIPT:
        return Guess(_BY_SCRIPT[script], is_sure=is_clear)
    return _ranked(text[:_SAMPLE], script, is_long=len(letters) >= _SURE_FROM and is_clear)


def contradicts(declared: str, text: str) -> str:
    """The language that ``text`` is surely in where that is not the declared one; else empty."""
    guess = detect(text)
    said = declared.split("-")[0].lower()
    if not guess.is_sure or guess.language == said or any({said, guess.language} <= twins for twins in _TWINS):
        return ""
    return guess.language


def _ranked(text: str, script: str, *, is_long: bool) -> Guess:
    ranked: list[tuple[str, float]] = _identifier(script).rank(text)
    language, share = ranked[0]
    twins = next((group for group in _TWINS if language in group), frozenset({language}))
    together = sum(part for name, part in ranked if name in twins)
    return Guess(language, is_sure=is_long and together >= _SURE and share > 0.4)


@lru_cache(maxsize=8)
def _identifier(script: str) -> Any:
    """The detector, asked only for languages that are written in this script."""
    identifier = copy(_whole_identifier())
    known = set(identifier.labels)
    wanted = set(_SHARED.get(script, ())) & known
    if not wanted:
        others = {language for group in _SHARED.values() for language in group} | set(_BY_SCRIPT.values())
        wanted = known - others | {"sr", "ku", "ms"} & known
    identifier.set_languages(sorted(wanted))
    return identifier


@cache
def _whole_identifier() -> Any:
    """The detector with all its languages: unpacking it takes a second, so that is done once."""
    # With it comes numpy: only processes that guess a language load it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)  # type: ignore[no-untyped-call]


def _script(char: str) -> str:
    """The first word of a letter's Unicode name, which is its script's."""
    return unicodedata.name(char, "?").split(" ", 1)[0].split("-", 1)[0]
