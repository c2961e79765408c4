"""Addresses of the readers' pages. They are fixed: readers, search engines and partners hold them."""

from django.urls import path

from articles.public import cards, claims, datafeed, embed, entities, feeds, log, oembed, pages, sitemap, topics

app_name = "public"

urlpatterns = [
    path("", pages.front, name="front"),
    path("claims/", claims.index, name="claims"),
    path("claims/<str:slug>/", claims.claim, name="claim"),
    path("claims/<str:slug>/history/", claims.history, name="history"),
    path("claims/<str:slug>/r<int:revision>/", claims.revision, name="revision"),
    path("claims/<str:slug>/r<int:revision>.tlog-proof", log.proof, name="proof"),
    path("claims/<str:slug>/card.png", cards.card, name="card"),
    path("claims/<str:slug>/r<int:revision>/card.png", cards.revision_card, name="revision_card"),
    path("embed/<str:slug>/", embed.embed, name="embed"),
    path("oembed", oembed.oembed, name="oembed"),
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
    path("feeds/claims.atom", feeds.claims, {"form": "atom"}, name="atom"),
    path("feeds/claims.json", feeds.claims, {"form": "json"}, name="json_feed"),
    path("topics/<path:topic>/feed.atom", feeds.topic, {"form": "atom"}, name="topic_atom"),
    path("topics/<path:topic>/feed.json", feeds.topic, {"form": "json"}, name="topic_json"),
    path("articles/<str:slug>/feed.atom", feeds.article, {"form": "atom"}, name="article_atom"),
    path("articles/<str:slug>/feed.json", feeds.article, {"form": "json"}, name="article_json"),
    path("claimants/<str:slug>/feed.atom", feeds.claimant, {"form": "atom"}, name="claimant_atom"),
    path("claimants/<str:slug>/feed.json", feeds.claimant, {"form": "json"}, name="claimant_json"),
    path("feeds/claimreview.json", datafeed.datafeed, name="datafeed"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemaps/pages.xml", sitemap.pages, name="sitemap_pages"),
    path("sitemaps/topics.xml", sitemap.topics, name="sitemap_topics"),
    path("sitemaps/news.xml", sitemap.news, name="sitemap_news"),
    path("sitemaps/<str:kind>-<int:part>.xml", sitemap.part, name="sitemap_part"),
    path("robots.txt", sitemap.robots, name="robots"),
]
