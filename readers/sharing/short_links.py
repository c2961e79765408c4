"""Short addresses of claims, for messages and paper: ``/c/<number>/``, by a number of the log, which never changes."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import override

from articles.selectors.readers import published
from caching import headers as cache_headers
from caching import keys
from readers.http import languages
from readers.http.responses import readers_page


@readers_page
def short(request: HttpRequest, number: int) -> HttpResponse:
    """The redirect to a claim's page: in the claim's own language, or in that of the address, where it names one.

    Pages give the number of a claim's first record. The numbers of its later records lead to the same page.
    """
    row = published.claim_of_record(number)
    with override(languages.prefix_of(request.path_info) or languages.closest(row.language)):
        moved = HttpResponsePermanentRedirect(reverse("readers:claim", args=[row.slug]))
    cache_headers.mark_public(moved, [keys.claim(row.claim_id)])
    return moved
