"""The language of the desk: what the person chose, else what their browser asks for. The API is English.

A person's choice is stored with their notifications and copied into the session when they sign in, so that a page costs
no statement more. Only languages whose catalogue of the desk is complete are offered (``settings.DESK_LANGUAGES``).
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header

#: Where the session has the language that the person chose.
IN_SESSION = "desk_language"
_API = "/api/"
_DESK = "/admin/"


class DeskLanguageMiddleware:
    """Middleware: a page of the desk is in the language of the person who asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, in that language."""
        if request.path_info.startswith(_API):
            with override("en"):
                return self.get_response(request)
        if not request.path_info.startswith(_DESK):
            return self.get_response(request)
        with override(language_of(request)):
            response = self.get_response(request)
            render: Any = getattr(response, "render", None)
            if render and not getattr(response, "is_rendered", True):
                response = render()
        patch_vary_headers(response, ["Accept-Language"])
        return response


def language_of(request: HttpRequest) -> str:
    """The language that the person chose, or the first that their browser asks for and the desk has."""
    offered = settings.DESK_LANGUAGES
    chosen = ""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        chosen = request.session.get(IN_SESSION, "")
    if chosen in offered:
        return str(chosen)
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (found := code.partition("-")[0]) in offered:
            return found
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in offered else "en"
