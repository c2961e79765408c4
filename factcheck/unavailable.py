"""What is answered while the database is away: 503 in the form of the address, and when to come back."""

import sys
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from api import addresses
from desk.http.refusals import Problem
from factcheck.insight import context
from factcheck.outages import RETRY_AFTER, detail_of, is_full, is_unavailable, note

_BARE = (
    "Something went wrong on our side. It has been logged. If you write to us about it, name this number: {request_id}"
)


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
    """Django's ``handler500``: a 503 for an outage or a full disk, else a page with the request's number."""
    error = sys.exc_info()[1]
    if error is not None and is_unavailable(error):
        return respond(request, error)
    try:
        return HttpResponse(render_to_string("500.html", _number()), status=500)
    except Exception:  # whatever is wrong may be wrong here, too
        return HttpResponse(_BARE.format(**_number()), status=500, content_type="text/plain; charset=utf-8")


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
        given = {"retry_after": RETRY_AFTER, "is_full": is_full(error), **_number()}
        return render(request, "desk/503.html", given, status=503)
    try:
        return render(request, "readers/503.html", _number(), status=503)
    except DatabaseError:  # a theme's own page that asks the database
        return HttpResponse(detail, status=503, content_type="text/plain; charset=utf-8")


def _number() -> dict[str, str]:
    """What a page about a fault says, so that its log lines can be found."""
    return {"request_id": context.request_id()}
