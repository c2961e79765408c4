"""The query of ``/claims/``: from an address to ``Filters`` and back."""

from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from articles import text
from articles.models import PublishedArticle, PublishedClaimant, PublishedSource, Rating
from articles.selectors.readers import published
from articles.selectors.readers.published import Filters
from readers.http.periods import period

#: What is searched for may be this long; the rest is left out, and the page says so.
MAX_QUERY = 200
#: No name of ours is longer, and each stands in dozens of links of a page.
_MAX_NAME = 100
#: Each verdict chosen becomes a link with all the others in it, and no scale has so many.
_MAX_RATINGS = 50
_ADDRESS_NAMES = {"since": "from", "until": "to"}


@dataclass(frozen=True, slots=True)
class Active:
    """One filter in force: what it says, and the query without it; ``name`` is that of its field in ``Filters``."""

    name: str
    label: str
    value: str
    without: str


def read(params: QueryDict) -> Filters:
    """The filters an address asks for. Raises ``BadAddressError`` for a date that is none."""
    since, until = period(params)
    names = ("claimant", "article", "source", "topic", "language")
    return Filters(
        q=params.get("q", "").strip()[:MAX_QUERY],
        rating=",".join(_ratings(params)),
        since=since,
        until=until,
        **{name: params.get(name, "").strip()[:_MAX_NAME] for name in names},
    )


def _ratings(params: QueryDict) -> list[str]:
    """The keys asked for, each once, whether they came in one parameter or in several."""
    given = (key.strip()[:_MAX_NAME] for value in params.getlist("rating") for key in value.split(","))
    return list(dict.fromkeys(key for key in given if key))[:_MAX_RATINGS]


def query(filters: Filters, *, sort: str = "", cursor: str = "") -> str:
    """The filters as the query of an address, beginning with ``?``; ``cursor`` for another page of the list.

    ``sort`` is left out where the list is in that order anyway.
    """
    sort = "" if sort == ("relevance" if filters.q else "newest") else sort
    pairs = [(_ADDRESS_NAMES.get(f.name, f.name), getattr(filters, f.name)) for f in fields(filters)]
    given = [(name, str(value)) for name, value in [*pairs, ("sort", sort), ("cursor", cursor)] if value]
    return f"?{urlencode(given)}" if given else "?"


def active(filters: Filters, ratings: list[Rating], *, sort: str = "") -> list[Active]:
    """The filters in force, in words, each with the way to be rid of it."""

    def without(**change: Any) -> str:
        rest = replace(filters, **change)
        return query(rest, sort=sort if rest.q or sort != "relevance" else "")

    labels = {rating.key: rating.label for rating in reversed(ratings)}
    found = []
    if filters.q:
        found.append(Active("q", _("Words"), filters.q, without(q="")))
    chosen = filters.rating.split(",") if filters.rating else []
    for key in chosen:
        rest = ",".join(other for other in chosen if other != key)
        found.append(Active("rating", _("Verdict"), labels.get(key, key), without(rating=rest)))
    for name, label, words in (
        ("claimant", _("Said by"), _claimant(filters.claimant)),
        ("article", _("Article"), _article(filters.article)),
        ("source", _("Source"), _source(filters.source)),
        ("topic", _("Topic"), filters.topic),
        ("language", _("Language"), text.language_name(filters.language)),
        ("since", _("From"), text.long_day(filters.since) if filters.since else ""),
        ("until", _("To"), text.long_day(filters.until) if filters.until else ""),
    ):
        if words:
            changed: dict[str, Any] = {name: None if name in _ADDRESS_NAMES else ""}
            found.append(Active(name, label, words, without(**changed)))
    return found


def _claimant(which: str) -> str:
    try:
        return str(published.claimant(which).document["name"]) if which else ""
    except PublishedClaimant.DoesNotExist:
        return which


def _article(which: str) -> str:
    try:
        return str(published.article(which).document["title"]) if which else ""
    except PublishedArticle.DoesNotExist:
        return which


def _source(which: str) -> str:
    try:
        return str(published.source(which).document["title"]) if which else ""
    except PublishedSource.DoesNotExist:
        return which
