"""One ClaimReview, in any of its forms, as the columns of a submission.

The vocabulary is schema.org's (ClaimReview, Claim, Rating) with Google's rules for the markup; the shapes are those
found in published markup, of which much keeps to neither.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

from lib import plaintext
from lib.claimreview.errors import RowError
from lib.parsing.errors import ParseError
from lib.parsing.inexact_dates import InexactDate, parse_inexact_date

MAX_DEPTH: Final = 32
MAX_BYTES: Final = 128 * 1024
MAX_CLAIM: Final = 2000
#: ISO 639's code for a language nobody named.
UNDETERMINED: Final = "und"

_DAY = re.compile(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?\Z", re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
#: Kinds of claimant by schema.org's types; the first of several that is here counts.
_KINDS = {
    "NewsMediaOrganization": "outlet",
    "GovernmentOrganization": "government",
    **dict.fromkeys(["Organization", "Corporation", "NGO"], "organisation"),
    "Person": "person",
}
_PREFIXES = ("schema:", "http://schema.org/", "https://schema.org/")
_INVISIBLE_ENDS = "\u200b\u200c\u200d\u2060\ufeff"


@dataclass(slots=True)
class Row:
    """A review that can be taken: its columns, what was odd about it, and the document it was."""

    columns: dict[str, Any]
    payload: Mapping[str, Any]
    notes: list[str] = field(default_factory=list)


def read(review: Any, *, today: date, notes: list[str] | None = None) -> Row:
    """``review`` as a row. Raises ``RowError``. Days after ``today`` are left out, as are addresses that lead nowhere.

    What was left out or is in doubt is in the row's notes.
    """
    check(review)
    if not isinstance(review, Mapping):
        raise RowError("not_a_claim_review", "A review has to be a JSON object.")
    own, said = properties(review), list(notes or [])
    claim = _words(own.get("claimReviewed"))
    if plaintext.is_blank(claim):
        raise RowError("no_claim", "claimReviewed is empty: there is no claim to check.")
    if len(claim) > MAX_CLAIM:
        raise RowError("too_long", f"claimReviewed holds more than {MAX_CLAIM} characters.")
    address = _address(own.get("url")) or _address(own.get("mainEntityOfPage")) or _address(own.get("@id"))
    if not address:
        raise RowError("no_review_url", "url is missing or no http(s) address: nobody could look the review up.")
    item = _claim_of(own, said)
    publisher = _name(own.get("author")) or _name(own.get("publisher"))
    columns = {
        "text": claim,
        "language": _language(own, said),
        "claimed_on": _date(item.get("datePublished"), "itemReviewed.datePublished", said, today),
        "review_url": address,
        "review_publisher": publisher[:200],
        "reviewed_on": _day(own.get("datePublished"), "datePublished", said, today),
        "fingerprint": sha256(f"{address}\n{plaintext.clean(claim)}".encode()).hexdigest(),
        **_claimant(item, own, said),
        **_appearance(item, said, today),
        **_rating(own.get("reviewRating"), said),
    }
    columns["notes"] = said
    return Row(columns, review, said)


def check(value: Any) -> None:
    """Refuse what cannot be stored: too large, nested too deep, with NUL, half a surrogate pair or an endless number.

    Raises ``RowError``. Walks without recursion.
    """
    waiting: list[tuple[Any, int]] = [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise RowError("nested_too_deep", f"The review is nested deeper than {MAX_DEPTH} levels.")
        if isinstance(item, str) and ("\x00" in item or any("\ud800" <= char <= "\udfff" for char in item)):
            raise RowError("invalid_characters", "It holds NUL or half of a surrogate pair, which cannot be stored.")
        if isinstance(item, float) and not math.isfinite(item):
            raise RowError("invalid_number", "It holds a number that is too large to be one.")
        if isinstance(item, Mapping):
            waiting.extend((inner, depth + 1) for inner in (*item.keys(), *item.values()))
        elif isinstance(item, list):
            waiting.extend((inner, depth + 1) for inner in item)
    if len(json.dumps(value)) > MAX_BYTES:
        raise RowError("too_large", f"The review is larger than {MAX_BYTES // 1024} kB.")


def properties(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an object says of itself, out of the ``properties`` that microdata readers wrap it in.

    Names lose the prefix of schema.org: ``schema:url`` and ``https://schema.org/url`` are ``url``.
    """
    inner = value.get("properties")
    if isinstance(inner, Mapping):
        value = {"@type": value.get("@type", value.get("type")), **inner}
    if not any(name.startswith(_PREFIXES) for name in value):
        return value
    return {bare(name) if name.startswith(_PREFIXES) else name: item for name, item in value.items()}


def bare(name: str) -> str:
    """A name of schema.org without its prefix: ``ClaimReview`` of ``schema:ClaimReview`` or of its address."""
    return name.rstrip("/").rsplit("/", 1)[-1].rpartition(":")[2]


