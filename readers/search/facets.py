"""What a list of claims could be narrowed to, and in which order it can be: as links, each with what it leads to."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import text
from articles.models import Rating
from articles.selectors.readers import published
from articles.selectors.readers.claim_filters import BY_NAME, Filters
from articles.selectors.readers.facets import Facets
from articles.selectors.readers.search_results import Sort
from readers.search import filters

#: The orders of a list, with their labels for readers.
ORDERS: dict[Sort, Any] = {
    "relevance": _("Best match"),
    "newest": _("Newest first"),
    "checked": _("Last checked first"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a list can be narrowed to; ``query`` is the address that does."""

    label: str
    count: int
    query: str = ""
    value: str = ""
    tone: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The choices of one kind."""

    name: str
    heading: str | Promise
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Order:
    """An order that a list can be in."""

    label: str | Promise
    query: str
    is_chosen: bool


def orders(wanted: Filters, chosen: Sort) -> list[Order]:
    """The orders a list can be in: by relevance only where there are words to be relevant to."""
    return [
        Order(label, filters.query(wanted, sort=sort), sort == chosen)
        for sort, label in ORDERS.items()
        if wanted.q or sort != "relevance"
    ]


def verdicts(wanted: Filters, facets: Facets, ratings: list[Rating], sort: Sort) -> list[Choice]:
    """The whole scale, of which several can be chosen, each with how many there are; as links, one of them alone."""
    counts, chosen = dict(facets.rating), wanted.rating.split(",")
    newest: dict[str, Rating] = {}
    for rating in ratings:
        newest.setdefault(rating.key, rating)
    return [
        Choice(
            str(r.label),
            counts.get(r.key, 0),
            query=filters.query(replace(wanted, rating=r.key), sort=sort),
            value=r.key,
            tone=r.tone,
            is_chosen=r.key in chosen,
        )
        for r in newest.values()
    ]


def languages(wanted: Filters, spoken: list[str]) -> list[Choice]:
    """Every language that claims are in, as one of which the list can be, and all of them."""
    everything = Choice(str(_("All languages")), 0, value=filters.EVERY_LANGUAGE)
    named = [Choice(text.language_name(tag), 0, value=tag) for tag in spoken]
    return [replace(choice, is_chosen=choice.value == wanted.language) for choice in (everything, *named)]


def more_facets(wanted: Filters, facets: Facets, sort: Sort) -> list[Facet]:
    """Topics, claimants and years that the list could be narrowed to; what it is narrowed to already is left out."""

    def narrowed(**change: Any) -> str:
        return filters.query(replace(wanted, **change), sort=sort)

    found = []
    if facets.topic and not wanted.topic:
        choices = [Choice(topic, n, narrowed(topic=topic)) for topic, n in facets.topic]
        found.append(Facet("topic", _heading("topic"), choices))
    if facets.claimant and not wanted.claimant:
        named = published.claimants_named(UUID(which) for which, _n in facets.claimant)
        people = [(named[UUID(which)], n) for which, n in facets.claimant if UUID(which) in named]
        choices = [Choice(who.document["name"], n, narrowed(claimant=who.slug)) for who, n in people]
        found.append(Facet("claimant", _heading("claimant"), choices))
    if facets.year and not (wanted.since or wanted.until):
        choices = [Choice(year, n, narrowed(**_whole_year(int(year)))) for year, n in facets.year]
        found.append(Facet("year", _("Published in"), choices))
    return found


def _heading(name: str) -> str | Promise:
    label = BY_NAME[name].label
    return _(label)


def _whole_year(year: int) -> dict[str, date]:
    return {"since": date(year, 1, 1), "until": date(year, 12, monthrange(year, 12)[1])}
