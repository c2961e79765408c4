"""Fields of requests that take exactly what the document says, where Django REST Framework takes a little more."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


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
    """A row by its name. Nobody is null; an empty name is nobody's."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The row. Raises ``ValidationError``."""
        if data == "":
            self.fail("does_not_exist", slug_name=self.slug_field, value="")
        return super().run_validation(data)


@extend_schema_field({"type": "string", "anyOf": [{"format": "date"}, {"maxLength": 0}]})
class FormDay(serializers.DateField):
    """A day in a form, in which an empty field is sent along."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The day, or nothing when the field was left empty. Raises ``ValidationError``."""
        if data == "":
            raise serializers.SkipField
        return super().run_validation(data)
