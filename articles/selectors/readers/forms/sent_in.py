"""The state of what a reader sent in, for the person who has its reference.

Asked on the readers' connection, so that the page is there while the primary is away. A replica may not have what was
sent a moment ago: what it does not know is asked of the primary.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from articles.choices import PublicState, ReportState, SubmissionState
from articles.models import PublishedClaim
from articles.selectors.readers.connection import ALIAS

_REPORT = (
    "SELECT reference, received_at, state, answer, decided_at, correction, claim_id, page FROM factcheck_report(%s)"
)
_SUGGESTION = (
    "SELECT reference, received_at, state, words, decision_note, claim_id, followed, is_dropped"
    " FROM factcheck_suggestion(%s)"
)
_DECIDED_FOR_A_CLAIM = (SubmissionState.ACCEPTED, SubmissionState.DUPLICATE)
Seen = TypeVar("Seen")


class NothingSentError(LookupError):
    """Nothing that a reader sent has this reference."""


@dataclass(frozen=True, slots=True)
class SentReport:
    """What a reader sees about their report. None of their text: anyone with the address sees this."""

    reference: str
    received_at: datetime
    state: ReportState
    answer: str
    decided_at: datetime | None
    correction: int | None
    claim_slug: str
    claim_text: str
    page: str


@dataclass(frozen=True, slots=True)
class SentSuggestion:
    """What a reader sees about a claim they suggested, with the published claim that answers it."""

    reference: str
    received_at: datetime
    text: str
    decision_note: str
    public_state: PublicState
    face: PublishedClaim | None


def report(reference: str) -> SentReport:
    """The state of a report. Raises ``NothingSentError``."""

    def seen(alias: str) -> SentReport | None:
        row = _row(alias, _REPORT, reference)
        if row is None:
            return None
        given, received_at, state, answer, decided_at, correction, claim_id, page = row
        face = _face(alias, claim_id)
        slug, text = (face.slug, face.text) if face else ("", "")
        return SentReport(given, received_at, ReportState(state), answer, decided_at, correction, slug, text, page)

    return _first(seen)


def suggestion(reference: str) -> SentSuggestion:
    """The state of a suggestion. Raises ``NothingSentError``."""

    def seen(alias: str) -> SentSuggestion | None:
        row = _row(alias, _SUGGESTION, reference)
        if row is None:
            return None
        given, received_at, state, words, note, claim_id, followed, is_dropped = row
        face = _face(alias, followed)
        shown = public_state(
            SubmissionState(state),
            retracted=face.is_retracted if face else None,
            is_same_as_another=state == SubmissionState.DUPLICATE or followed != claim_id,
            is_dropped=is_dropped,
        )
        return SentSuggestion(given, received_at, words, note, shown, face)

    return _first(seen)


def _first(seen: Callable[[str], Seen | None]) -> Seen:
    for alias in (ALIAS, DEFAULT_DB_ALIAS):
        found = seen(alias)
        if found is not None:
            return found
    raise NothingSentError


def _row(alias: str, statement: str, reference: str) -> tuple[Any, ...] | None:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, [reference.upper()])
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def _face(alias: str, claim_id: UUID | None) -> PublishedClaim | None:
    if claim_id is None:
        return None
    return PublishedClaim.objects.using(alias).defer("search").filter(claim_id=claim_id).first()


def public_state(
    state: SubmissionState, *, retracted: bool | None, is_same_as_another: bool, is_dropped: bool
) -> PublicState:
    """The state of a submission as its sender sees it; ``retracted`` is None while no claim that answers it is public.

    Of the desk it only says that the claim was dropped: else the sender would wait without end.
    """
    if state not in _DECIDED_FOR_A_CLAIM:
        return PublicState(state)
    if retracted is None:
        return PublicState.DROPPED if is_dropped else PublicState.ACCEPTED
    if is_same_as_another:
        return PublicState.DUPLICATE
    return PublicState.RETRACTED if retracted else PublicState.PUBLISHED
