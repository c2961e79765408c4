"""Dates in the desk's templates."""

from django import template

from articles import text

register = template.Library()
register.filter("long_date", text.long_date)
