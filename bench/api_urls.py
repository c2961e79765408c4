"""The project's addresses, and those of the peers it is measured against."""

from django.urls import include, path

from bench import api_peers

urlpatterns = [
    path("peer/aggregate", api_peers.aggregate),
    path("peer/stock", api_peers.StockView.as_view()),
    path("peer/tuned", api_peers.TunedView.as_view()),
    path("", include("factcheck.urls")),
]
