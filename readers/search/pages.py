"""The list of all claims: search and browse, with what could be added and taken away, all of it in the address."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles import folding, rating_words
from articles.models import Rating
from articles.selectors.readers import (
    by_language,
    published,
    query_parser,
    search_results,
    spelling,
)
from articles.selectors.readers import facets as readers_facets
from articles.selectors.readers.claim_filters import Filters
from articles.selectors.readers.matching import MAX_TEXT
from articles.selectors.readers.published import LogHead
from articles.selectors.readers.search_results import Found, Sort
from articles.selectors.readers.state import published_state
from caching import keys
from lib.parsing.headers import exceeds_limit
from readers.http import closest, form_views, languages, view_models
from readers.http.closest import Closest
from readers.http.holding import UNTIL_PUBLISHED, mark_own_query
from readers.http.responses import BadAddressError, cached, form_page
from readers.http.view_models import Card
from readers.search import facets, filters, own_language
from readers.search.facets import Choice
from readers.search.filters import Active
from readers.search.highlighting import Marker

#: With fewer matches than this a reader is asked whether something else was meant.
FEW = 3
#: With fewer matches than this a reader also sees claims that say nearly the same.
HANDFUL = 5
#: The newest claims, for those who found nothing.
NEWEST = 3
#: A search whose address would have more bytes is answered where it was sent: servers refuse long addresses.
LONGEST_ADDRESS = 4000
#: The longest search as a form sends it: up to twelve bytes for a character.
MAX_BODY = 12 * MAX_TEXT + 4000


@dataclass(frozen=True, slots=True)
class Advice:
    """What may help where little or nothing was found."""

    meant: str = ""
    meant_query: str = ""
    meant_cards: list[Card] = field(default_factory=list)
    without: list[tuple[Active, int]] = field(default_factory=list)
    newest: list[Card] = field(default_factory=list)


@form_page
def index(request: HttpRequest) -> HttpResponse:
    """Search and browse: filters in the address, pages by cursor. The form posts, because messages can be long."""
    return _posted(request) if request.method == "POST" else _addressed(request)


def _posted(request: HttpRequest) -> HttpResponse:
    """On to the address of the search, or the answer itself where that would be too long."""
    if exceeds_limit(request.META.get("CONTENT_LENGTH"), MAX_BODY):
        too_long = _("This message is too long to search for. Paste 20,000 characters at most.")
        return _answered(request, QueryDict(), notice=too_long, status=413)
    if (refusal := form_views.refusal_of(request, MAX_BODY)) is not None:
        return refusal
    asked = filters.posted(request.POST)
    query = f"?{asked.urlencode()}" if asked else ""
    if len(query) <= LONGEST_ADDRESS:
        return HttpResponse(status=303, headers={"Location": request.path + query, "Cache-Control": "no-store"})
    if wait := form_views.charge(request, ("search", settings.SEARCH_RATE)):
        response = _answered(request, asked, notice=form_views.wait_words(wait), status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    return _answered(request, asked)


def _answered(request: HttpRequest, asked: QueryDict, *, notice: str = "", status: int = 200) -> HttpResponse:
    """The list for this reader alone: no cache keeps it. With a ``notice``, nothing is searched for."""
    wanted = Filters() if notice else filters.read(asked)
    response = _list(
        request,
        asked,
        wanted,
        _sort(QueryDict() if notice else asked, wanted),
        published.ratings(),
        query_parser.languages,
        published.head(),
        notice=notice,
    )
    response.status_code = status
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _addressed(request: HttpRequest) -> HttpResponse:
    wanted = filters.read(request.GET)
    sort = _sort(request.GET, wanted)
    ratings = published.ratings()
    head, spoken = published.head(), cache(query_parser.languages)
    make = partial(_list, request, request.GET, wanted, sort, ratings, spoken, head)
    shown = [keys.lists_in(tag) for tag in own_language.shown(wanted, spoken)] if "cursor" not in request.GET else []
    state = published_state.changed(*shown) if shown else head.state
    names = (request.get_full_path(), state, view_models.scale_name(ratings))
    # Searches are as many as there are readers; what everybody begins with is kept, and what has very many matches:
    # such words are few, often asked for, and dear to count.
    is_start = not wanted.q and "cursor" not in request.GET
    response = cached(
        request,
        *names,
        keys=shown or [keys.LISTS],
        make=make,
        is_worth_keeping=lambda page: is_start or _has_many(page),
        right_for=UNTIL_PUBLISHED,
    )
    if is_start and filters.query(wanted, sort=sort) == f"?{request.META.get('QUERY_STRING', '')}":
        mark_own_query(response)
    return response


def _has_many(page: HttpResponse) -> bool:
    return bool(getattr(page, "matches", 0) > readers_facets.RANKED)


def _sort(params: QueryDict, wanted: Filters) -> Sort:
    asked = params.get("sort", "").strip() or "relevance"
    for sort in facets.ORDERS:
        if asked == sort:
            return sort if wanted.q or sort != "relevance" else "newest"
    raise BadAddressError(_("“%(value)s” is not a sort order. Choose one from the list.") % {"value": asked[:40]})


def _list(
    request: HttpRequest,
    params: QueryDict,
    wanted: Filters,
    sort: Sort,
    ratings: list[Rating],
    languages_spoken: Callable[[], list[str]],
    head: LogHead,
    *,
    notice: str = "",
) -> HttpResponse:
    asked = query_parser.parse(wanted.q)
    is_minus_only = bool(asked.unwanted) and not asked
    spoken = languages_spoken()
    sought, own = own_language.narrow(replace(wanted, q="") if is_minus_only else wanted, spoken)
    cursor = params.get("cursor", "")
    found = search_results.find(sought, sort=sort if sought.q else _listed(sort), cursor=cursor, head=head)
    active = filters.active(wanted, ratings, sort=sort)
    typed = params.get("q", "").strip()
    context: dict[str, Any] = {
        "filters": wanted,
        "hidden": filters.hidden(wanted),
        "sort": params.get("sort", ""),
        "active": active,
        "notice": notice,
        "is_minus_only": is_minus_only,
        "cards": _cards(found, sought),
        "others": _in_other_languages(sought, own, found) if not cursor and len(own) < len(spoken) else [],
        "in_all_languages": filters.query(replace(wanted, language=filters.EVERY_LANGUAGE), sort=sort),
        "rated": _rated(wanted.q, ratings),
        "advice": _advice(sought, found, active, sort, head) if not cursor else Advice(),
        "canonical": view_models.address("claims"),
        "alternates_query": "" if filters.query(wanted, sort=sort) == "?" else filters.query(wanted, sort=sort),
        **_pasted(typed, found, _closest(typed, sought, found) if not cursor else Closest()),
        **_choices(found, wanted, spoken, ratings, sort),
        **_extent(found, wanted, sort),
    }
    page = render(request, "readers/search/claims.html", context)
    page.matches = found.facets.total  # type: ignore[attr-defined]
    return page


def _in_other_languages(sought: Filters, own: list[str], found: Found) -> list[Card]:
    """The newest checks in other languages, below the last page of those in the reader's own."""
    if not own or found.next:
        return []
    return view_models.cards(by_language.in_other_languages(sought, own))


