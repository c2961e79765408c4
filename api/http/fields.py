"""Fields of requests that take exactly what the document says, where Django REST Framework takes a little more."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NoReturn

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from articles.models.inexact_date import PATTERN
from lib.parsing.errors import ParseError
from lib.parsing.inexact_dates import parse_inexact_date

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
#: So much of a wrong value is repeated in a refusal.
MAX_SHOWN = 80


def _fail(
    field: serializers.Field[Any, Any, Any, Any], key: str, possible: Iterable[Any], about: dict[str, Any]
) -> NoReturn:
    """Refuse a value with the field's message; what was sent is shown up to ``MAX_SHOWN`` characters."""
    shown = {name: str(value)[:MAX_SHOWN] for name, value in about.items()}
    text = field.error_messages[key].format(possible=", ".join(map(str, possible)), **shown)
    raise ValidationError(text, code=key)


class Words(serializers.CharField):
    """Text, and no number in its place. Its length counts as it was sent, white space at its ends included."""

    default_error_messages = {"max_length": "Ensure this field has no more than {max_length} characters."}

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The text without white space at its ends. Raises ``ValidationError``."""
        if isinstance(data, int | float):
            self.fail("invalid")
        if isinstance(data, str) and self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        return super().run_validation(data)


class Choice(serializers.ChoiceField):
    """One of a few values. A refusal names them."""

    default_error_messages = {"invalid_choice": "“{input}” is not possible here. Possible: {possible}."}

    def fail(self, key: str, **details: Any) -> NoReturn:
        """Refuse a value. Raises ``ValidationError``."""
        _fail(self, key, self.choices, details)


class Flag(serializers.BooleanField):
    """True or false, and no word or number for it."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The value. Raises ``ValidationError``."""
        if data is not serializers.empty and data is not None and not isinstance(data, bool):
            self.fail("invalid", input=data)
        return super().run_validation(data)


class Whole(serializers.IntegerField):
    """A number, and no text of one."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The value. Raises ``ValidationError``."""
        if isinstance(data, str | bool):
            self.fail("invalid")
        return super().run_validation(data)


class Named(serializers.SlugRelatedField[Any]):
    """A row by its name. Nobody is null; an empty name is nobody's. A refusal names the possible names if asked to."""

    default_error_messages = {"does_not_exist": "“{value}” is not possible here."}

    def __init__(self, *, names_possible: bool = False, **options: Any) -> None:
        self.names_possible = names_possible
        if names_possible:
            messages = {"does_not_exist": "“{value}” is not possible here. Possible: {possible}."}
            options["error_messages"] = messages
        super().__init__(**options)

    def fail(self, key: str, **details: Any) -> NoReturn:
        """Refuse a name. Raises ``ValidationError``."""
        rows: Any = self.get_queryset() if self.names_possible else ()
        _fail(self, key, [getattr(row, str(self.slug_field)) for row in rows or ()], details)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The row. Raises ``ValidationError``."""
        if data == "":
            self.fail("does_not_exist", slug_name=self.slug_field, value="")
        return super().run_validation(data)


class RowById(serializers.PrimaryKeyRelatedField[Any]):
    """A row by its id, or null. An empty text is neither."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The row. Raises ``ValidationError``."""
        if data == "":
            raise ValidationError("Give an id, or null for none.", code="invalid")
        return super().run_validation(data)


@extend_schema_field({"type": "string", "pattern": PATTERN, "examples": ["2020-10-04", "2020-10", "2020"]})
class InexactDay(serializers.Field[Any, Any, Any, Any]):
    """A day, a month or a year (EDTF level 0); a row answers with what it has."""

    default_error_messages = {"invalid": "Write a day, a month or a year: 2020-10-04, 2020-10 or 2020."}

    def to_internal_value(self, data: Any) -> Any:
        """The date. Raises ``ValidationError``."""
        try:
            return parse_inexact_date(data if isinstance(data, str) else "")
        except ParseError:
            self.fail("invalid")

    def to_representation(self, value: Any) -> str:
        """The date as EDTF writes it."""
        return str(value)


@extend_schema_field({"type": "string", "anyOf": [{"pattern": PATTERN}, {"maxLength": 0}]})
class FormInexactDay(InexactDay):
    """A date in a form, in which an empty field is sent along."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The date, or nothing when the field was left empty. Raises ``ValidationError``."""
        if data == "":
            raise serializers.SkipField
        return super().run_validation(data)


@extend_schema_field({"type": "string", "anyOf": [{"format": "date"}, {"maxLength": 0}]})
class FormDay(serializers.DateField):
    """A day in a form, in which an empty field is sent along."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The day, or nothing when the field was left empty. Raises ``ValidationError``."""
        if data == "":
            raise serializers.SkipField
        return super().run_validation(data)


class Moment(serializers.DateTimeField):
    """A moment as in RFC 3339, with its offset from UTC: a time without one may not exist, or exist twice."""

    default_error_messages = {"invalid": "Give a moment with its offset from UTC, such as 2026-03-02T09:30:00+01:00."}

    def to_internal_value(self, value: Any) -> datetime:
        """The moment, in UTC. Raises ``ValidationError``."""
        if not isinstance(value, str) or not _MOMENT.fullmatch(value):
            self.fail("invalid")
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail("invalid")
