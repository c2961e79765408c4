"""Addresses of the Google-shaped search, below ``/v1alpha1/`` at the root of the site, where its clients look."""

from django.urls import URLPattern, path, re_path

from articles.api import google

urlpatterns: list[URLPattern] = [
    path("claims:search", google.ClaimsSearchView.as_view(), name="google-claims-search"),
    re_path(r"^(?P<rest>[\s\S]*)\Z", google.nothing_here),
]
