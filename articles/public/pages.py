"""The front page, the corrections log, and how we work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles import workflow
from articles.public import presentation
from articles.public.answers import answer, readers_page
from articles.selectors import public, public_topics

NEWEST = 9
RECENTLY_CORRECTED = 3
TOPICS = 12


@readers_page
def front(request: HttpRequest) -> HttpResponse:
    """What is new, what was corrected, what it is about of late, and the search box."""

    def make() -> HttpResponse:
        newest = presentation.cards(public.claims(size=NEWEST, originals=True).rows)
        return render(
            request,
            "public/front.html",
            {
                "lead": newest[:1],
                "cards": newest[1:],
                "topics": public_topics.lately(TOPICS),
                "fixes": [presentation.fix(record) for record in public.corrections(size=RECENTLY_CORRECTED).rows],
                "canonical": presentation.address("front"),
            },
        )

    return answer(request, request.get_full_path(), public.head().root, make=make)


@readers_page
def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction and retraction, newest first."""

    def make() -> HttpResponse:
        page = public.corrections(cursor=request.GET.get("cursor", ""))
        return render(
            request,
            "public/corrections.html",
            {
                "fixes": [presentation.fix(record) for record in page.rows],
                "next": f"?cursor={page.next}" if page.next else "",
                "previous": f"?cursor={page.previous}" if page.previous else "",
                "canonical": presentation.address("corrections"),
            },
        )

    return answer(request, request.get_full_path(), public.head().root, make=make)


@readers_page
def methodology(request: HttpRequest) -> HttpResponse:
    """How we work: the scale as the database has it, the life of a claim as the workflow table has it."""
    ratings = public.ratings()
    described = [f"{r.key}/{r.edition}/{r.label}/{r.definition}/{r.retired_on}" for r in ratings]
    steps = [
        {
            "label": _(t.label),
            "help": _(t.help),
            "from": [_(s.label) for s in t.sources],
            "to": _(t.target.label),
        }
        for t in workflow.TRANSITIONS
    ]
    return answer(
        request,
        request.path,
        *described,
        make=lambda: render(
            request,
            "public/methodology.html",
            {
                "current": [rating for rating in ratings if rating.retired_on is None],
                "retired": [rating for rating in ratings if rating.retired_on is not None],
                "steps": steps,
                "canonical": presentation.address("methodology"),
            },
        ),
    )
