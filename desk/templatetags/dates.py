"""Dates in the desk's templates."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from articles import text

register = template.Library()
register.filter("long_date", text.long_date)


@register.filter
def moment(value: datetime) -> str:
    """A moment in the newsroom's time zone: ``Fri 20 Nov 2020, 09:00``."""
    return date_format(timezone.localtime(value), "D j M Y, H:i")
