"""Errors as Google's APIs give them: ``{"error": {"code", "message", "status", "details"}}`` (google.rpc.Status)."""

import json
import logging
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request
from rest_framework.views import set_rollback

from api.http.problems import Problem, describe

logger = logging.getLogger(__name__)

JSON_TYPE: Final = "application/json; charset=UTF-8"
#: google.rpc.Code for each status that is answered; any other error in a request is an invalid argument.
_STATUS: Final = {
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


def handle(exc: Exception, context: dict[str, Any]) -> HttpResponse:
    """The exception handler of the views that answer as Google does."""
    set_rollback()
    problem, request = describe(exc), context["request"]
    if problem.status >= 500:
        logger.error("%s %s: %s", request.method, request.path, exc, exc_info=exc)
    return respond(problem, request)


def respond(problem: Problem, request: Request | HttpRequest) -> HttpResponse:
    """``problem`` in Google's shape. ``reason`` holds our own code, which is stable. ASCII only."""
    info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": problem.code.upper(), "domain": "factcheck"}
    details: list[dict[str, Any]] = [info]
    if problem.errors:
        violations = [{"field": error.attr, "description": error.detail} for error in problem.errors]
        details.append({"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations})
    error = {
        "code": problem.status,
        "message": problem.detail,
        "status": _STATUS.get(problem.status, "INVALID_ARGUMENT"),
        "details": details,
    }
    body = json.dumps({"error": error}, indent=2)
    return HttpResponse(body, content_type=JSON_TYPE, status=problem.status, headers=problem.headers)
