"""Stages and ratings as small labels: a word and a tone, never a colour alone."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import rating_words
from articles.choices import STAGE_TONES, Stage

#: A sign for each tone of a rating, so that colour is not needed to tell them apart.
RATING_SIGNS = {
    "positive": "✓",
    "mostly_positive": "✓",
    "mixed": "≈",
    "negative": "✗",
    "contested": "⇄",
    "open": "?",
    "past": "↺",
}


def stage(value: str) -> str:
    """The stage's label in its tone."""
    return format_html('<span class="desk-badge desk-{}">{}</span>', STAGE_TONES[value], Stage(value).label)


def rating(label: str | None, tone: str | None) -> str:
    """A rating's label in the language of the page, with the sign of its tone; words where there is no verdict."""
    if not label:
        return format_html('<span class="desk-quiet">{}</span>', _("no verdict"))
    return rating_as_written(rating_words.at_desk(label), tone)


def rating_as_written(label: str, tone: str | None) -> str:
    """The same with the label as it is given."""
    return format_html(
        '<span class="desk-badge desk-rating-{}"><span aria-hidden="true">{}</span> {}</span>',
        tone or "open",
        RATING_SIGNS.get(tone or "open", "?"),
        label,
    )
