"""Ratings in the desk's templates: in the language of the page."""

from django import template

from articles import rating_words

register = template.Library()


@register.filter
def in_language(words: object) -> str:
    """A rating's label or definition, or a rating for its label; as it is written where nobody translated it."""
    return rating_words.at_desk(str(words)) if words else ""
