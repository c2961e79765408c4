"""What is checked, by topic: the list of topics, and a topic's claims with the balance of their verdicts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import PublishedClaim
from articles.public import charts, presentation
from articles.public.answers import answer, kept, readers_page
from articles.selectors import public, public_topics
from articles.selectors.public import Filters


@readers_page
def index(request: HttpRequest) -> HttpResponse:
    """All topics. Counting them reads every claim, so the page is kept until the log grows."""

    def make() -> HttpResponse:
        context = {"topics": public_topics.topics(), "canonical": presentation.address("topics")}
        return render(request, "public/topics.html", context)

    return kept(request, "topics", public.head().root, make=make)


@readers_page
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """A topic's claims, newest record first. Topics nobody wrote are not there."""

    def make() -> HttpResponse:
        page = public.claims(Filters(topic=topic), cursor=request.GET.get("cursor", ""), originals=True)
        if not page.rows:
            raise PublishedClaim.DoesNotExist
        return render(
            request,
            "public/topic.html",
            {
                "topic": topic,
                "cards": presentation.cards(page.rows),
                "shares": charts.shares(public.balance(topics__contains=[topic])),
                "next": f"?cursor={page.next}" if page.next else "",
                "previous": f"?cursor={page.previous}" if page.previous else "",
                "canonical": presentation.address("topic", topic),
            },
        )

    return answer(request, request.get_full_path(), public.head().root, make=make)
