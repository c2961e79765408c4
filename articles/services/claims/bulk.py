"""One change of several claims at once: shown before, done in one transaction, and undone within an hour.

Each claim is changed by the same services as on its own page. A claim that they refuse stays as it is and is listed
with the reason; the others are changed. What is done can be undone for those claims that nobody changed since.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from articles import rules
from articles.choices import Stage
from articles.models import BulkChange, Claim
from articles.services.claims import claims
from articles.services.verification import transitions
from lib.refusals import NotAllowedError, RefusedError, StaleError

#: So long after it a change can be undone; it is deleted from the list of changes a day later.
UNDO: Final = timedelta(hours=1)
_KEPT: Final = timedelta(days=1)
#: More claims at once are refused.
MOST: Final = 200


class NotUndoableError(RefusedError):
    """A bulk change that is too old, undone already, or somebody else's."""

    code = "not_undoable"


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be done: ``key`` is assign, due, topics or drop; the other fields are those that it needs."""

    key: str
    assignee: User | None = None
    due_on: date | None = None
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A claim that was changed: what it was before and what it is now, as columns."""

    claim: Claim
    before: dict[str, Any]
    after: dict[str, Any]
    #: Whether an approval no longer counts, because the content changed.
    loses_approval: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A claim that stays as it is, and why."""

    claim: Claim
    why: str


@dataclass(slots=True)
class Result:
    """What a bulk change did, or would do. ``change`` is what to undo it by; none when nothing was changed."""

    done: list[Done] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unchanged: list[Claim] = field(default_factory=list)
    change: BulkChange | None = None


def preview(*, act: Act, chosen: Sequence[tuple[UUID, int]], by: User, at: datetime) -> Result:
    """What ``apply`` would do now: it is done and rolled back, so nothing can be forgotten. Raises the same."""
    with transaction.atomic():
        result = _run(act, chosen, by=by, at=at)
        transaction.set_rollback(True)
    return result


def apply(*, act: Act, chosen: Sequence[tuple[UUID, int]], by: User, at: datetime) -> Result:
    """Change the claims, each given by its id and the version that was seen.

    Raises ``NotAllowedError``, ``ValidationError`` for an act without what it needs, or for too many claims.
    """
    with transaction.atomic():
        result = _run(act, chosen, by=by, at=at)
        BulkChange.objects.filter(by=by, at__lt=at - _KEPT).delete()
        if result.done:
            rows = [
                {"id": str(one.claim.pk), "version": one.claim.version, "before": _stored(one.before)}
                for one in result.done
            ]
            result.change = BulkChange.objects.create(by=by, at=at, act=act.key, rows=rows)
    return result


def undo(*, change: BulkChange, by: User, at: datetime) -> Result:
    """Give the claims of ``change`` back what they had. A claim that was changed since is listed as refused.

    Raises ``NotUndoableError``, ``NotAllowedError``.
    """
    _check(by)
    with transaction.atomic():
        locked = BulkChange.objects.select_for_update().get(pk=change.pk)
        if locked.by_id != by.pk or locked.undone_at is not None or locked.at < at - UNDO:
            raise NotUndoableError(_("This change cannot be undone any more: it is older than an hour, or undone."))
        before = {UUID(row["id"]): row["before"] for row in locked.rows}
        chosen = [(UUID(row["id"]), row["version"]) for row in locked.rows]

        def give_back(claim: Claim, version: int) -> Claim:
            return _give_back(claim, before[claim.pk], by=by, at=at, version=version)

        result = _each(chosen, give_back)
        locked.undone_at = at
        locked.save()
    return result


def _run(act: Act, chosen: Sequence[tuple[UUID, int]], *, by: User, at: datetime) -> Result:
    _check(by)
    if len(chosen) > MOST:
        raise ValidationError(_("At most %(n)s claims can be changed at once.") % {"n": MOST})
    if act.key == "drop" and not act.reason.strip():
        raise ValidationError({"reason": _("Say why the claims will not be checked.")})
    if act.key == "topics" and not (act.add or act.remove):
        raise ValidationError({"add": _("Name a topic to add or to remove.")})

    def change(claim: Claim, version: int) -> Claim:
        if act.key == "drop":
            return transitions.apply_transition(
                claim=claim, transition="drop", by=by, at=at, version=version, comment=act.reason
            )
        return claims.edit(claim=claim, by=by, at=at, version=version, **_values(act, claim))

    def is_needed(claim: Claim) -> bool:
        return act.key == "drop" or any(getattr(claim, name) != value for name, value in _values(act, claim).items())

    return _each(chosen, change, is_needed)


def _check(by: User) -> None:
    if not rules.may_edit_claims(by):
        raise NotAllowedError.for_(_("You do not have permission to change claims."))


def _values(act: Act, claim: Claim) -> dict[str, Any]:
    match act.key:
        case "assign":
            return {"assignee": act.assignee}
        case "due":
            return {"due_on": act.due_on}
        case "topics":
            kept = [name for name in claim.topics if name not in act.remove]
            return {"topics": [*kept, *(name for name in act.add if name not in kept)]}
    raise ValidationError(_("There is no such action."))


_COLUMNS: Final = ("assignee_id", "due_on", "topics", "stage")


def _each(
    chosen: Sequence[tuple[UUID, int]],
    change: Callable[[Claim, int], Claim],
    is_needed: Callable[[Claim], bool] = lambda claim: True,
) -> Result:
    """Change one claim after the other in the order of ids; what one refuses is rolled back for that one alone."""
    versions = dict(chosen)
    result = Result()
    for claim in Claim.objects.select_related("assignee", "claimant").filter(pk__in=versions).order_by("pk"):
        before = {name: getattr(claim, name) for name in _COLUMNS}
        try:
            if claim.version != versions[claim.pk]:
                raise StaleError(current=claim.version)
            if not is_needed(claim):
                result.unchanged.append(claim)
                continue
            with transaction.atomic():
                changed = change(claim, versions[claim.pk])
        except RefusedError as error:
            result.refused.append(Refused(claim, str(error)))
        except ValidationError as error:
            result.refused.append(Refused(claim, " ".join(error.messages)))
        else:
            after = {name: getattr(changed, name) for name in _COLUMNS}
            differs = [name for name in _COLUMNS if before[name] != after[name]]
            loses = before["stage"] == Stage.APPROVED and "topics" in differs
            done = Done(changed, {n: before[n] for n in differs}, {n: after[n] for n in differs}, loses)
            result.done.append(done)
    return result


def _give_back(claim: Claim, before: dict[str, Any], *, by: User, at: datetime, version: int) -> Claim:
    """The claim with the values of ``before``; a dropped one is taken up again, in the stage that it had."""
    if "stage" in before:
        claim = transitions.apply_transition(claim=claim, transition="reopen", by=by, at=at, version=version)
        if before["stage"] == Stage.CHECKING:
            claim = transitions.apply_transition(claim=claim, transition="start", by=by, at=at, version=claim.version)
        return claim
    values = dict(before)
    if values.get("due_on"):
        values["due_on"] = date.fromisoformat(values["due_on"])
    if "assignee_id" in values:
        values["assignee"] = User.objects.filter(pk=values.pop("assignee_id")).first()
    return claims.edit(claim=claim, by=by, at=at, version=version, **values)


def _stored(before: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in before.items()}
