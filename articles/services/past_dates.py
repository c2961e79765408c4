"""When a date can be true: what is past by nature is not in the future, and a very old year is confirmed."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from articles.models.inexact_date import InexactDateField, to_inexact_date
from lib.parsing.inexact_dates import InexactDate

#: Where people live one day ahead of the newsroom, tomorrow's date is today's.
TOLERANCE: Final = timedelta(days=1)
#: Years before this one are more often a slip of the keyboard than meant.
OLD_YEAR: Final = 1800
#: The value beside the dates by which a person says that a very old year is meant.
CONFIRM: Final = "confirm_old_date"
#: Columns that hold an exact day of the past, besides the inexact dates.
_PAST_DAYS: Final = frozenset({"asked_on", "answered_on", "reviewed_on"})
#: Columns that hold a day to come.
_COMING_DAYS: Final = frozenset({"recheck_on"})


def check_dates(
    row: models.Model, values: Mapping[str, Any], *, is_confirmed: bool = False, at: datetime | None = None
) -> None:
    """Check each date in ``values`` that differs from what ``row`` has. ``at`` is the moment of the act.

    Raises ``ValidationError`` by field: ``future`` for a date to come, ``past`` for a re-check day that is over. For a
    year before 1800 that is not confirmed, the field is ``confirm_old_date`` and the code ``very_old_date``.
    """
    errors: dict[str, ValidationError] = {}
    for name, value in values.items():
        field = row._meta.get_field(name)
        if not isinstance(field, InexactDateField | models.DateField):
            continue
        found = _read(field, value)
        if found is None or str(found) == str(getattr(row, name) or ""):
            continue
        if isinstance(field, InexactDateField) or name in _PAST_DAYS:
            errors |= _past(name, field.verbose_name, found, is_confirmed=is_confirmed)
        elif name in _COMING_DAYS and found.first_day < localdate(at or timezone.now()):
            errors[name] = ValidationError(_("This day is over. Choose a day to come, or leave it empty."), code="past")
    if errors:
        raise ValidationError(errors)


def last_day() -> date:
    """The last day that can have begun somewhere: today in the newsroom's time zone, and one day more."""
    return localdate() + TOLERANCE


def _read(field: Any, value: Any) -> InexactDate | None:
    """The date in ``value``; nothing where it is none: validation of the row says so then."""
    try:
        return to_inexact_date(field.to_python(value))
    except ValidationError:
        return None


def _past(name: str, label: Any, found: InexactDate, *, is_confirmed: bool) -> dict[str, ValidationError]:
    if found.first_day > last_day():
        return {name: ValidationError(_("This date is in the future."), code="future")}
    if found.first_day.year < OLD_YEAR and not is_confirmed:
        words = _(
            "The date %(found)s (%(label)s) is before %(old_year)s. Correct the year, or confirm that it is right."
        ) % {"found": found, "label": label, "old_year": OLD_YEAR}
        return {CONFIRM: ValidationError(words, code="very_old_date")}
    return {}
