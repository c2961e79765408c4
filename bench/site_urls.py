"""The site's addresses, and the floor: a view that does nothing, behind the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def hello(request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse("hello")


urlpatterns = [path("hello", hello), path("", include("factcheck.urls"))]
