"""The front page, and how we work."""

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from articles import workflow
from articles.choices import PageKey
from articles.claim_review import script
from articles.selectors.readers import by_language, pages, published
from articles.selectors.readers import topics as readers_topics
from articles.selectors.readers.claim_filters import Filters
from articles.selectors.readers.newsroom import corrections
from articles.selectors.readers.newsroom import front as readers_front
from caching import keys
from readers.claims import markup
from readers.http import languages, view_models
from readers.http.holding import UNTIL_PUBLISHED, until
from readers.http.page_names import Name
from readers.http.responses import cached, conditional, readers_page
from readers.newsroom import about

#: The lead, and six cards.
NEWEST = 7
RECENTLY_CORRECTED = 3
TOPICS = 12
#: Of fewer topics it says nothing that they are the most read.
LEAST_READ = 3
#: Seconds for which the most-read topics stay what they are: those of the last days do not change from hour to hour.
READ_SECONDS = 600


@readers_page
def front(request: HttpRequest) -> HttpResponse:
    """What is new, what was corrected, what is read about, and the search box."""
    language = languages.current()
    today = localdate()
    written, state = pages.published_pages(language), readers_front.state(language, today=today)
    read = _most_read(state.head.state.hex())

    def make() -> HttpResponse:
        found = by_language.claims_by_language(Filters(), language, size=NEWEST)
        own = readers_front.with_lead(found.own.rows, state.pinned, size=NEWEST)
        newest = view_models.cards([*own, *found.others])
        leads = 0 if not own or own[0].is_retracted else 1
        return render(
            request,
            "readers/front.html",
            {
                "lead": newest[:leads],
                "cards": newest[leads : len(own)],
                "others": newest[len(own) :],
                "is_missing": found.is_missing,
                "read": read,
                "topics": [] if read else readers_topics.lately(TOPICS, found.tags),
                "corrections": view_models.correction_entries(corrections.newest(found.tags, size=RECENTLY_CORRECTED)),
                "markup": script(markup.site(written)),
                "canonical": view_models.address("front"),
            },
        )

    shown = [keys.LISTS, keys.NEWSROOM]
    names: tuple[Name, ...] = (*state.names, *read, about.menu_name(written))
    return cached(
        request, "front", *names, keys=shown, make=make, right_for=min(READ_SECONDS, until(today + timedelta(days=1)))
    )


def _most_read(root: str) -> list[str]:
    """The most-read topics, looked up now and then; none while hardly anything was read."""
    key = f"most-read:{root}"
    topics: list[str] | None = cache.get(key)
    if topics is None:
        topics = readers_topics.most_read(TOPICS, today=localdate())
        cache.set(key, topics, READ_SECONDS)
    return topics if len(topics) >= LEAST_READ else []


@readers_page
def methodology(request: HttpRequest) -> HttpResponse:
    """How we work: the scale as the database has it, the life of a claim as the workflow table has it."""
    ratings = published.ratings()
    prose = next((row for row in pages.published_pages(languages.current()) if row.key == PageKey.METHODOLOGY), None)
    steps = [
        {
            "label": t.label,
            "help": t.help,
            "from": [str(s.label) for s in t.sources],
            "to": str(t.target.label),
        }
        for t in workflow.TRANSITIONS
    ]
    return conditional(
        request,
        request.path,
        view_models.scale_name(ratings),
        about.menu_name([prose] if prose else []),
        keys=[keys.NEWSROOM],
        make=lambda: render(
            request,
            "readers/newsroom/methodology.html",
            {
                "current": [rating for rating in ratings if rating.retired_on is None],
                "retired": [rating for rating in ratings if rating.retired_on is not None],
                "steps": steps,
                "page": pages.page(prose.key, prose.language) if prose else None,
                "canonical": view_models.address("methodology"),
            },
        ),
        right_for=UNTIL_PUBLISHED,
    )
