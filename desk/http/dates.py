"""How the desk writes days and moments, everywhere, in the language in force and the newsroom's time zone."""

from datetime import date, datetime
from typing import Final

from babel import Locale
from babel.dates import format_date, format_datetime
from django.utils import timezone
from django.utils.translation import get_language

from lib.parsing.inexact_dates import InexactDate

#: Orders that differ from "Fri 20 Nov 2020, 09:00", as Unicode's patterns write them; the language's tag before.
_DAYS: Final = {"hy": "y թ. MMM d"}
_SHORT_DAYS: Final = {"hy": "MMM d"}
_MONTHS: Final = {"hy": "y թ. LLL"}
_WITH_WEEKDAY: Final = {
    "ar": "EEE {day}",
    "az": "{day}, EEE",
    "hy": "{day}, EEE",
    "ru": "EEE, {day}",
    "tr": "{day} EEE",
}
_MOMENTS: Final = {"ar": "{day}، HH:mm"}
#: English as the product writes it: the day before the month.
_LOCALES: Final = {"en": "en_GB"}


def day(value: date | None) -> str:
    """A day, or the day of a moment: ``20 Nov 2020``; empty for none."""
    return _written(value, _day())


def short_day(value: date | None) -> str:
    """A day whose year is known from its place: ``20 Nov``; empty for none."""
    return _written(value, _short_day())


def weekday(value: date | None) -> str:
    """The day of the week: ``Fri``; empty for none."""
    return _written(value, "EEE")


def weekday_day(value: date | None) -> str:
    """A day that somebody plans for: ``Fri 20 Nov 2020``; empty for none."""
    return _written(value, _with_weekday(_day()))


def moment(value: datetime | None) -> str:
    """A moment: ``20 Nov 2020, 09:00``; empty for none."""
    return _written(value, _moment(_day()))


def weekday_moment(value: datetime | None) -> str:
    """A moment that somebody plans for: ``Fri 20 Nov 2020, 09:00``; empty for none."""
    return _written(value, _moment(_with_weekday(_day())))


def recent_moment(value: datetime | None) -> str:
    """A moment of the past: of today by its time, of another day by both; empty for none."""
    if value and timezone.localdate(value) == timezone.localdate():
        return clock(value)
    return moment(value)


def clock(value: datetime | None) -> str:
    """The time of a moment: ``09:00``; empty for none."""
    return _written(value, "HH:mm")


def short_date(value: date | None) -> str:
    """A day in a list: the time alone for a moment of today, no year inside of this year; empty for no day."""
    if not value:
        return ""
    shown = _local(value)
    if isinstance(shown, datetime) and shown.date() == timezone.localdate():
        return clock(shown)
    return short_day(value) if shown.year == timezone.localdate().year else day(value)


def inexact_date(value: InexactDate | None) -> str:
    """A date as exact as it is: ``20 Nov 2020``, ``Nov 2020`` or ``2020``; empty for none."""
    if value is None or value.precision == "year":
        return str(value or "")
    if value.precision == "day":
        return day(value.first_day)
    return _written(value.first_day, _MONTHS.get(_language(), "LLL y"))


def any_date(value: object) -> str:
    """A moment, a day or an inexact date, each as above; empty for anything else."""
    if isinstance(value, InexactDate):
        return inexact_date(value)
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else ""


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _day() -> str:
    return _DAYS.get(_language(), "d MMM y")


def _short_day() -> str:
    return _SHORT_DAYS.get(_language(), "d MMM")


def _with_weekday(written: str) -> str:
    return _WITH_WEEKDAY.get(_language(), "EEE {day}").format(day=written)


def _moment(written: str) -> str:
    return _MOMENTS.get(_language(), "{day}, HH:mm").format(day=written)


def _written(value: date | None, pattern: str) -> str:
    if not value:
        return ""
    shown, language = _local(value), _language()
    locale = Locale.parse(_LOCALES.get(language, language))
    if isinstance(shown, datetime):
        return format_datetime(shown.replace(tzinfo=None), pattern, locale=locale)
    return format_date(shown, pattern, locale=locale)


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
