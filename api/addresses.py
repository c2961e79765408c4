"""What is refused by the address alone: keys in it, since addresses end up in logs, and hosts that are not ours."""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from api.google import errors
from api.google.schema import PREFIX as GOOGLE
from api.http.problems import Problem, respond

#: What a partner's key or a personal token looks like.
_KEY: Final = re.compile(r"fc[pt]_[A-Za-z0-9_-]{16,}")
#: Below these every address is an API's.
PREFIXES: Final = ("/api/", GOOGLE)
#: How often an address may have been percent-encoded and still be seen through.
_DECODINGS: Final = 5

_REFUSAL: Final = Problem(
    400,
    "key_in_address",
    "This address holds a key. Addresses are logged on the way, so take the key for known to others: have it revoked, "
    "get a new one, and send it in the header “Authorization: Bearer …” only.",
)
_NOT_OURS: Final = Problem(
    400,
    "bad_request",
    "This request was not read: its header Host names no site of ours, or it holds what no client means to send.",
)


class RefuseKeysInUrlsMiddleware:
    """Below the API's addresses: 400 for a key anywhere in the address, before any work, and without repeating it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PREFIXES) and _has_key(request):
            return _refused(_REFUSAL, request)
        return self.get_response(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django refuses by itself, such as a foreign Host: a problem below the API's addresses, else a page."""
    if request.path_info.startswith(PREFIXES):
        return _refused(_NOT_OURS, request)
    return defaults.bad_request(request, exception)


def unavailable(request: HttpRequest, detail: str) -> HttpResponse:
    """503 below the API's addresses, while the database is away."""
    return _refused(Problem(503, "unavailable", detail), request)


def _refused(problem: Problem, request: HttpRequest) -> HttpResponse:
    unnamed = HttpRequest()  # the answer names an address; not this one
    unnamed.path = "/api/"
    shape = errors.respond if request.path_info.startswith(GOOGLE) else respond
    response = shape(problem, unnamed)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _has_key(request: HttpRequest) -> bool:
    return holds_key(request.META.get("QUERY_STRING", "")) or holds_key(request.path_info)


def holds_key(text: str) -> bool:
    """Whether something like a key is in ``text``, percent-encoded or not."""
    for _ in range(_DECODINGS):
        if _KEY.search(text):
            return True
        decoded = unquote_plus(text)
        if decoded == text:
            return False
        text = decoded
    return bool(_KEY.search(text))
