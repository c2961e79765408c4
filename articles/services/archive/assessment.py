"""Whether an entry of an archive can become a claim as it is, has to be looked at first, or is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError

from articles import text
from articles.models import Rating
from articles.models.base import language_tag, web_address
from articles.services.archive.plans import Plan
from lib.archives.entries import UNDETERMINED, Entry, Found, Link, Refusal
from lib.languages.names import TAGS

#: As long as our columns take, in characters.
_MAX_TEXT, _MAX_NAME, _MAX_SUMMARY, _MAX_ORIGIN = 500, 200, 300, 500
_LANGUAGES: Final = frozenset(tag.split("-")[0] for tag in TAGS)


class Outcome(StrEnum):
    """What happens to a row. A doubtful one becomes a draft without a verdict."""

    TAKEN = "taken"
    DOUBTFUL = "doubtful"
    THERE = "already_there"
    REFUSED = "refused"


@dataclass(slots=True)
class Item:
    """One row of the file: what happens to it and why, and the values of the claim that it becomes."""

    number: int
    place: str
    outcome: Outcome
    code: str = ""
    detail: str = ""
    notes: list[str] = field(default_factory=list)
    claim_id: UUID = field(default_factory=uuid4)
    fingerprint: str = ""
    text: str = ""
    language: str = ""
    claimant: str = ""
    claimant_kind: str = ""
    claimant_url: str = ""
    summary: str = ""
    their_rating: str = ""
    rating: Rating | None = None
    url: str = ""
    checked_on: date | None = None
    claimed_on: date | None = None
    origin: str = ""
    links: list[Link] = field(default_factory=list)

    def doubt(self, code: str, detail: str) -> None:
        """Say why a person has to look at it; the first reason gives the code."""
        if detail not in self.detail:
            self.detail = f"{self.detail} {detail}".strip()
        self.code = self.code or code
        self.outcome = Outcome.DOUBTFUL


def assess(found: Found, *, number: int, plan: Plan) -> Item:
    """What can be said of a row without looking into the database."""
    if isinstance(found, Refusal):
        return _refused(number, found.place, found.code, found.detail)
    try:
        item = _cleaned(found, number)
    except ValidationError as error:
        return _refused(number, found.place, error.code or "invalid_characters", " ".join(error.messages))
    if len(item.text) > _MAX_TEXT:
        return _refused(number, found.place, "too_long", f"The claim holds more than {_MAX_TEXT} characters.")
    if item.url.startswith(f"{settings.SITE_URL}/"):
        return _refused(number, found.place, "own_address", "Its address is one of this site.")
    for code, detail in found.doubts:
        item.doubt(code, detail)
    _language(item, found, plan)
    _day(item, plan)
    _rating(item, found, plan)
    _summary(item)
    item.fingerprint = _fingerprint(item)
    return item


def _cleaned(entry: Entry, number: int) -> Item:
    """The texts of the entry as our columns take them. Raises ``ValidationError`` for what readers must not see."""
    item = Item(number, entry.place, Outcome.TAKEN, notes=list(entry.notes))
    item.text, item.claimant = _line(entry.text), _line(entry.claimant)
    item.summary, item.their_rating = _line(entry.headline), _line(entry.rating or entry.scale)[:_MAX_SUMMARY]
    item.origin = _line(entry.origin)
    item.claimant_kind, item.checked_on, item.claimed_on = entry.claimant_kind, entry.checked_on, entry.claimed_on
    item.url = entry.url if _is_valid(web_address, entry.url) else ""
    item.claimant_url = entry.claimant_url[:500] if _is_valid(web_address, entry.claimant_url[:500]) else ""
    item.links = [Link(link.url, _line(link.title)[:300]) for link in entry.links if _is_valid(web_address, link.url)]
    if text.is_blank(item.text):
        raise ValidationError("There is no claim.", code="no_claim")
    if len(item.claimant) > _MAX_NAME:
        item.doubt("claimant_too_long", f"The claimant's name holds more than {_MAX_NAME} characters.")
        item.claimant = ""
    if len(item.origin) > _MAX_ORIGIN:
        item.notes.append(f"The place where it was said was left out: it holds more than {_MAX_ORIGIN} characters.")
        item.origin = ""
    return item


def _line(value: str) -> str:
    cleaned = text.one_line(text.clean_public(value)).strip()
    return "" if text.is_blank(cleaned) else cleaned


def _is_valid(validator: Callable[[str], None], value: str) -> bool:
    try:
        validator(value)
    except ValidationError:
        return False
    return True


def _language(item: Item, entry: Entry, plan: Plan) -> None:
    item.language = entry.language if entry.language != UNDETERMINED else plan.language or UNDETERMINED
    if item.language == UNDETERMINED:
        item.doubt("no_language", "It names no language; --language gives one to such rows.")
    elif item.language.split("-")[0] not in _LANGUAGES or not _is_valid(language_tag, item.language):
        item.doubt("unknown_language", f"The language “{item.language}” is none of our list.")


def _day(item: Item, plan: Plan) -> None:
    item.checked_on = item.checked_on or plan.undated
    if item.checked_on is None:
        item.doubt("no_date", "It does not say when it was checked; --date-for-undated gives a day to such rows.")


def _rating(item: Item, entry: Entry, plan: Plan) -> None:
    found = plan.rating_of(item.their_rating)
    for label in entry.labels if not item.their_rating else []:
        found = found or plan.rating_of(label)
        if found:
            item.their_rating = label
            break
    if found is None and plan.unmapped:
        item.notes.append("Its rating is in no table: --rating-for-unmapped was given.")
        found = plan.unmapped
    item.rating = found
    if found is None and item.their_rating:
        item.doubt("unmapped_rating", f"None of our ratings stands for “{item.their_rating}”.")
    elif found is None:
        item.doubt("no_rating", "It names no rating.")


def _summary(item: Item) -> None:
    """What was found in one sentence: the headline, else their rating in their words."""
    words = item.summary if item.summary and item.summary != item.text else ""
    is_ours = item.rating is not None and item.rating.label.casefold() == item.their_rating.casefold()
    if item.their_rating and not (words and is_ours):
        words = f"{words} (“{item.their_rating}”)".strip() if words else item.their_rating
    words = words or item.text
    item.summary = words if len(words) <= _MAX_SUMMARY else f"{words[: _MAX_SUMMARY - 1].rstrip()}…"


def _fingerprint(item: Item) -> str:
    """The same address and the same words are the same check; without an address, who said it and the day, too."""
    about = item.url or f"{item.claimant.casefold()}\n{item.checked_on}"
    return sha256(f"{about}\n{item.language}\n{item.text}".encode()).hexdigest()


def _refused(number: int, place: str, code: str, detail: str) -> Item:
    return Item(number, place, Outcome.REFUSED, code, detail)
