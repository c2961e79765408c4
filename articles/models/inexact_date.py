"""Columns and form fields for dates of which only the month or the year may be known."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from lib.parsing.errors import ParseError
from lib.parsing.inexact_dates import InexactDate, parse_inexact_date

HINT = _("A day, a month or a year: 2020-10-04, 2020-10 or 2020.")
#: What a column may hold, as a regular expression of PostgreSQL: the database has no type for it.
PATTERN = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def to_inexact_date(value: Any) -> InexactDate | None:
    """A date from a text, a day or nothing. Raises ``ValidationError`` with the code ``invalid``."""
    if value is None or value == "":
        return None
    if isinstance(value, InexactDate):
        return value
    if isinstance(value, date):
        return InexactDate.from_day(value)
    try:
        return parse_inexact_date(str(value).strip())
    except ParseError as error:
        raise ValidationError(str(error), code="invalid") from error


class InexactDateFormField(forms.CharField):
    """A day, a month or a year, typed as text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("help_text", HINT)
        kwargs.pop("empty_value", None)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """The date, or nothing. Raises ``ValidationError``."""
        return to_inexact_date(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another date was typed."""
        return str(initial or "") != str(data or "").strip()


class InexactDateField(models.CharField):  # type: ignore[type-arg]
    """A date as EDTF writes it. The order of the texts is the order of the first days, in the collation C."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        """The date in a row."""
        return None if value is None else InexactDate(value)

    def to_python(self, value: Any) -> Any:
        """The date, or nothing. Raises ``ValidationError``."""
        return to_inexact_date(value)

    def get_prep_value(self, value: Any) -> Any:
        """The text that is stored."""
        found = to_inexact_date(value)
        return None if found is None else found.edtf

    def run_validators(self, value: Any) -> None:
        """Nothing more: ``to_python`` has read the text."""

    def value_to_string(self, obj: Any) -> str:
        """The date as text."""
        return str(self.value_from_object(obj) or "")

    def formfield(self, **kwargs: Any) -> Any:
        """The field of a form."""
        return super().formfield(**{"form_class": InexactDateFormField, **kwargs})


def is_inexact_date(field: str, *, name: str) -> models.CheckConstraint:
    """The constraint that ``field`` holds a date, or nothing."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__regex": PATTERN}), name=name
    )
