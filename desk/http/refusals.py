"""What a service refused, as errors of a form and as ``application/problem+json`` (RFC 9457) with the API's codes."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from articles.services.claims.claim_entry import AlreadyMarkedError, IdTakenError
from articles.services.collaboration.comments import CommentSettledError
from articles.services.collaboration.dependencies import DependencySettledError
from articles.services.collaboration.experts import NoteSettledError
from articles.services.collaboration.unsaved import OtherUnsavedError
from articles.services.errors import GuardsUnmetError, WrongStageError
from articles.services.evidence.evidence import OrderDiffersError
from articles.services.reports import DecidedError as ReportDecidedError
from articles.services.submissions import DecidedError as SubmissionDecidedError
from articles.services.suggestions import PassageTakenError
from articles.services.verification.second_verdicts import VerdictSettledError
from articles.services.verification.ticks import ItemChangedError
from lib.refusals import NotAllowedError, RefusedError, StaleError

MEDIA_TYPE: Final = "application/problem+json"
#: Somebody else was first, or the claim has moved on: nothing is wrong with the request itself.
CONFLICTS: Final[tuple[type[RefusedError], ...]] = (
    *(StaleError, WrongStageError, AlreadyMarkedError, PassageTakenError, IdTakenError, OrderDiffersError),
    *(CommentSettledError, DependencySettledError, NoteSettledError, ReportDecidedError, SubmissionDecidedError),
    *(OtherUnsavedError, ItemChangedError, VerdictSettledError),
)
#: No field is at fault, so a form cannot show it: the view answers.
NOT_OF_A_FIELD: Final[tuple[type[RefusedError], ...]] = (NotAllowedError, *CONFLICTS)
#: Where on a form a refusal belongs, by its code.
_FIELD_OF = {"quote_not_found": "exact", "quote_ambiguous": "exact"}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing that is wrong: in the form with this prefix, at this field (or the form as a whole)."""

    message: str
    field: str = ""
    prefix: str = ""
    code: str = "invalid"


class UnreadableRequestError(Exception):
    """A request's body or address cannot be read; the text says what to send."""


class RefusedFormError(Exception):
    """A posted form was refused; nothing of it may stay written."""

    status = 400

    def __init__(self, problems: list[FieldProblem], *, code: str = "validation_error") -> None:
        self.problems, self.code = problems, code
        super().__init__(" ".join(problem.message for problem in problems))


class TooLargeError(RefusedFormError):
    """A posted form held a file that is larger than what is kept (RFC 9110, 15.5.14)."""

    status = 413

    def __init__(self, problems: list[FieldProblem]) -> None:
        super().__init__(problems, code="too_large")


#: Everything that a view of the desk turns into an answer.
REFUSALS: Final = (RefusedError, RefusedFormError, UnreadableRequestError, ValidationError)


# --- As errors of a form ------------------------------------------------------------------------------
@contextmanager
def as_form_errors(
    prefix: str = "",
    *,
    fields: Mapping[str, str] | None = None,
    passing: tuple[type[RefusedError], ...] = (StaleError,),
) -> Iterator[None]:
    """What a service raises in this block becomes problems of the form called ``prefix``.

    ``fields`` renames what the service calls a field to what the form calls it; ``passing`` is left to the caller.
    Raises ``RefusedFormError``.
    """
    try:
        yield
    except passing:
        raise
    except ValidationError as error:
        raise RefusedFormError(_of_validation(error, prefix, fields or {})) from error
    except GuardsUnmetError as error:
        unmet = [FieldProblem(item.text, prefix=prefix, code=item.key) for item in error.unmet]
        raise RefusedFormError(unmet, code=error.code) from error
    except RefusedError as error:
        problem = FieldProblem(error_text(error), _FIELD_OF.get(error.code, ""), prefix, error.code)
        raise RefusedFormError([problem], code=error.code) from error


def check(form: Any) -> Any:
    """``form`` when it is valid. Raises ``RefusedFormError``, or ``TooLargeError`` for a file."""
    if form.is_valid():
        return form
    found = form.errors.get_json_data()
    problems = [
        FieldProblem(item["message"], "" if name == NON_FIELD_ERRORS else name, code=item["code"] or "invalid")
        for name, items in found.items()
        for item in items
    ]
    is_too_large = any(problem.field == "file" and problem.code == "too_large" for problem in problems)
    raise TooLargeError(problems) if is_too_large else RefusedFormError(problems)


def add_problems(form: forms.BaseForm, problems: list[FieldProblem]) -> None:
    """Add to ``form`` the problems that are its own."""
    for problem in problems:
        if problem.prefix == (form.prefix or ""):
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)


def error_text(error: Exception) -> str:
    """What a service raised, as one sentence for a message."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return _(StaleError.TEXT) if isinstance(error, StaleError) else str(error)


def _of_validation(error: ValidationError, prefix: str, names: Mapping[str, str]) -> list[FieldProblem]:
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    return [
        FieldProblem(message, "" if name == NON_FIELD_ERRORS else names.get(name, name), prefix, each.code or "invalid")
        for name, found in by_field.items()
        for each in found
        for message in each.messages
    ]


# --- As JSON ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, before it is put into bytes."""

    status: int
    code: str
    detail: str
    errors: list[FieldProblem] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)

    def response(self) -> HttpResponse:
        """The answer that says why nothing was changed."""
        document: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            **self.more,
        }
        if self.errors:
            document["errors"] = [
                {"attr": each.field, "code": each.code, "detail": str(each.message)} for each in self.errors
            ]
        return HttpResponse(json.dumps(document), content_type=MEDIA_TYPE, status=self.status)


def describe(error: Exception) -> Problem:
    """The problem for a refusal."""
    match error:
        case UnreadableRequestError():
            return Problem(400, "unreadable", error_text(error))
        case ValidationError():
            return Problem(400, "validation_error", error_text(error), _of_validation(error, "", {}))
        case RefusedFormError():
            return Problem(error.status, error.code, error_text(error), error.problems)
        case NotAllowedError():
            return Problem(403, error.code, error_text(error))
        case PermissionDenied():
            return Problem(403, "permission_denied", error_text(error) or _("You may not do this."))
        case AlreadyMarkedError():
            marks = [{"claim": str(mark.claim_id), "statement": mark.claim.text} for mark in error.appearances]
            return Problem(409, error.code, error_text(error), more={"marks": marks})
        case GuardsUnmetError():
            unmet = [FieldProblem(item.text, item.field, code=item.key) for item in error.unmet]
            return Problem(409, error.code, error_text(error), unmet)
        case RefusedError():
            return Problem(409 if isinstance(error, CONFLICTS) else 422, error.code, error_text(error))
        case Http404():
            return Problem(404, "not_found", _("This is not there any more. Reload the page."))
    raise error
