"""Addresses of the Google-shaped search, below ``/v1alpha1/`` at the root of the site, where its clients look."""

from django.urls import URLPattern, path, re_path

from api.google import views

urlpatterns: list[URLPattern] = [
    path("claims:search", views.ClaimsSearchView.as_view(), name="google-claims-search"),
    re_path(r"^(?P<rest>[\s\S]*)\Z", views.nothing_here),
]
