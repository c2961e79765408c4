"""The addresses of the blog, and an empty view."""

from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.cache import cache_page
from wagtail import urls as wagtail_urls
from wagtail.views import serve

urlpatterns = [
    path("hello", lambda request: HttpResponse("hello")),
    path("minute/<path:path>", cache_page(60)(lambda request, path: serve(request, path))),
    path("", include(wagtail_urls)),
]
