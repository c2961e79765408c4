"""The language of a readers' page: its address alone decides (``readers.http.languages``).

No cookie and no Accept-Language header plays a part: one address is one page, for every reader, every cache and every
search engine. What a record says stays in the record's language.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.encoding import escape_uri_path
from django.utils.translation import override

from readers.http import languages


class PageLanguageMiddleware:
    """Middleware: the language of the address is in force while the request is answered.

    The newsroom's own language as a prefix leads to the address without it, so that links outlive a change of default.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer in the language of the address."""
        prefix = languages.prefix_of(request.path_info)
        if prefix == settings.LANGUAGE_CODE:
            rest = "/" + request.path_info[len(prefix) + 1 :].lstrip("/\\")
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(escape_uri_path(rest) + (f"?{query}" if query else ""))
        with override(prefix or settings.LANGUAGE_CODE):
            return self.get_response(request)
