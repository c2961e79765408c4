"""The query of ``/claims/``: from an address to ``Filters`` and back."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles import rating_words, text
from articles.models import PublishedEntity, Rating
from articles.selectors.readers import published
from articles.selectors.readers.claim_filters import FILTERS, Filter, Filters
from readers.http.periods import check_order, read_day

#: What is searched for may be this long; the rest is left out, and the page says so.
MAX_QUERY = 200
#: The language that stands for all of them, as in a language range (RFC 4647).
EVERY_LANGUAGE = "*"
#: No name of ours is longer, and each is part of dozens of links of a page.
_MAX_NAME = 100
#: Each verdict chosen becomes a link with all the others in it, and no scale has so many.
_MAX_RATINGS = 50


@dataclass(frozen=True, slots=True)
class Active:
    """One filter in force: what it says, and the query without it; ``name`` is that of its field in ``Filters``."""

    name: str
    label: str
    value: str
    without: str


def read(params: QueryDict) -> Filters:
    """The filters an address asks for. Raises ``BadAddressError`` for a date that is none."""
    found = Filters(**{one.name: _value(one, params) for one in FILTERS})
    check_order(found.since, found.until)
    return found


def _value(one: Filter, params: QueryDict) -> Any:
    match one.kind:
        case "day":
            return read_day(params, one.parameter)
        case "keys":
            return ",".join(_keys(params, one.parameter))
        case kind:
            return params.get(one.parameter, "").strip()[: MAX_QUERY if kind == "search" else _MAX_NAME]


def _keys(params: QueryDict, parameter: str) -> list[str]:
    """The keys asked for, each once, whether they came in one parameter or in several."""
    given = (key.strip()[:_MAX_NAME] for value in params.getlist(parameter) for key in value.split(","))
    return list(dict.fromkeys(key for key in given if key))[:_MAX_RATINGS]


def posted(given: QueryDict) -> QueryDict:
    """What a form sent, as the parameters of an address: those that mean something there, without NUL."""
    found = QueryDict(mutable=True)
    for name in [*(one.parameter for one in FILTERS), "sort"]:
        if values := [clean for value in given.getlist(name) if (clean := value.replace("\x00", " ").strip())]:
            found.setlist(name, values)
    return found


def query(filters: Filters, *, sort: str = "", cursor: str = "") -> str:
    """The filters as the query of an address, beginning with ``?``; ``cursor`` for another page of the list.

    ``sort`` is left out where the list is in that order anyway.
    """
    sort = "" if sort == ("relevance" if filters.q else "newest") else sort
    pairs = [(one.parameter, getattr(filters, one.name)) for one in FILTERS]
    given = [(name, str(value)) for name, value in [*pairs, ("sort", sort), ("cursor", cursor)] if value]
    return f"?{urlencode(given)}" if given else "?"


def hidden(filters: Filters) -> list[tuple[str, str]]:
    """The filters in force for which the search form has no field of its own, by their names in addresses."""
    carried = (one for one in FILTERS if one.kind in ("entity", "text"))
    return [(one.parameter, value) for one in carried if (value := getattr(filters, one.name))]


def active(filters: Filters, ratings: list[Rating], *, sort: str = "") -> list[Active]:
    """The filters in force, in words, each with the way to be rid of it."""
    labels = {rating.key: rating.label for rating in reversed(ratings)}
    found = []
    for one in FILTERS:
        value = getattr(filters, one.name)
        for part in (value.split(",") if one.kind == "keys" else [value]) if value else []:
            rest = _without(filters, one, part)
            without = query(rest, sort=sort if rest.q or sort != "relevance" else "")
            found.append(Active(one.name, _(one.label), _words(one, part, labels), without))
    return found


def _without(filters: Filters, one: Filter, part: Any) -> Filters:
    if one.kind != "keys":
        return filters.without(one.name)
    rest: dict[str, Any] = {one.name: ",".join(key for key in getattr(filters, one.name).split(",") if key != part)}
    return replace(filters, **rest)


def _words(one: Filter, value: Any, ratings: dict[str, str]) -> str:
    match one.kind:
        case "keys":
            return rating_words.in_language(str(ratings.get(value, value)), get_language() or "")
        case "entity":
            return _title(one.entity, value) if one.entity else str(value)
        case "language":
            return _("All languages") if value == EVERY_LANGUAGE else text.language_name(value)
        case "day":
            return text.long_day(value)
        case _:
            return str(value)


def _title(model: type[PublishedEntity], which: str) -> str:
    try:
        document = published.entity(model, which).document
    except model.DoesNotExist:
        return which
    return str(document["name"] if "name" in document else document["title"])
