"""A ClaimReview, or a row with our own names, as an entry."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from lib import plaintext
from lib.archives.entries import MAX_LINKS, UNDETERMINED, Entry, Found, Link, Options, Refusal
from lib.archives.plain import is_web_address, plain_text
from lib.claimreview import files, rows
from lib.claimreview.errors import RowError

#: The names of a simple row.
NAMES: Final = ("text", "claimant", "language", "headline", "rating", "url", "date")
#: Names that a simple row may have besides: day and place of the claim, addresses of its evidence.
MORE_NAMES: Final = ("claimed_on", "origin", "evidence")
_DAY: Final = re.compile(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?\Z", re.DOTALL)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_FUTURE: Final = ("future_date", "The date is in the future.")


def of_document(document: Any, place: str, options: Options) -> Iterator[Found]:
    """What a parsed JSON document holds: reviews, or one simple row."""
    if isinstance(document, Mapping) and "text" in document and not files.is_review(document):
        yield simple(document, place, options)
        return
    for found in files.in_document(document):
        yield of_found(found, place, options)


def of_found(found: files.Found, place: str, options: Options) -> Found:
    """A review that ``lib.claimreview`` found."""
    if found.refusal:
        return Refusal(place, found.refusal.code, str(found.refusal))
    try:
        row = rows.read(found.review, today=options.today, notes=found.notes)
    except RowError as error:
        return Refusal(place, error.code, str(error))
    own, columns, notes = rows.properties(row.payload), row.columns, list(row.notes)
    entry = Entry(
        place,
        text=plain_text(columns["text"], notes),
        language=columns["language"],
        claimant=plain_text(columns.get("claimant_name", ""), notes),
        claimant_kind=columns.get("claimant_kind", ""),
        claimant_url=columns.get("claimant_url", ""),
        headline=plain_text(_first_text(own, "headline", "name"), notes),
        rating=plain_text(columns["review_rating"], notes),
        scale=columns["review_scale"] or _number_of(own.get("reviewRating")),
        url=columns["review_url"],
        checked_on=columns["reviewed_on"],
        claimed_on=columns["claimed_on"],
        origin=columns.get("appearance_url", ""),
        links=[*_links(own.get("citation")), *_links(own.get("isBasedOn"))][:MAX_LINKS],
        notes=notes,
    )
    if columns.get("claimant_doubtful"):
        entry.doubts.append(("claimant_is_the_checker", "The claimant has the checker's own name."))
    if own.get("datePublished") and entry.checked_on is None and any("in the future" in note for note in notes):
        entry.doubts.append(_FUTURE)
    return entry


def simple(row: Mapping[str, Any], place: str, options: Options) -> Found:
    """A row with the names of ``NAMES`` and ``MORE_NAMES``; other names are ignored."""
    notes: list[str] = []
    doubts: list[tuple[str, str]] = []
    words = {name: plain_text(_words(row.get(name)), notes) for name in (*NAMES, "claimed_on", "origin")}
    if any("\x00" in value or any("\ud800" <= char <= "\udfff" for char in value) for value in words.values()):
        return Refusal(place, "invalid_characters", "It holds NUL or bytes that are not UTF-8.")
    if plaintext.is_blank(words["text"]):
        return Refusal(place, "no_claim", "The text is empty: there is no claim.")
    url = words["url"]
    if url and not is_web_address(url):
        notes.append("The url was left out: it is no http(s) address.")
        url = ""
    return Entry(
        place,
        text=words["text"],
        language=_language(words["language"], notes),
        claimant=words["claimant"],
        headline=words["headline"],
        rating=words["rating"],
        url=url,
        checked_on=_day(words["date"], "date", notes, doubts, options.today),
        claimed_on=_day(words["claimed_on"], "claimed_on", notes, doubts, options.today),
        origin=words["origin"],
        links=_links(_listed(row.get("evidence")))[:MAX_LINKS],
        notes=list(dict.fromkeys(notes)),
        doubts=doubts,
    )


def _words(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, str | int | float):
        return str(value)
    return json.dumps(value, ensure_ascii=False) if value else ""


def _listed(value: Any) -> list[Any]:
    return value.split() if isinstance(value, str) else value if isinstance(value, list) else []


def _first_text(own: Mapping[str, Any], *names: str) -> str:
    return next((own[name] for name in names if isinstance(own.get(name), str) and own[name].strip()), "")


def _links(value: Any) -> list[Link]:
    """Addresses out of texts and of objects with a url; what is no web address is left out."""
    found: dict[str, Link] = {}
    for item in value if isinstance(value, list) else [value]:
        url, title = item, ""
        if isinstance(item, Mapping):
            url, title = item.get("url") or item.get("@id"), _first_text(item, "headline", "name")
        if isinstance(url, str) and is_web_address(url.strip()):
            found.setdefault(url.strip(), Link(url.strip(), plain_text(title, [])[:300]))
    return list(found.values())


def _number_of(rating: Any) -> str:
    """The bare number of a rating on a scale that starts below one: it has no meaning until a table gives it one."""
    one = rating[0] if isinstance(rating, list) and rating else rating
    value = rows.properties(one).get("ratingValue") if isinstance(one, Mapping) else None
    return _words(value).strip()[:80]


def _language(value: str, notes: list[str]) -> str:
    if not value:
        return UNDETERMINED
    first, *others = value.replace("_", "-").split("-")
    tag = "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in others)])
    if _LANGUAGE.fullmatch(tag):
        return tag
    notes.append("The language was left out: it is no language tag.")
    return UNDETERMINED


def _day(value: str, name: str, notes: list[str], doubts: list[tuple[str, str]], today: date) -> date | None:
    if not value:
        return None
    found = _DAY.match(value)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if day is None:
        notes.append(f"{name} was left out: it is no day as YYYY-MM-DD.")
    elif day > today:
        notes.append(f"{name} was left out: it is in the future.")
        doubts.append(_FUTURE)
        return None
    return day
