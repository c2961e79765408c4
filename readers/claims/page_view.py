"""What a claim's page works out of its records: its place on the scale, its age, how long it takes to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.html import strip_tags

from articles.choices import Severity
from articles.models import Record
from lib.parsing.inexact_dates import parse_inexact_date

Document = dict[str, Any]
#: A scale with more steps than this is not drawn.
MOST_STEPS: Final = 10
WORDS_PER_MINUTE: Final = 200
#: A text counts one word for so many letters at least: some languages are written without blanks.
LETTERS_PER_WORD: Final = 8
_REVIEW: Final = b'"recheck_on"'
#: Within so many days the age of a check in months is another one: the first month is told for two.
_MOST_DAYS: Final = 63


@dataclass(frozen=True, slots=True)
class Place:
    """Where a verdict lies between false and true: step ``at`` of ``of``, the first of which is false."""

    at: int
    of: int

    @property
    def steps(self) -> list[bool]:
        """Every step, and whether it is this one."""
        return [step == self.at for step in range(1, self.of + 1)]


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction with its note. ``was`` and ``now`` are the ratings, where it changed the verdict."""

    at: str
    note: str
    is_verdict: bool
    was: Document | None = None
    now: Document | None = None


def place(document: Document) -> Place | None:
    """The place of a record's verdict on its scale; None for a verdict beside the scale, and for a retraction."""
    rating = document["verdict"]["rating"] if document["verdict"] else None
    if rating is None or rating["value"] is None:
        return None
    steps = rating["best"] - rating["worst"] + 1
    return Place(rating["value"] - rating["worst"] + 1, steps) if 2 <= steps <= MOST_STEPS else None


def minutes(document: Document) -> int:
    """How many minutes it takes to read a check, from its summary, explanation and evidence; at least one."""
    verdict = document["verdict"]
    if not verdict:
        return 1
    parts = [verdict["summary"], strip_tags(verdict["explanation_html"]), *(document.get("key_points") or ())]
    parts += [row[name] or "" for row in document["evidence"] for name in ("quote", "note")]
    text = " ".join(parts)
    words = max(len(text.split()), len(text) / LETTERS_PER_WORD)
    return max(1, round(words / WORDS_PER_MINUTE))


def has_review_day(record: Record) -> bool:
    """Whether the page of a record says from some day on how old the check is. Every request asks; few records do."""
    return _REVIEW in bytes(record.body)


def months_old(record: Record, today: date) -> int:
    """The age of a check in whole months, where its review day is past and it was not checked again; else 0."""
    dates = _dates(record)
    return _months_old(*dates, today) if dates else 0


def next_change(record: Record, today: date) -> date | None:
    """The first day after ``today`` on which ``months_old`` may be another number; None where it stays the same."""
    dates = _dates(record)
    if dates is None:
        return None
    due, checked = dates
    if today < due:
        return due
    if checked is None:
        return None
    now = _months_old(due, checked, today)
    days = [today + timedelta(days=number) for number in range(1, _MOST_DAYS)]
    return next((day for day in days if _months_old(due, checked, day) != now), days[-1])


def _dates(record: Record) -> tuple[date, date | None] | None:
    """The review day, and the day of the check where it is exact; None where no age is ever told."""
    if not has_review_day(record):
        return None
    document = record.document()
    due, verdict = document.get("recheck_on"), document["verdict"]
    if not due or not verdict:
        return None
    return date.fromisoformat(due), parse_inexact_date(verdict["checked_on"]).exact_day


def _months_old(due: date, checked: date | None, today: date) -> int:
    if today < due:
        return 0
    day = checked or today
    return max(12 * (today.year - day.year) + today.month - day.month - (today.day < day.day), 1)


def has_changed_verdict(document: Document) -> bool:
    """Whether a correction of this record, or of one before it, changed the verdict."""
    return any(correction["severity"] == Severity.VERDICT for correction in document["corrections"])


def fixes(document: Document, documents: Iterable[Document] = ()) -> list[Fix]:
    """The corrections of a record, newest first; with the ratings before and after, as far as ``documents`` go.

    These are the records of the claim. A correction has the moment at which its record was published.
    """
    found = {one["revision"]: one for one in documents}
    made = {one["published_at"]: revision for revision, one in found.items()}
    told = []
    for correction in sorted(document["corrections"], key=lambda one: str(one["at"]), reverse=True):
        is_verdict = correction["severity"] == Severity.VERDICT
        revision = made.get(correction["at"], 0) if is_verdict else 0
        was, now = (_rating(found.get(number)) for number in (revision - 1, revision))
        both = (was, now) if was and now and was != now else (None, None)
        told.append(Fix(correction["at"], correction["note"], is_verdict, *both))
    return told


def _rating(document: Document | None) -> Document | None:
    verdict = document["verdict"] if document else None
    return verdict["rating"] if verdict else None
