"""Every error of the API as ``application/problem+json`` (RFC 9457), with a stable ``code`` for programs.

``type`` is ``about:blank`` throughout: the status says what kind of problem it is, ``code`` which one.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import singledispatch
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.views import set_rollback

from api.http import field_errors
from api.http.field_errors import FieldError
from articles.selectors.keyset import CursorError
from articles.selectors.readers.change_feed import EpochEndedError, LogBehindError
from articles.services.articles.intake import UnreadableError
from articles.services.claims.claim_import import PartError
from articles.services.claims.claims import QuoteAmbiguousError
from articles.services.errors import GuardsUnmetError, ReferenceTakenError, WrongStageError
from articles.services.pictures.storage import UnusablePictureError
from factcheck.outages import RETRY_AFTER, detail_of, is_unavailable, note
from lib.refusals import NotAllowedError, NotNowError, RefusedError, StaleError

logger = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, before it is put into bytes."""

    status: int
    code: str
    detail: str
    errors: list[FieldError] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


class ProblemError(Exception):
    """Raised by the delivery code itself to answer with ``problem``."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: Iterable[FieldError] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        self.problem = Problem(status, code, detail, list(errors), {}, headers or {})
        super().__init__(detail)


def invalid(errors: list[FieldError]) -> ProblemError:
    """A 400 that names each field at fault."""
    return ProblemError(400, field_errors.code_of(errors), field_errors.summary(errors), errors)


def handle(exc: Exception, context: dict[str, Any]) -> HttpResponse:
    """The framework's exception handler: no error leaves the API in another form."""
    set_rollback()
    view, request = context.get("view"), context["request"]
    problem = describe(exc)
    if isinstance(exc, exceptions.ValidationError) and getattr(view, "points_at_fields", False):
        problem = replace(problem, errors=field_errors.pointed(problem.errors))
    if isinstance(exc, StaleError) and (tagged := getattr(view, "tagged", None)):
        problem.headers["ETag"] = f'"{tagged}-v{exc.current}"'
    if is_unavailable(exc):
        note(exc)
        problem = Problem(
            503, "unavailable", detail_of(exc), headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
        )
    elif problem.status >= 500 and not isinstance(exc, ProblemError | LogBehindError):  # those are foreseen
        logger.error("%s %s: %s", request.method, request.path, exc, exc_info=exc)
    return respond(problem, request)


def respond(problem: Problem, request: Request | HttpRequest) -> HttpResponse:
    """``problem`` as an answer. ASCII only, so that any client input can be quoted."""
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        "instance": request.path,
        "code": problem.code,
        **problem.extra,
    }
    if problem.errors:
        document["errors"] = [error.document() for error in problem.errors]
    return HttpResponse(json.dumps(document), content_type=MEDIA_TYPE, status=problem.status, headers=problem.headers)


@singledispatch
def describe(exc: Exception) -> Problem:
    """The problem for an exception; an unexpected one becomes a 500 without internal details."""
    return Problem(500, "internal_error", "Something went wrong on our side. It has been logged.")


@describe.register
def _(exc: ProblemError) -> Problem:
    return exc.problem


@describe.register
def _(exc: RefusedError) -> Problem:
    return Problem(422, exc.code, str(exc))


@describe.register
def _(exc: NotAllowedError) -> Problem:
    return Problem(403, exc.code, str(exc))


@describe.register
def _(exc: StaleError) -> Problem:
    return Problem(412, exc.code, str(exc))


@describe.register
def _(exc: NotNowError) -> Problem:
    headers = {} if exc.retry_after is None else {"Retry-After": str(exc.retry_after)}
    return Problem(409, exc.code, str(exc), headers=headers)


@describe.register
def _(exc: WrongStageError) -> Problem:
    return Problem(409, exc.code, str(exc), extra={"stage": exc.stage})


@describe.register
def _(exc: ReferenceTakenError) -> Problem:
    errors = [FieldError("reference", exc.code, str(exc))]
    return Problem(409, exc.code, str(exc), errors, extra={"existing": str(exc.existing)})


