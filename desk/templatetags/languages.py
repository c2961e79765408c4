"""Languages in the desk's templates: which way they run, and what they are called."""

from django import template

from articles import text

register = template.Library()
register.filter("direction", text.direction)
register.filter("language_name", text.language_name)
