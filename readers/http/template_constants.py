"""Texts and addresses in templates: what ``engine`` works out when it compiles, wherever only constants are given."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse
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


def locale_key() -> tuple[Any, ...]:
    """All that decides about addresses: language, script prefix and the table of addresses."""
    return get_language(), settings.LANGUAGE_CODE, get_script_prefix(), get_urlconf(settings.ROOT_URLCONF)


@lru_cache(maxsize=8192)
def _reversed(name: str, parts: tuple[str | int, ...], _where: tuple[Any, ...]) -> str:
    return reverse(name, args=parts)


#: By the names that templates call them; given constants, each always gives the same in one language.
CONSTANT: dict[str, Callable[..., str]] = {"_": gettext, "pgettext": pgettext, "url": url, "static": static}
