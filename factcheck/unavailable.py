"""What is answered while the database is away: 503 in the form of the address, and when to come back."""

import sys
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import defaults

from api import addresses
from desk.http.refusals import Problem
from factcheck.outages import RETRY_AFTER, detail_of, is_full, is_unavailable, note


class OutageMiddleware:
    """Answers a view that lost the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The site's response, or a 503 where a middleware further in lost the database."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A 503 for an outage or a full disk; everything else takes its usual way."""
        return respond(request, exception) if is_unavailable(exception) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: a 503 when the database is away or a disk full, else the usual page."""
    error = sys.exc_info()[1]
    return respond(request, error) if error is not None and is_unavailable(error) else defaults.server_error(request)


def respond(request: HttpRequest, error: BaseException) -> HttpResponse:
    """503 in the form that the address answers in. Nothing of it is cached."""
    note(error)
    response = _answer(request, error)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def _answer(request: HttpRequest, error: BaseException) -> HttpResponse:
    detail = detail_of(error)
    if request.path_info.startswith(addresses.PREFIXES):
        return addresses.unavailable(request, detail)
    if request.path_info.startswith("/admin/"):
        if "json" in request.headers.get("Accept", "") or "json" in request.headers.get("Content-Type", ""):
            return Problem(503, "unavailable", detail).response()
        return render(request, "desk/503.html", {"is_full": is_full(error)}, status=503)
    try:
        return render(request, "readers/503.html", status=503)
    except DatabaseError:  # a theme's own page that asks the database
        return HttpResponse(detail, status=503, content_type="text/plain; charset=utf-8")
