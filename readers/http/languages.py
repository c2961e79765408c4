"""The languages of the site, and the addresses of one page in each of them: ``/az/claims/`` for Azerbaijani.

Pages in the newsroom's own language have no prefix.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import babel
from babel.core import get_global
from babel.numbers import format_decimal, get_group_symbol
from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, override

from articles import claim_addresses


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in one of the site's languages. ``url`` is the full address, ``name`` the language's own."""

    code: str
    name: str
    path: str
    is_current: bool

    @property
    def url(self) -> str:
        """The address in full."""
        return f"{settings.SITE_URL}{self.path}"


def current() -> str:
    """The language of the page that is being made."""
    return get_language() or settings.LANGUAGE_CODE


def language_links(path: str) -> list[LanguageLink]:
    """The page at ``path``, an address of ours without host, in each language of the site, in the settings' order."""
    prefix = prefix_of(path)
    bare = path[len(prefix) + 1 :] if prefix else path
    here = get_language()
    return [
        LanguageLink(code, own_name(code), bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}", code == here)
        for code, _name in settings.LANGUAGES
    ]


@cache
def own_name(code: str) -> str:
    """A language's name in itself; its tag where that is not known."""
    try:
        return str(capfirst(get_language_info(code.lower())["name_local"]))
    except KeyError:
        return code


def is_default() -> bool:
    """Whether the page being made is in the newsroom's own language."""
    return get_language() == settings.LANGUAGE_CODE


def sitemaps() -> list[str]:
    """The full address of each language's sitemap, the newsroom's own language first."""
    found = []
    for code in sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != settings.LANGUAGE_CODE):
        with override(code):
            found.append(settings.SITE_URL + reverse("readers:sitemap"))
    return found


def prefix_of(path: str) -> str:
    """The language that an address begins with; empty when it begins with none of the site's."""
    first = path.removeprefix("/").partition("/")[0]
    return first if any(first == code for code, _name in settings.LANGUAGES) else ""


def closest(tag: str) -> str:
    """The site's language for a text in the language ``tag``; the newsroom's own where the site does not have it."""
    return claim_addresses.site_language(tag)


#: Where the press separates thousands differently from what Babel says: Azerbaijani newspapers leave a space.
_THOUSANDS = {"az": "\u00a0"}


@lru_cache(maxsize=4096)
def _number(value: int, language: str) -> str:
    locale = babel_locale(language)
    written = str(format_decimal(value, locale=locale))
    own = _THOUSANDS.get(language)
    return written.replace(get_group_symbol(locale), own) if own else written


def number(value: int) -> str:
    """A whole number as the language of the page writes it."""
    return str(value) if abs(value) < 1000 else _number(value, current())


@lru_cache(maxsize=64)
def babel_locale(language: str) -> babel.Locale:
    """How Babel writes numbers in a language of the site; as in English where it does not know the language."""
    try:
        return babel.Locale.parse(language, sep="-")
    except (ValueError, babel.UnknownLocaleError):
        return babel.Locale("en")


@lru_cache(maxsize=256)
def open_graph_locale(language: str) -> str:
    """A BCP 47 tag as Open Graph writes it, ``language_TERRITORY``; the likely territory where the tag names none.

    Unicode CLDR's likely subtags say which. Empty for a language they do not know.
    """
    try:
        known = babel.Locale.parse(language, sep="-")
    except (ValueError, babel.UnknownLocaleError):
        return ""
    territory = known.territory
    if not territory:
        subtags = get_global("likely_subtags")
        likely = subtags.get(f"{known.language}_{known.script}") or subtags.get(known.language, "")
        territory = likely.rpartition("_")[2] if "_" in likely else ""
    return f"{known.language}_{territory}" if territory else ""
