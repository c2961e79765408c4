"""Text as the product keeps it: NFC, no NUL, no lone surrogates, positions in code points."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

#: An article's text may be this long, in bytes of UTF-8.
MAX_ARTICLE_BYTES = 5 * 1024 * 1024
#: How much text around a quote is kept to tell it from its doubles, in code points.
CONTEXT_LENGTH = 32

_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
#: Letters and marks by category that are drawn as nothing: joiners, Hangul fillers, the empty Braille cell, variants.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
#: Control characters and the two code points that are none (XML 1.0, 2.2).
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029")


def clean(value: str, *, field: str | None = None) -> str:
    """Return ``value`` in NFC with Unix line ends.

    Raises ``ValidationError`` (code ``invalid_characters``) when it holds NUL or lone surrogates,
    which neither PostgreSQL nor UTF-8 can store.
    """
    if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
        error = ValidationError(
            "This text holds characters that cannot be stored (NUL or half of a surrogate pair). "
            "Remove them and save again.",
            code="invalid_characters",
        )
        raise ValidationError({field: error}) if field else error
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


def slug(value: str, *, fallback: str, limit: int = 80) -> str:
    """An address-safe name for ``value`` in its own script, cut at a word; ``fallback`` when nothing is left."""
    made = slugify(value, allow_unicode=True)
    if len(made) > limit:
        made = made[:limit].rsplit("-", 1)[0] if "-" in made[:limit] else made[:limit]
    return made.strip("-") or fallback


def occurrences(body: str, exact: str) -> Iterator[int]:
    """Yield each code-point position at which ``exact`` stands in ``body``, overlaps included."""
    start = body.find(exact)
    while start != -1:
        yield start
        start = body.find(exact, start + 1)


def context(body: str, start: int, end: int) -> tuple[str, str]:
    """The text just before and just after a passage, as TextQuoteSelector's prefix and suffix."""
    return body[max(0, start - CONTEXT_LENGTH) : start], body[end : end + CONTEXT_LENGTH]


def long_day(value: date) -> str:
    """A day in words, as the language in force writes it."""
    # Translators: how a day is written; E is the month as it stands beside a day, F as it stands alone.
    return date_format(value, pgettext("format of a day", "j E Y"))


#: PostgreSQL's text search configuration for a language; languages it has none for are searched word by word.
SEARCH_CONFIGS: dict[str, str] = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


def search_config(language: str) -> str:
    """The text search configuration for a BCP 47 tag; ``simple`` where the language has none of its own."""
    return SEARCH_CONFIGS.get(language.split("-")[0], "simple")


#: Languages written from right to left.
RTL_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


#: Scripts written from right to left, as a tag names one: az-Arab.
_RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})


def direction(language: str) -> str:
    """``rtl`` or ``ltr``, the value of HTML's ``dir``: for this language, or for the script that its tag names."""
    first, *others = language.split("-")
    script = next((part for part in others if len(part) == 4), "")
    return "rtl" if script in _RTL_SCRIPTS or (not script and first in RTL_LANGUAGES) else "ltr"


def language_name(language: str) -> str:
    """A language's name in the language of the page; its tag where it has no name here."""
    try:
        return _(str(get_language_info(language.lower())["name"])) if language else ""
    except KeyError:
        return language
