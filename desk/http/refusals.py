"""From what a service raised to errors beside the fields of a form."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import cached_property

from articles.services.errors import GuardsUnmetError
from lib.refusals import RefusedError, StaleError

#: Where on a form a refusal belongs, by its code.
_FIELD_OF = {"quote_not_found": "exact", "quote_ambiguous": "exact"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: in the form with this prefix, at this field (or the form as a whole)."""

    message: str
    field: str = ""
    prefix: str = ""


class RefusedFormError(Exception):
    """A posted form was refused by a service; nothing of it may stay written."""

    code, status = "invalid", 400

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.message for problem in problems))


class TooLargeError(RefusedFormError):
    """A posted form held a file that is larger than what is kept (RFC 9110, 15.5.14)."""

    code, status = "too_large", 413


@contextmanager
def as_form_errors(
    prefix: str = "",
    *,
    fields: Mapping[str, str] | None = None,
    passing: tuple[type[RefusedError], ...] = (StaleError,),
) -> Iterator[None]:
    """What a service raises in this block becomes problems of the form called ``prefix``.

    ``fields`` renames what the service calls a field to what the form calls it; ``passing`` is left to the caller.
    """
    try:
        yield
    except passing:
        raise
    except ValidationError as error:
        raise RefusedFormError(_of_validation(error, prefix, fields or {})) from error
    except GuardsUnmetError as error:
        raise RefusedFormError([Problem(item.text, prefix=prefix) for item in error.unmet]) from error
    except RefusedError as error:
        raise RefusedFormError([Problem(str(error), _FIELD_OF.get(error.code, ""), prefix)]) from error


def error_text(error: Exception) -> str:
    """What a service raised, as one sentence for a message."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def add_problems(form: Any, problems: list[Problem]) -> None:
    """Add to ``form`` the problems that are its own."""
    for problem in problems:
        if problem.prefix == (form.prefix or ""):
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)


def _of_validation(error: ValidationError, prefix: str, names: Mapping[str, str]) -> list[Problem]:
    if not hasattr(error, "error_dict"):
        return [Problem(message, prefix=prefix) for message in error.messages]
    return [
        Problem(message, "" if field == NON_FIELD_ERRORS else names.get(field, field), prefix)
        for field, messages in error.message_dict.items()
        for message in messages
    ]


class DeskForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that also shows what a service refused after the form itself found nothing wrong."""

    problems: list[Problem] = []

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields that were changed by a person: a browser's own line ends are no change."""
        return [name for name in super().changed_data if not self.same_text(name)]

    def same_text(self, name: str) -> bool:
        """Whether a field's posted text is what it was drawn with, line ends and outer blanks aside."""
        before, after = self.get_initial_for_field(self.fields[name], name), self[name].data
        if not isinstance(before, str) or not isinstance(after, str):
            return False
        return "\n".join(before.split("\r\n")).strip() == "\n".join(after.split("\r\n")).strip()

    def full_clean(self) -> None:
        """Validate, then add the refusals of the attempt before, if this is the second look at one post."""
        super().full_clean()
        if self.is_bound:
            add_problems(self, self.problems)
