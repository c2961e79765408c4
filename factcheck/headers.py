"""Headers that differ between the desk and everything else, and those that a 304 must not have."""

from collections.abc import Callable

from csp.constants import NONCE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

#: What the admin's own scripts need: Alpine evaluates its attributes and sets styles on elements. Inline scripts stay
#: forbidden but for the one that carries this answer's nonce.
_ADMIN_POLICY = {
    "script-src": [SELF, NONCE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "frame-src": [SELF],  # previews of readers' pages
}


class DeskHeadersMiddleware:
    """Below ``/admin/``: a policy the admin's scripts can run under, and nothing kept by any cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            if not hasattr(response, "_csp_replace"):  # a preview of a readers' page has the policy of those pages
                response._csp_replace = _ADMIN_POLICY  # type: ignore[attr-defined]
            response.headers["Cache-Control"] = "private, no-store"
        return response


class KeepErrorsOutOfCaches:
    """No cache keeps an answer that says "not here", and no redirect unless its view says for how long.

    A claim may be published a moment later; a replica that lags behind answers 404 for a claim that others show.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 300 or response.status_code == 304:
            return response
        given = response.headers.get("Cache-Control", "")
        if (response.status_code >= 400 and "no-store" not in given) or not given:
            response.headers["Cache-Control"] = "no-store"
        return response


class StripContentLengthOn304:
    """Around Django's CommonMiddleware, which writes the length of every body, also of the one that a 304 leaves out.

    There it would be that of the answer somebody keeps (RFC 9110, 8.6), and 0 is not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 304:
            del response.headers["Content-Length"]
        return response
