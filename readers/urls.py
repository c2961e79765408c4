"""Addresses of the readers' pages. They are fixed: readers, search engines and partners hold them."""

import re

from django.urls import URLResolver, path, re_path, register_converter
from django.urls.converters import StringConverter
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

from articles.choices import PageKey
from readers import log, reports
from readers.claims import pages as claims_pages
from readers.feeds import datafeed, sitemap
from readers.feeds import pages as feeds_pages
from readers.following import devices
from readers.following import pages as following
from readers.library import entities, topics
from readers.newsroom import about, corrections, figures, front, well_known
from readers.search import pages as search_pages
from readers.sharing import cards, embed, oembed, pictures, short_links
from readers.tips import pages as tips

app_name = "readers"


#: What browsers and proxies take for "here" and "up" and normalise away, percent-encoded or not; or that, escaped.
_DOTS = re.compile(r"(?<![^/])(~*\.\.?)(?![^/])")
_ESCAPED_DOTS = re.compile(r"(?<![^/])~(~*\.\.?)(?![^/])")


class _Topic(StringConverter):
    """A topic as an editor wrote it: with slashes, in old records even with line breaks: a record is never too odd for
    its page. Where one of its parts between slashes is ``.`` or ``..``, a tilde is put before that in the address."""

    regex = r"[\s\S]+"

    def to_python(self, value: str) -> str:
        """The topic of an address."""
        return _ESCAPED_DOTS.sub(r"\1", value)

    def to_url(self, value: str) -> str:
        """A topic's part of its address."""
        return _DOTS.sub(r"~\1", value)


register_converter(_Topic, "topic")

#: ``methodology`` is among them and has a view of its own above: here it has its address by name, and its history.
_ABOUT = "|".join(PageKey.values)

#: Pages: each comes in every language of the site, under that language's prefix (``readers.http.languages``).
_PAGES = [
    path("claims/<str:slug>/", claims_pages.claim, name="claim"),  # first, because most requests are for it
    path("", front.front, name="front"),
    path("claims/", search_pages.index, name="claims"),
    path("claims/<str:slug>/history/", claims_pages.history, name="history"),
    path("claims/<str:slug>/report/", reports.report, name="report"),
    path("report/", reports.report_page, name="report_page"),
    path("reports/<str:reference>/", reports.reported, name="reported"),
    path("follow/", following.follow, name="follow"),
    path("follow/asked/", following.asked, name="follow_asked"),
    path("follow/device/", devices.device, name="follow_device"),
    path("follow/<str:token>/", following.follows, name="follows"),
    path("follow/<str:token>/stop/", following.stop, name="follow_stop"),
    path("suggest/", tips.suggest, name="suggest"),
    path("suggestions/<str:reference>/", tips.suggested, name="suggested"),
    path("status/", tips.status, name="status"),
    path("claims/<str:slug>/r<int:revision>/", claims_pages.revision, name="revision"),
    path("embed/<str:slug>/", embed.embed, name="embed"),
    path("c/<int:number>/", short_links.short, name="short"),
    path("articles/", entities.articles, name="articles"),
    path("articles/<str:slug>/", entities.article, name="article"),
    path("claimants/", entities.claimants, name="claimants"),
    path("claimants/<str:slug>/", entities.claimant, name="claimant"),
    path("sources/", entities.sources, name="sources"),
    path("sources/<str:slug>/", entities.source, name="source"),
    path("topics/", topics.index, name="topics"),
    path("topics/<topic:topic>/", topics.topic, name="topic"),
    path("corrections/", corrections.index, name="corrections"),
    path("methodology/", front.methodology, name="methodology"),
    re_path(rf"^(?P<key>{_ABOUT})/$", about.page, name="page"),
    re_path(rf"^(?P<key>{_ABOUT})/history/$", about.history, name="page_history"),
    path("trust/", about.trust, name="trust"),
    path("figures/", figures.figures, name="figures"),
    path("feeds/corrections.atom", corrections.atom, name="corrections_atom"),
    path("feeds/corrections.json", corrections.json_feed, name="corrections_json"),
    path("feeds/claims.atom", feeds_pages.claims, {"form": "atom"}, name="atom"),
    path("feeds/claims.json", feeds_pages.claims, {"form": "json"}, name="json_feed"),
    path("feed/", feeds_pages.claims, {"form": "rss"}, name="rss"),
    path("topics/<topic:topic>/feed.atom", feeds_pages.topic, {"form": "atom"}, name="topic_atom"),
    path("topics/<topic:topic>/feed.json", feeds_pages.topic, {"form": "json"}, name="topic_json"),
    path("topics/<topic:topic>/feed.rss", feeds_pages.topic, {"form": "rss"}, name="topic_rss"),
    path("articles/<str:slug>/feed.atom", feeds_pages.article, {"form": "atom"}, name="article_atom"),
    path("articles/<str:slug>/feed.json", feeds_pages.article, {"form": "json"}, name="article_json"),
    path("articles/<str:slug>/feed.rss", feeds_pages.article, {"form": "rss"}, name="article_rss"),
    path("claimants/<str:slug>/feed.atom", feeds_pages.claimant, {"form": "atom"}, name="claimant_atom"),
    path("claimants/<str:slug>/feed.json", feeds_pages.claimant, {"form": "json"}, name="claimant_json"),
    path("claimants/<str:slug>/feed.rss", feeds_pages.claimant, {"form": "rss"}, name="claimant_rss"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemaps/pages.xml", sitemap.pages, name="sitemap_pages"),
    path("sitemaps/topics.xml", sitemap.topics, name="sitemap_topics"),
    path("sitemaps/news.xml", sitemap.news, name="sitemap_news"),
    path("sitemaps/<str:kind>-<int:part>.xml", sitemap.part, name="sitemap_part"),
]
#: For machines: one address each, the same for pages in all languages.
_FILES = [
    path("claims/<str:slug>/r<int:revision>.tlog-proof", log.proof, name="proof"),
    path("claims/<str:slug>/card.png", cards.card, name="card"),
    path("claims/<str:slug>/r<int:revision>/card.png", cards.revision_card, name="revision_card"),
    path("card.png", cards.site_card, name="site_card"),
    path("pictures/<str:sha256>/<int:width>.<str:ending>", pictures.picture, name="picture"),
    path("claims/<str:slug>.jsonld", claims_pages.jsonld, name="jsonld"),
    path(".well-known/security.txt", well_known.security, name="security_txt"),
    path(".well-known/api-catalog", well_known.api_catalog, name="api_catalog"),
    path("oembed", oembed.oembed, name="oembed"),
    path("follow/worker.js", devices.worker, name="follow_worker"),
    path("log/checkpoint", log.checkpoint, name="checkpoint"),
    path("log/key", log.key, name="log_key"),
    path("log/tile/<path:address>", log.tile, name="tile"),
    path("figures.csv", figures.figures_csv, name="figures_csv"),
    path("feeds/claimreview.json", datafeed.datafeed, name="datafeed"),
    path("robots.txt", sitemap.robots, name="robots"),
]

# Nested by hand: ``i18n_patterns`` wants to stand in the root, for a middleware that guesses; ours goes by the address.
urlpatterns = [
    URLResolver(RoutePattern(""), [URLResolver(LocalePrefixPattern(prefix_default_language=False), _PAGES)]),
    *_FILES,
]
