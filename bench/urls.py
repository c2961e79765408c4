"""The addresses of the site, of the peers of the API, and of two floors behind the same middleware.

One floor does nothing, the other only fetches.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from articles.selectors.readers import prepared
from bench import api_peers

_BYTES = """
SELECT r.body FROM articles_publishedclaim c JOIN articles_record r ON r.seq = c.record_id WHERE c.slug = %s
"""


def hello(request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse("hello")


def fetched(request: HttpRequest, slug: str) -> HttpResponse:
    """A claim's record as it is stored, by the least that has to be asked for a page of it."""
    found = prepared.row(_BYTES, slug)
    return HttpResponse(found[0] if found else b"")


urlpatterns = [
    path("hello", hello),
    path("fetched/<str:slug>", fetched),
    path("peer/aggregate", api_peers.aggregate),
    path("peer/stock", api_peers.StockView.as_view()),
    path("peer/tuned", api_peers.TunedView.as_view()),
    path("", include("factcheck.urls")),
]
