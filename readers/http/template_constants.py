"""Texts and addresses in templates: what ``engine`` works out when it compiles, wherever only constants are given."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.http import RFC3986_SUBDELIMS
from django.utils.translation import get_language
from django.utils.translation import gettext as django_gettext
from django.utils.translation import ngettext as django_ngettext
from django.utils.translation import pgettext as django_pgettext
from markupsafe import Markup

from readers.http import languages


def gettext(message: str, **values: Any) -> Markup:
    """A text of ours in the language in force. It may hold HTML; what is put in at its ``%(names)s`` is escaped."""
    said = Markup(django_gettext(message))  # noqa: S704 # our own words, or our translators'
    return said % values if values else said


def pgettext(context: str, message: str, **values: Any) -> Markup:
    """The same for a text that means something else elsewhere."""
    said = Markup(django_pgettext(context, message))  # noqa: S704
    return said % values if values else said


def ngettext(one: str, many: str, n: int, **values: Any) -> Markup:
    """The same for a text that depends on a number, which it may name ``%(n)s``."""
    return Markup(django_ngettext(one, many, n)) % {"n": languages.number(n), **values}  # noqa: S704


def url(name: str, *parts: str | int) -> str:
    """The path of a page, by the name of its view. Raises ``NoReverseMatch`` for parts that no address has."""
    return _reversed(name, parts, locale_key())


def urls_in(where: tuple[Any, ...]) -> Callable[..., str]:
    """``url`` where ``locale_key`` always is ``where``."""

    def url_there(name: str, *parts: str | int) -> str:
        return _reversed(name, parts, where)

    return url_there


def locale_key() -> tuple[Any, ...]:
    """All that decides about addresses: language, script prefix and the table of addresses."""
    return get_language(), settings.LANGUAGE_CODE, get_script_prefix(), get_urlconf(settings.ROOT_URLCONF)


@lru_cache(maxsize=8192)
def _reversed(name: str, parts: tuple[str | int, ...], where: tuple[Any, ...]) -> str:
    if all(isinstance(part, str) and _WORDS.fullmatch(part) for part in parts):
        around = _around(name, len(parts), where)
        if around:
            return around[0] + "".join(
                quote(str(part), safe=_UNQUOTED) + after for part, after in zip(parts, around[1:], strict=True)
            )
    return reverse(name, args=parts)


#: Parts that no kind of address writes in another way, such as slugs.
_WORDS = re.compile(r"[\w-]+")
#: Characters that Django leaves as they are in the parts of an address.
_UNQUOTED = RFC3986_SUBDELIMS + "/~:@"


@lru_cache(maxsize=1024)
def _around(name: str, count: int, _where: tuple[Any, ...]) -> tuple[str, ...]:
    """What stands before, between and after ``count`` parts of an address, of which each may be any text without a
    slash; empty where that is not so. Looking through the table of addresses for each link is a tenth of a page."""
    marks = tuple(f"§ {number}" for number in range(count))
    try:
        path = reverse(name, args=marks)
    except NoReverseMatch:
        return ()
    around = path.split(quote("§ "))
    return (around[0], *(piece[len(str(number)) :] for number, piece in enumerate(around[1:])))


#: By the names that templates call them; given constants, each always gives the same in one language.
CONSTANT: dict[str, Callable[..., str]] = {"_": gettext, "pgettext": pgettext, "url": url, "static": static}
