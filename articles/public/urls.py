"""Addresses of the readers' pages. They are fixed: readers, search engines and partners hold them."""

from django.urls import path

from articles.public import claims, datafeed, entities, feeds, log, pages, search, sitemap, topics

app_name = "public"

urlpatterns = [
    path("", pages.front, name="front"),
    path("claims/", search.index, name="claims"),
    path("claims/<str:slug>/", claims.claim, name="claim"),
    path("claims/<str:slug>/history/", claims.history, name="history"),
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
    path("corrections/", pages.corrections, name="corrections"),
    path("methodology/", pages.methodology, name="methodology"),
    path("feeds/claims.atom", feeds.atom, name="atom"),
    path("feeds/claims.json", feeds.json_feed, name="json_feed"),
    path("feeds/claimreview.json", datafeed.datafeed, name="datafeed"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
]
