"""What a claim waits for: noted, moved, settled. About the work, so in any stage and without a new version."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from accounts.models import User
from articles import rules
from articles.choices import WaitOutcome
from articles.models import Claim, Wait
from articles.services import audit, editing
from lib.refusals import NotAllowedError, RefusedError


class WaitSettledError(RefusedError):
    """Somebody said first how the waiting ended."""

    code = "wait_settled"


def begin(*, claim: Claim, by: User, at: datetime, **fields: Any) -> Wait:
    """Note what ``claim`` waits for. ``fields``: kind, note, colleague, since (the day of ``at`` if not given), until.

    Raises ``NotAllowedError``, ``ValidationError``.
    """
    _check(by)
    with audit.act_as(by=by):
        wait = Wait(claim=claim, created_by=by, created_at=at)
        fields["since"] = fields.get("since") or localdate(at)
        editing.assign(wait, fields)
        wait.save(force_insert=True)
    return wait


def postpone(*, wait: Wait, until: date | None, by: User) -> Wait:
    """Wait until another day, or without one. Raises ``NotAllowedError``, ``WaitSettledError``, ``ValidationError``."""
    with _open(wait, by=by) as locked:
        editing.assign(locked, {"until": until})
    return locked


def settle(*, wait: Wait, outcome: str, by: User, at: datetime) -> Wait:
    """Say that it came, or that it is not waited for any more.

    Raises ``NotAllowedError``, ``WaitSettledError``, ``ValidationError``.
    """
    with _open(wait, by=by) as locked:
        editing.assign(locked, {"outcome": WaitOutcome(outcome), "settled_by": by, "settled_at": at})
    return locked


@contextmanager
def _open(wait: Wait, *, by: User) -> Iterator[Wait]:
    _check(by)
    with audit.act_as(by=by):
        locked = Wait.objects.select_for_update().get(pk=wait.pk)
        if locked.settled_by:
            ended = locked.get_outcome_display().lower()
            raise WaitSettledError(f"{locked.settled_by.display_name()} has noted this already: {ended}.")
        yield locked
        locked.save()


def _check(by: User) -> None:
    if not rules.may_edit_claims(by):
        raise NotAllowedError.for_("change what claims wait for")
