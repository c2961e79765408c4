"""The query of ``/claims/``: from an address to ``Filters`` and back."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from articles import text
from articles.models import PublishedArticle, PublishedClaimant, PublishedSource, Rating
from articles.public.answers import BadAddressError
from articles.selectors import public
from articles.selectors.public import Filters

#: What is searched for may be this long; the rest is left out, and the page says so.
MAX_QUERY = 200
#: No name of ours is longer, and each stands in dozens of links of a page.
_MAX_NAME = 100
#: Each verdict chosen becomes a link with all the others in it, and no scale has so many.
_MAX_RATINGS = 50
_ADDRESS_NAMES = {"since": "from", "until": "to"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EARLIEST, _LATEST = 1900, 2999


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


def period(params: QueryDict) -> tuple[date | None, date | None]:
    """The first and the last day that an address asks for. Raises ``BadAddressError`` for what is no period."""
    since, until = _day(params, "from"), _day(params, "to")
    if since and until and since > until:
        raise BadAddressError(_("The first day of the period is after its last day. Swap the two."))
    return since, until


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
        return str(public.claimant(which).document["name"]) if which else ""
    except PublishedClaimant.DoesNotExist:
        return which


def _article(which: str) -> str:
    try:
        return str(public.article(which).document["title"]) if which else ""
    except PublishedArticle.DoesNotExist:
        return which


def _source(which: str) -> str:
    try:
        return str(public.source(which).document["title"]) if which else ""
    except PublishedSource.DoesNotExist:
        return which


def _day(params: QueryDict, name: str) -> date | None:
    value = params.get(name, "").strip()
    if not value:
        return None
    try:
        day = date.fromisoformat(value) if _DAY.fullmatch(value) else date.min
    except ValueError:
        day = date.min
    if not _EARLIEST <= day.year <= _LATEST:
        raise BadAddressError(_("“%(value)s” is not a date. Write it as 2026-03-31.") % {"value": value[:40]})
    return day
