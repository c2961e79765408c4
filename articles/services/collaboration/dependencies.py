"""What a claim waits for: noted, moved, settled. About the work, so in any stage and without a new version."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from articles import rules
from articles.choices import DependencyOutcome
from articles.models import Claim, Dependency
from articles.services import audit, editing
from articles.services.collaboration import notices
from articles.text import in_sentence
from lib.refusals import NotAllowedError, RefusedError


class DependencySettledError(RefusedError):
    """Somebody said first how the waiting ended."""

    code = "wait_settled"


def begin(*, claim: Claim, by: User, at: datetime, **fields: Any) -> Dependency:
    """Note what ``claim`` waits for. ``fields``: kind, note, colleague, since (the day of ``at`` if not given), until.

    Raises ``NotAllowedError``, ``ValidationError``.
    """
    _check(by)
    with audit.act_as(by=by):
        dependency = Dependency(claim=claim, created_by=by, created_at=at)
        fields["since"] = fields.get("since") or localdate(at)
        editing.assign(dependency, fields)
        dependency.save(force_insert=True)
        notices.dependency_noted(dependency, by=by, at=at)
    return dependency


def postpone(*, dependency: Dependency, until: date | None, by: User) -> Dependency:
    """Wait until another day, or without one.

    Raises ``NotAllowedError``, ``DependencySettledError``, ``ValidationError``.
    """
    with _open(dependency, by=by) as locked:
        editing.assign(locked, {"until": until})
    return locked


def settle(*, dependency: Dependency, outcome: str, by: User, at: datetime) -> Dependency:
    """Record that it was received, or that it is no longer needed.

    Raises ``NotAllowedError``, ``DependencySettledError``, ``ValidationError``.
    """
    with _open(dependency, by=by) as locked:
        editing.assign(locked, {"outcome": DependencyOutcome(outcome), "settled_by": by, "settled_at": at})
        if locked.outcome == DependencyOutcome.RECEIVED:
            notices.answered(locked.claim, asker=locked.created_by_id, words=str(locked), by=by, at=at)
    return locked


@contextmanager
def _open(dependency: Dependency, *, by: User) -> Iterator[Dependency]:
    _check(by)
    with audit.act_as(by=by):
        locked = Dependency.objects.select_for_update().get(pk=dependency.pk)
        if locked.settled_by:
            ended = in_sentence(locked.get_outcome_display())
            raise DependencySettledError(
                _("%(name)s has noted this already: %(ended)s.")
                % {"name": locked.settled_by.display_name(), "ended": ended}
            )
        yield locked
        locked.save()


def _check(by: User) -> None:
    if not rules.may_edit_claims(by):
        raise NotAllowedError.for_(_("You do not have permission to change what claims wait for."))
