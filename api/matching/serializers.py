"""What is asked about: a text or an address, and what is known of it."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from api.http.fields import Whole, Words
from api.http.query import MAX_ADDRESS
from api.http.request_serializers import StrictSerializer
from articles.models.base import language_tag
from articles.selectors.readers.matching import MAX_LIMIT, MAX_TEXT, PART

#: So many questions are answered in one request.
MAX_QUESTIONS = 100
LIMIT = 5


class MatchQuestion(StrictSerializer):
    """One question. Give either `text` or `url`."""

    text = Words(
        required=False,
        max_length=MAX_TEXT,
        help_text="A claim, a post or a message, as it came in: no need to tidy it.",
    )
    url = Words(
        required=False,
        max_length=MAX_ADDRESS,
        help_text="The address of an article or a post, of a source, or of one of our pages. Tracking parameters do "
        "not count.",
    )
    language = Words(required=False, max_length=35, help_text="The language of the text (BCP 47). Without it we guess.")
    limit = Whole(required=False, min_value=1, max_value=MAX_LIMIT, default=LIMIT, help_text="So many claims at most.")
    claimant = Words(required=False, max_length=200, help_text="The name of the person or body that said it.")
    context = Words(  # type: ignore[assignment] # the framework takes the field off the class
        required=False, max_length=PART, help_text="The sentences around the text."
    )

    def validate_language(self, value: str) -> str:
        """The tag in its usual spelling. Raises ``ValidationError``."""
        try:
            language_tag(value)
        except DjangoValidationError as error:
            raise ValidationError("Give a language tag, such as en or pt-BR.") from error
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of text and address. Raises ``ValidationError``."""
        if ("text" in attrs) == ("url" in attrs):
            text = ErrorDetail("Give either a text or a url.", code="required")
            raise ValidationError({"text": [text]})
        return attrs


class MatchQuestions(StrictSerializer):
    """Up to 100 questions, answered in their order."""

    questions = serializers.ListField(
        child=MatchQuestion(),
        min_length=1,
        max_length=MAX_QUESTIONS,
        help_text="Each counts like a request of its own.",
    )
