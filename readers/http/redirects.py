"""Addresses of the earlier site: where this site has no page, readers get to the claim that was checked there."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from articles.selectors.readers import redirects
from caching import headers as cache_headers
from caching import keys

#: No pages for readers.
_OTHERS: Final = ("/admin/", "/api/", "/account/", "/expert/", "/unsubscribe/", "/static/")


class RedirectsMiddleware:
    """Middleware: answers 301 instead of 404 for an address that an archive brought in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The site's answer, or the redirect."""
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        if request.path_info.startswith(_OTHERS):
            return response
        slug = redirects.claim_slug(request.path_info, request.META.get("QUERY_STRING", ""))
        if not slug:
            return response
        moved = HttpResponsePermanentRedirect(reverse("readers:claim", args=[slug]))
        cache_headers.mark_public(moved, [keys.LISTS])
        return moved
