"""Sentences of the libraries in the language in force."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from lib import phrases


def shown(said: str) -> str:
    """A library's sentence, translated; any other text as it is."""
    return phrases.translated(said, one=gettext, many=ngettext, day=_day)


def _day(day: date) -> str:
    return date_format(day, "j M Y")
