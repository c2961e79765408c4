"""How the desk writes days and moments, everywhere, in the language in force and the newsroom's time zone."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

_DAY = "j M Y"
_TIME = "H:i"


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def day(value: date | None) -> str:
    """A day, or the day of a moment: ``20 Nov 2020``; empty for none."""
    return date_format(_local(value), _DAY) if value else ""


def moment(value: datetime | None) -> str:
    """A moment: ``20 Nov 2020, 09:00``; empty for none."""
    return date_format(_local(value), f"{_DAY}, {_TIME}") if value else ""


def weekday_moment(value: datetime | None) -> str:
    """A moment that somebody plans for: ``Fri 20 Nov 2020, 09:00``; empty for none."""
    return date_format(_local(value), f"D {_DAY}, {_TIME}") if value else ""


def recent_moment(value: datetime | None) -> str:
    """A moment of the past: of today by its time, of another day by both; empty for none."""
    if value and timezone.localdate(value) == timezone.localdate():
        return date_format(_local(value), _TIME)
    return moment(value)


def short_date(value: date | None) -> str:
    """A day in a list: the time alone for a moment of today, no year inside of this year; empty for no day."""
    if not value:
        return ""
    shown = _local(value)
    if isinstance(shown, datetime) and shown.date() == timezone.localdate():
        return date_format(shown, _TIME)
    return date_format(shown, "j M" if shown.year == timezone.localdate().year else _DAY)