def _all(value: Any) -> Iterator[Any]:
    """Each value of a property, which may have none, one or a list of them."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            yield properties(item)
        elif item not in (None, ""):
            yield item


def _words(value: Any) -> str:
    """The first text in a property: bare, in a list, or as a JSON-LD ``@value``."""
    for item in _all(value):
        if isinstance(item, Mapping):
            item = item.get("@value")
        if isinstance(item, str | int | float) and not isinstance(item, bool):
            made = " ".join(str(item).split()).strip(_INVISIBLE_ENDS)
            if not plaintext.is_blank(made):
                return made
    return ""


def _name(value: Any) -> str:
    for item in _all(value):
        found = _words(item.get("name")) if isinstance(item, Mapping) else _words(item)
        if found:
            return found
    return ""


def _addresses(value: Any) -> Iterator[str]:
    """Every text that should be an address, of strings and of objects with a url."""
    for item in _all(value):
        if isinstance(item, Mapping):
            yield from _addresses(next((item[k] for k in ("url", "@id", "@value") if item.get(k)), None))
        elif isinstance(item, str):
            yield item.strip()
        else:
            yield str(item)


def _address(value: Any) -> str:
    return next((found for found in _addresses(value) if _leads_somewhere(found)), "")


def _leads_somewhere(address: str) -> bool:
    if len(address) > 2000 or re.search(r"[\s\\<>\"]", address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host and parts.username is None and parts.password is None


def _claim_of(own: Mapping[str, Any], said: list[str]) -> Mapping[str, Any]:
    items = [item for item in _all(own.get("itemReviewed")) if isinstance(item, Mapping)]
    if len(items) > 1:
        said.append(f"itemReviewed names {len(items)} things; the first was read.")
    return items[0] if items else {}


def _claimant(item: Mapping[str, Any], own: Mapping[str, Any], said: list[str]) -> dict[str, Any]:
    """Who said it, in doubt where it is the checker's own name: a mistake many exports make."""
    name = _name(item.get("author"))
    if not name:
        return {}
    if len(name) > 200:
        said.append("The claimant's name was left out: it is longer than 200 characters.")
        return {}
    who = next((one for one in _all(item.get("author")) if isinstance(one, Mapping)), {})
    checkers = {_name(one).casefold() for role in ("author", "publisher", "creator") for one in _all(own.get(role))}
    doubtful = name.casefold() in checkers
    if doubtful:
        said.append("The claimant has the checker's own name: it may be the writer of the check.")
    kinds = {bare(str(kind)) for kind in _all(who.get("@type"))}
    return {
        "claimant_name": name,
        "claimant_kind": next((kind for name, kind in _KINDS.items() if name in kinds), ""),
        "claimant_url": _address(who.get("sameAs")) or _address(who.get("url")),
        "claimant_doubtful": doubtful,
    }


def _appearance(item: Mapping[str, Any], said: list[str], today: date) -> dict[str, Any]:
    places = [item.get(name) for name in ("appearance", "firstAppearance", "url", "sameAs")]
    named = list(dict.fromkeys(found for place in places for found in _addresses(place)))
    good = [found for found in named if _leads_somewhere(found)]
    if len(good) < len(named):
        said.append(f"{len(named) - len(good)} of {len(named)} places where it was said are no http(s) address.")
    if len(good) > 1:
        said.append(f"It was said in {len(good)} places; the first was taken, the document names them all.")
    if not good:
        return {}
    whole = [one for place in places for one in _all(place) if isinstance(one, Mapping)]
    about = next((one for one in whole if good[0] in _addresses(one)), {})
    return {
        "appearance_url": good[0],
        "appearance_title": (_words(about.get("headline")) or _words(about.get("name")))[:300],
        "appearance_publisher": _name(about.get("publisher"))[:200],
        "appearance_published_on": _date(about.get("datePublished"), "appearance.datePublished", said, today),
    }


def _rating(value: Any, said: list[str]) -> dict[str, str]:
    """The other checker's words, and its number when the scale it stands on is one: worst below best, none below 0."""
    first = next(_all(value), None)
    if not isinstance(first, Mapping):
        words, numbers = _words(value), {}
    else:
        words = _words(first.get("alternateName")) or _words(first.get("name"))
        numbers = {name: _number(first.get(name)) for name in ("ratingValue", "worstRating", "bestRating")}
    if not words:
        said.append("The review names no rating in words.")
    scale = ""
    given, worst, best = (numbers.get(name) for name in ("ratingValue", "worstRating", "bestRating"))
    if given is not None and worst is not None and best is not None:
        if 0 <= worst < best and worst <= given <= best:
            scale = f"{given:g} (worst {worst:g}, best {best:g})"
        else:
            said.append(f"Its number means nothing: {given:g} on a scale from {worst:g} (worst) to {best:g} (best).")
    return {"review_rating": words[:300], "review_scale": scale[:80]}


def _number(value: Any) -> float | None:
    try:
        made = float(_words(value).replace(",", "."))
    except (ValueError, OverflowError):
        return None
    return made if math.isfinite(made) else None


def _date(value: Any, name: str, said: list[str], today: date) -> InexactDate | None:
    """A date that may be a month or a year alone, as ISO 8601 allows."""
    try:
        found = parse_inexact_date(_words(value))
    except ParseError:
        day = _day(value, name, said, today)
        return InexactDate.from_day(day) if day else None
    if found.first_day > today:
        said.append(f"{name} was left out: it is in the future.")
        return None
    return found


def _day(value: Any, name: str, said: list[str], today: date) -> date | None:
    given = _words(value)
    if not given:
        return None
    found = _DAY.match(given)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if day is None or day > today:
        said.append(f"{name} was left out: {'it is in the future' if day else 'it is no day as YYYY-MM-DD'}.")
        return None
    return day


def _language(own: Mapping[str, Any], said: list[str]) -> str:
    for value in _all(own.get("inLanguage")):
        given = value if isinstance(value, str) else _words(value.get("alternateName")) or _name(value)
        parts = given.strip().replace("_", "-").split("-")
        tag = "-".join([parts[0].lower(), *(p.title() if len(p) == 4 else p.upper() for p in parts[1:])])
        if _LANGUAGE.fullmatch(tag):
            return tag
        said.append("inLanguage is no language tag.")
    return UNDETERMINED
