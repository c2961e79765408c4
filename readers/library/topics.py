"""What is checked, by topic: the list of topics, and a topic's claims with the balance of their verdicts."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from articles.choices import MergeKind
from articles.models import PublishedClaim
from articles.selectors.readers import by_language, merges, published, topics
from articles.selectors.readers.claim_filters import Filters
from caching import keys
from readers.http import charts, languages, template_constants, view_models
from readers.http.holding import UNTIL_PUBLISHED
from readers.http.responses import cached, listing, readers_page


@readers_page
def index(request: HttpRequest) -> HttpResponse:
    """All topics. Counting them reads every claim, so the page is kept until the log grows."""

    def make() -> HttpResponse:
        context = {"topics": topics.topics(), "canonical": view_models.address("topics")}
        return render(request, "readers/library/topics.html", context)

    state = published.head().state
    return cached(request, "topics", state, keys=[keys.LISTS], make=make, right_for=UNTIL_PUBLISHED)


@readers_page
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """A topic's claims, newest record first; 404 for an unknown topic."""

    def make() -> HttpResponse:
        if stays := merges.what_stays(MergeKind.TOPIC, topic):
            return HttpResponsePermanentRedirect(template_constants.url("readers:topic", stays))
        found = by_language.claims_by_language(
            Filters(topic=topic), languages.current(), cursor=request.GET.get("cursor", "")
        )
        page = found.own
        if not page.rows:
            raise PublishedClaim.DoesNotExist
        return render(
            request,
            "readers/library/topic.html",
            {
                "topic": topic,
                **view_models.cards_by_language(found),
                "shares": charts.shares(published.balance(topics__overlap=merges.all_of(MergeKind.TOPIC, topic))),
                "next": f"?cursor={page.next}" if page.next else "",
                "previous": f"?cursor={page.previous}" if page.previous else "",
                "canonical": view_models.address("topic", topic),
            },
        )

    return listing(request, keys.topic(topic), make=make)
