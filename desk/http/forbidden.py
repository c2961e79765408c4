"""The answer 403: with its reason for people of the newsroom, in the log line, and plain for strangers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.log import log_response


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what somebody may not do (``handler403``)."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    user: Any = getattr(request, "user", None)
    is_of_the_desk = user is not None and user.is_authenticated and user.is_staff
    page = loader.get_template("403.html")
    answer = HttpResponse(page.render({"reason": reason if is_of_the_desk else ""}, request), status=403)
    log_forbidden(request, answer, reason)
    return answer


def log_forbidden(request: HttpRequest, response: HttpResponse, reason: str) -> None:
    """One line of ``django.request`` that says why; Django then writes none of its own."""
    why = reason or "permission denied"
    log_response("Forbidden: %s: %s", request.path, why, response=response, request=request)
