"""Every address of the product, mounted once."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from desk.notifications.unsubscribe import unsubscribe
from factcheck import health
from factcheck.insight.metrics import metrics

handler400 = "api.addresses.bad_request"
handler403 = "desk.http.forbidden.forbidden"
handler500 = "factcheck.unavailable.server_error"
urlpatterns = [
    path("healthz", health.process, name="healthz"),
    path("readyz", health.database, name="readyz"),
    path("metrics", metrics, name="metrics"),
    # Browsers that have no page yet, and feed readers, ask here; pages name the icon themselves.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}factcheck/icon.svg"), name="favicon"),
    path("admin/", include("desk.people.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("api.urls")),
    path("v1alpha1/", include("api.google.urls")),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("", include("desk.expert.urls")),
    path("", include("readers.urls")),
]
