"""Every address of the product, mounted once."""

from django.contrib import admin
from django.urls import include, path

from factcheck import health

urlpatterns = [
    path("healthz", health.process, name="healthz"),
    path("readyz", health.database, name="readyz"),
    path("admin/", admin.site.urls),
    path("api/", include("articles.api.urls")),
    path("v1alpha1/", include("articles.api.google_urls")),
    path("expert/", include("articles.expert.urls")),
    path("", include("articles.public.urls")),
]
