"""Text as the product keeps it: NFC, no NUL, no lone surrogates, positions in code points."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import get_language, get_language_info, pgettext
from django.utils.translation import gettext as _

from articles import phrases
from lib import plaintext
from lib.parsing.inexact_dates import InexactDate, parse_inexact_date
from lib.plaintext import for_xml, is_blank, one_line

#: An article's text may be this long, in bytes of UTF-8.
MAX_ARTICLE_BYTES = 5 * 1024 * 1024

__all__ = [
    "MAX_ARTICLE_BYTES",
    "RTL_LANGUAGES",
    "SEARCH_CONFIGS",
    "as_label",
    "clean",
    "clean_public",
    "direction",
    "for_xml",
    "is_blank",
    "language_name",
    "long_date",
    "long_day",
    "long_moment",
    "long_month",
    "one_line",
    "search_config",
    "slug",
]


def clean(value: str, *, field: str | None = None) -> str:
    """Return ``value`` in NFC with Unix line ends.

    Raises ``ValidationError`` (code ``invalid_characters``) when it holds NUL or lone surrogates.
    """
    try:
        return plaintext.clean(value)
    except plaintext.InvalidCharactersError as refused:
        error = ValidationError(phrases.shown(refused.said), code="invalid_characters")
        raise ValidationError({field: error} if field else error) from refused


def clean_public(value: str, *, field: str | None = None) -> str:
    """``clean`` for a text that can become public: what would mislead its readers is refused.

    Zero-width spaces are dropped: they part words that look whole. Raises ``ValidationError`` with the code
    ``invalid_characters``, or ``misleading_direction`` (``lib.plaintext.check_direction``).
    """
    cleaned = clean(value, field=field).replace("\u200b", "")
    try:
        plaintext.check_direction(cleaned)
    except plaintext.MisleadingDirectionError as refused:
        error = ValidationError(phrases.shown(refused.said), code="misleading_direction")
        raise ValidationError({field: error} if field else error) from refused
    return cleaned


def slug(value: str, *, fallback: str, limit: int = 80) -> str:
    """An address-safe name for ``value`` in its own script, cut at a word; ``fallback`` when nothing is left."""
    made = slugify(value, allow_unicode=True)
    if len(made) > limit:
        made = made[:limit].rsplit("-", 1)[0] if "-" in made[:limit] else made[:limit]
    return made.strip("-") or fallback


def long_day(value: date) -> str:
    """A day in words, as the language in force writes it."""
    # Translators: how a day is written; E is the month as it stands beside a day, F as it stands alone.
    return date_format(value, pgettext("format of a day", "j E Y"))


def long_date(value: InexactDate | str) -> str:
    """A date in words, as exact as it is: a day, a month with its year, or a year. A text is written as EDTF."""
    known = parse_inexact_date(value) if isinstance(value, str) else value
    if known.precision == "day":
        return long_day(known.first_day)
    return long_month(known.first_day) if known.precision == "month" else date_format(known.first_day, "Y")


def long_month(value: date) -> str:
    """A month with its year in words."""
    # Translators: how a month with its year is written; F is the month as it stands alone.
    return date_format(value, pgettext("format of a month", "F Y"))


def long_moment(value: datetime) -> str:
    """A day in words and the time, in the time zone of ``value``."""
    day, time = long_day(value.date()), date_format(value, "H:i T")
    # Translators: the comma between a day and a time of day.
    return pgettext("a day and a time", "%(day)s, %(time)s") % {"day": day, "time": time}


def as_label(words: object) -> str:
    """Words with the mark that stands between them and what they introduce."""
    # Translators: the mark after a label, as in "Kind: Video".
    return pgettext("a label before what it introduces", "%(label)s:") % {"label": words}


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


def in_sentence(label: object) -> str:
    """A label as it stands inside a sentence: in small letters, by the rules of the language that is in force."""
    words = str(label)
    if (get_language() or "")[:2] in ("az", "tr"):
        words = words.replace("İ", "i").replace("I", "ı")
    return words.lower()