def _closest(typed: str, sought: Filters, found: Found) -> Closest:
    """Claims that say nearly what was typed, where few have all its words. Other filters and operators are kept to."""
    is_plain = Filters(q=sought.q) == sought and query_parser.is_plain(typed)
    if not sought.q or not is_plain or found.facets.total >= HANDFUL:
        return Closest()
    return closest.find_closest(typed, exclude=[row.pk for row in found.rows])


def _rated(typed: str, ratings: list[Rating]) -> Choice | None:
    """The verdict whose name was typed: somebody may look for all claims that have it."""
    asked = folding.name_key(typed)
    for rating in ratings if asked else ():
        said = rating_words.in_language(str(rating.label), languages.current())
        if asked in (folding.name_key(str(rating.label)), folding.name_key(said)):
            return Choice(said, 0, query=filters.query(Filters(rating=rating.key)))
    return None


def _listed(sort: Sort) -> Sort:
    return "newest" if sort == "relevance" else sort


def _pasted(typed: str, found: Found, near: Closest) -> dict[str, Any]:
    """What was typed or pasted, and the checks that say nearly the same."""
    is_long = len(typed) > query_parser.LONGEST_QUESTION
    return {
        "typed": typed[:MAX_TEXT],
        "closest": near,
        "is_pasted": bool(near) and not found.rows and (bool(near.place) or is_long),
        "is_cut": len(typed) > MAX_TEXT,
    }


def _choices(found: Found, wanted: Filters, spoken: list[str], ratings: list[Rating], sort: Sort) -> dict[str, Any]:
    """What the list could be narrowed to, and other orders of it."""
    return {
        "verdicts": facets.verdicts(wanted, found.facets, ratings, sort),
        "languages": facets.languages(wanted, spoken) if len(spoken) > 1 or wanted.language else [],
        "every_verdict": Choice("", 0, query=filters.query(replace(wanted, rating=""), sort=sort)),
        "further": facets.more_facets(wanted, found.facets, sort),
        "orders": facets.orders(wanted, sort) if found.facets.total > 1 else [],
    }


def _extent(found: Found, wanted: Filters, sort: Sort) -> dict[str, Any]:
    total = found.facets.total
    is_bounded = total > readers_facets.CANDIDATES
    return {
        "count": min(total, readers_facets.CANDIDATES),
        "is_bounded": is_bounded,
        "best_only": readers_facets.RANKED if found.is_best_only and not found.next else 0,
        "next": filters.query(wanted, sort=sort, cursor=found.next) if found.next else "",
        "previous": filters.query(wanted, sort=sort, cursor=found.previous) if found.previous else "",
    }


def _cards(found: Found, sought: Filters) -> list[Card]:
    cards = view_models.cards(found.rows)
    if not sought.q:
        return cards
    marker = Marker(query_parser.parse(sought.q))
    return [
        replace(
            card,
            statement=marker.mark(card.claim.text, card.claim.marked_text),  # type: ignore[attr-defined]
            summary=marker.mark(card.claim.summary, card.claim.marked_summary),  # type: ignore[attr-defined]
        )
        for card in cards
    ]


def _advice(sought: Filters, found: Found, active: list[Active], sort: Sort, head: LogHead) -> Advice:
    """Another spelling where little was found; where nothing was, also which filter is in the way, and the newest."""
    total = found.facets.total
    meant = spelling.suggestion(sought.q) if sought.q and total < FEW else ""
    if total:
        return Advice(meant, filters.query(replace(sought, q=meant), sort=sort) if meant else "")
    named = list({one.name: one for one in active}.values())
    counts = search_results.counts_without(sought, [one.name for one in named])
    without = [(one, counts[one.name]) for one in named if counts[one.name]]
    for other in (replace(sought, q=meant), Filters(q=meant)) if meant else ():  # in spite of the filters, if need be
        if cards := _cards(search_results.find(other, sort="relevance", head=head), other):
            return Advice(meant, filters.query(other, sort=sort), cards, without)
    newest_rows = by_language.claims_by_language(Filters(), languages.current(), size=NEWEST, others=0).own.rows
    return Advice(without=without, newest=view_models.cards(newest_rows))
