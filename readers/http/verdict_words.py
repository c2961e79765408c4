"""Verdicts and the words of ratings in the language of the page: functions and filters of the readers' templates."""

from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles import rating_tones, rating_words


def badge(label: str, tone: str, size: str = "", key: str = "", language: str = "") -> SafeString:
    """A verdict as sign, colour and word, in the language of the page, or in ``language`` where that is another one.

    ``size`` is empty, ``tag``, ``small`` or ``large``; ``key`` the rating's.
    """
    drawn = _badge.__wrapped__ if settings.DEBUG else _badge
    known = rating_tones.shown(key, tone)
    said = label if known == rating_tones.RETRACTED else rating_word(label, language)
    return drawn(str(said), known, size, said == label)


@lru_cache(maxsize=1024)
def _badge(label: str, tone: str, size: str, is_of_record: bool) -> SafeString:
    """There are only so many verdicts, and every list is full of them."""
    context = {"label": label, "tone": tone, "size": size, "is_of_record": is_of_record}
    return mark_safe(render_to_string("readers/parts/verdict.html", context))  # noqa: S308


def rating_word(words: str, language: str = "") -> str:
    """A rating's label or definition in ``language``, or else in that of the page; where nobody translated it, as it is
    in the record."""
    return rating_words.in_language(words, language or get_language() or "")


def verdict_lead_in() -> str:
    """What stands before the verdict on a claim's page: the newsroom's own words for this language, or ours."""
    return settings.VERDICT_LEAD_IN.get(get_language() or "") or _("Claim:")


def translated_label(words: str) -> str:
    """What a rating's label or definition says in the language of the page; empty where there is no translation.

    A claim's page has the record's own label among the facts of the record, the page of the scale has the record's own
    definition. Words are known by their text, in any edition: those that the newsroom translated, and those of the
    scale that comes with the product.
    """
    said = rating_word(words)
    return "" if said == words else said


def definition(words: str) -> SafeString:
    """A rating's definition as it was given, and below it what that says in the language of the page."""
    said = translated_label(words)
    if not said:
        return format_html("<bdi>{}</bdi>", words)
    return format_html('{} <span class="fine" lang="en" dir="ltr">{}</span>', said, words)
