"""Dates in the desk's templates."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from articles import text

register = template.Library()
register.filter("long_date", text.long_date)


@register.filter
def short_date(value: date | datetime | None) -> str:
    """A day in a list: the time alone for a moment of today, no year inside of this year; empty for no day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
        if value.date() == timezone.localdate():
            return date_format(value, "H:i")
    return date_format(value, "j M" if value.year == timezone.localdate().year else "j M Y")


@register.filter
def moment(value: datetime) -> str:
    """A moment in the newsroom's time zone: ``Fri 20 Nov 2020, 09:00``."""
    return date_format(timezone.localtime(value), "D j M Y, H:i")