@describe.register
def _(exc: PartError) -> Problem:
    """The refusal of a part, with its fields named from the top of the body."""
    found = describe(exc.cause)
    named = found.errors or [FieldError("", found.code, found.detail)]
    errors = [replace(error, attr=f"{exc.path}.{error.attr}".strip(".")) for error in named]
    return replace(found, errors=field_errors.pointed(errors), detail=field_errors.summary(errors))


@describe.register
def _(exc: GuardsUnmetError) -> Problem:
    return Problem(409, exc.code, str(exc), [FieldError(u.field, u.key, u.text) for u in exc.unmet])


@describe.register
def _(exc: QuoteAmbiguousError) -> Problem:
    return Problem(422, exc.code, str(exc), extra={"positions": exc.positions[:100]})


@describe.register
def _(exc: UnreadableError | UnusablePictureError) -> Problem:
    return Problem(413 if exc.code == "too_large" else 422, exc.code, str(exc))


@describe.register
def _(exc: CursorError) -> Problem:
    detail = str(exc)
    return Problem(400, "invalid_cursor", detail, [FieldError("cursor", "invalid_cursor", detail)])


@describe.register
def _(exc: EpochEndedError) -> Problem:
    snapshot = f"{settings.SITE_URL}/api/v1/export/claims.jsonl"
    return Problem(410, "epoch_ended", str(exc), extra={"epoch": str(exc.epoch), "snapshot": snapshot})


@describe.register
def _(exc: LogBehindError) -> Problem:
    return Problem(
        503,
        "log_behind",
        "The log ends before this cursor, as seen from here. Come back in a moment with the same cursor. If it stays "
        "so, the log was restored from a copy: take the snapshot and go on with its cursor.",
        headers={"Retry-After": "5"},
    )


@describe.register
def _(exc: DjangoValidationError) -> Problem:
    by_field = exc.error_dict if hasattr(exc, "error_dict") else {"": exc.error_list}
    errors = [
        FieldError("" if name == "__all__" else name, error.code or "invalid", " ".join(error.messages))
        for name, found in by_field.items()
        for error in found
    ]
    if {error.attr for error in errors} == {"slug"}:  # nobody sends one: two new rows of one name met
        return Problem(409, "conflict", "Something of the same name was entered at the same moment. Send it again.")
    return Problem(400, field_errors.code_of(errors), field_errors.summary(errors), errors)


@describe.register
def _(exc: exceptions.APIException) -> Problem:
    code, headers = exc.get_codes(), {}
    if header := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    return Problem(exc.status_code, code if isinstance(code, str) else "invalid", str(exc.detail), headers=headers)


@describe.register
def _(exc: exceptions.ValidationError) -> Problem:
    errors = list(field_errors.flatten(exc.get_full_details(), ""))
    return Problem(400, field_errors.code_of(errors), field_errors.summary(errors), errors)


@describe.register
def _(exc: Http404) -> Problem:
    return Problem(404, "not_found", "There is nothing at this address.")


@describe.register
def _(exc: ObjectDoesNotExist) -> Problem:
    return Problem(404, "not_found", "There is nothing with this id.")


@describe.register
def _(exc: PermissionDenied) -> Problem:
    return Problem(403, "permission_denied", str(exc) or "You may not do this.")


@describe.register
def _(exc: SuspiciousOperation) -> Problem:
    return Problem(400, "bad_request", "This request cannot be read.")


@describe.register
def _(exc: RequestDataTooBig) -> Problem:
    return Problem(413, "too_large", "This request is larger than the server accepts.")


@describe.register
def _(exc: IntegrityError) -> Problem:
    return Problem(409, "conflict", "This collides with something that was saved at the same moment. Read it again.")


@describe.register
def _(exc: DataError) -> Problem:
    return Problem(400, "invalid", "A value is outside what can be stored.")


@describe.register
def _(exc: OperationalError) -> Problem:
    return Problem(
        503, "unavailable", "The database could not answer in time. Try again.", headers={"Retry-After": "2"}
    )
