"""Dates in the desk's templates."""

from django import template

from articles import text
from desk.http import dates

register = template.Library()
register.filter("long_date", text.long_date)
for written in (
    *(dates.day, dates.short_day, dates.weekday, dates.weekday_day),
    *(dates.clock, dates.moment, dates.weekday_moment, dates.recent_moment, dates.short_date),
):
    register.filter(written.__name__, written)
