"""Addresses of the readers' pages. They are fixed: readers, search engines and partners hold them."""

from django.urls import path, re_path

from articles.choices import PageKey
from articles.public import (
    about,
    claims,
    corrections,
    datafeed,
    entities,
    feeds,
    figures,
    log,
    pages,
    reports,
    sitemap,
    topics,
)

app_name = "public"

#: ``methodology`` is among them and has a view of its own above: here it has its address by name, and its history.
_PAGES = "|".join(PageKey.values)

urlpatterns = [
    path("", pages.front, name="front"),
    path("claims/", claims.index, name="claims"),
    path("claims/<str:slug>/", claims.claim, name="claim"),
    path("claims/<str:slug>/history/", claims.history, name="history"),
    path("claims/<str:slug>/report/", reports.report, name="report"),
    path("report/", reports.report_page, name="report_page"),
    path("reports/<str:reference>/", reports.reported, name="reported"),
    path("suggest/", reports.suggest, name="suggest"),
    path("suggestions/<str:reference>/", reports.suggested, name="suggested"),
    path("claims/<str:slug>/r<int:revision>/", claims.revision, name="revision"),
    path("claims/<str:slug>/r<int:revision>.tlog-proof", log.proof, name="proof"),
    path("log/checkpoint", log.checkpoint, name="checkpoint"),
    path("log/key", log.key, name="log_key"),
    path("log/tile/<path:address>", log.tile, name="tile"),
    path("articles/", entities.articles, name="articles"),
    path("articles/<str:slug>/", entities.article, name="article"),
    path("claimants/", entities.claimants, name="claimants"),
    path("claimants/<str:slug>/", entities.claimant, name="claimant"),
    path("sources/", entities.sources, name="sources"),
    path("sources/<str:slug>/", entities.source, name="source"),
    path("topics/", topics.index, name="topics"),
    path("topics/<path:topic>/", topics.topic, name="topic"),
    path("corrections/", corrections.index, name="corrections"),
    path("methodology/", pages.methodology, name="methodology"),
    re_path(rf"^(?P<key>{_PAGES})/$", about.page, name="page"),
    re_path(rf"^(?P<key>{_PAGES})/history/$", about.history, name="page_history"),
    path("trust/", about.trust, name="trust"),
    path("figures/", figures.figures, name="figures"),
    path("figures.csv", figures.figures_csv, name="figures_csv"),
    path("feeds/corrections.atom", corrections.atom, name="corrections_atom"),
    path("feeds/corrections.json", corrections.json_feed, name="corrections_json"),
    path("feeds/claims.atom", feeds.atom, name="atom"),
    path("feeds/claims.json", feeds.json_feed, name="json_feed"),
    path("feeds/claimreview.json", datafeed.datafeed, name="datafeed"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
]
