"""What a refusal looks like, for each status, as the OpenAPI document shows it."""

import json
from typing import Any, Final

from django.http import HttpRequest

from api.google import errors
from api.http import problems
from api.http.field_errors import FieldError
from api.http.problems import Problem
from lib.refusals import StaleError

#: A code that is really given, what it says, and the field or parameter at fault.
_SAMPLES: Final = {
    "400": ("unknown_parameter", "There is no such parameter.", "colour"),
    "401": ("not_authenticated", "Authentication credentials were not provided.", ""),
    "403": ("permission_denied", "You do not have permission to perform this action.", ""),
    "404": ("not_found", "There is nothing with this id.", ""),
    "406": ("not_acceptable", "Could not satisfy the request Accept header.", ""),
    "409": (
        "guards_unmet",
        "You cannot approve this: you wrote the claim. Somebody else has to look at it.",
        "",
    ),
    "410": ("epoch_ended", "The log was restored since this cursor was given. Take the snapshot.", ""),
    "412": (StaleError.code, StaleError.TEXT, ""),
    "413": ("too_large", "A request may hold 8 MB, an article's text 5 MB.", ""),
    "415": ("unsupported_media_type", 'Unsupported media type "text/plain" in request.', ""),
    "422": ("quote_not_found", "This quote is not in the article's newest text.", ""),
    "428": ("precondition_required", "Say which version you are changing: send If-Match with the ETag.", ""),
    "429": ("throttled", "Too many requests: 600 in 60 seconds are possible. Come back in 3 seconds.", ""),
    "503": ("unavailable", "The database could not answer in time. Try again.", ""),
}
#: Where partners meet another code of the same status.
_PARTNERS: Final = {
    "400": ("idempotency_key_required", "Send an Idempotency-Key of your own making, such as a UUID.", ""),
    "403": ("scope_missing", "This key (fcp_a1b2c3…) lacks the scope “submit”. It has: read.", ""),
    "409": ("idempotency_key_in_use", "A request with this Idempotency-Key is still under way.", ""),
    "422": ("idempotency_key_mismatch", "This Idempotency-Key was used for another request.", ""),
}


def ours(status: str, path: str, *, partners: bool = False) -> dict[str, Any]:
    """A problem of this status at ``path``."""
    return _shown(_problem(status, partners=partners), problems.respond, path)


def googles(status: str, path: str) -> dict[str, Any]:
    """The same in Google's shape."""
    return _shown(_problem(status), errors.respond, path)


def _problem(status: str, *, partners: bool = False) -> Problem:
    code, detail, field = (_PARTNERS.get(status) if partners else None) or _SAMPLES[status]
    return Problem(int(status), code, detail, [FieldError(field, code, detail)] if field else [])


def _shown(problem: Problem, respond: Any, path: str) -> dict[str, Any]:
    request = HttpRequest()
    request.path = path
    shown: dict[str, Any] = json.loads(respond(problem, request).content)
    return shown
