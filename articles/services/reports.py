"""Errors that readers report: received, looked into, and answered by a person."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from accounts.groups import who_may
from accounts.models import User
from articles import rules
from articles.choices import OPEN_REPORTS, RecordKind, ReportState
from articles.models import Record, Report
from articles.models.report import WORDS
from articles.services import audit, editing
from articles.services.collaboration import notices
from articles.services.verification import transitions
from lib.refusals import NotAllowedError, RefusedError

#: Letters and digits that are not taken for one another when they are read out (Crockford's base 32): 5 bits each.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: Sixteen of them are 80 bits: nobody guesses another reader's reference.
_LENGTH, _GROUP = 16, 4


class DecidedError(RefusedError):
    """This report is decided on, or no longer, as the caller believed."""

    code = "already_decided"


def new_reference() -> str:
    """A fresh reference, in groups that can be read out."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def read_reference(given: str) -> str:
    """A reference as somebody typed it, in the form in which it is kept: O for 0 and I or L for 1 are understood."""
    typed = "".join(letter for letter in given.upper() if letter.isascii() and letter.isalnum())
    letters = typed.translate(str.maketrans("OIL", "011"))
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def receive(
    *,
    form: str,
    at: datetime,
    claim_id: UUID | None = None,
    revision: int | None = None,
    page: str = "",
    what: str,
    how_known: str = "",
    link: str = "",
    email: str = "",
) -> Report:
    """Take in what a reader says is wrong. The same ``form`` sent twice is one report.

    Raises ``ValidationError`` naming the fields at fault.
    """
    if there := Report.objects.filter(form=form).first():
        return there
    report = Report(form=form, reference=new_reference(), received_at=at, revision=revision, claim_id=claim_id)
    words = {"page": page, "what": what, "how_known": how_known, "link": link, "email": email}
    try:
        with transaction.atomic(), audit.act_as(by=None):
            editing.assign(report, words)
            report.save(force_insert=True)
            notices.reported(report, at=at)
    except (IntegrityError, ValidationError):
        if twin := Report.objects.filter(form=form).first():  # the same form arrived at the same moment
            return twin
        raise
    return report


def take(*, report: Report, by: User, at: datetime, assignee: User | None = None) -> Report:
    """Say that somebody looks into it: ``assignee``, or ``by`` themselves. The reader sees that it is looked into.

    Raises ``DecidedError``, ``NotAllowedError``, ``ValidationError``.
    """
    with _working_on(report, by=by) as locked:
        before = locked.assignee_id
        locked.state, locked.assignee = ReportState.IN_WORK, _able(assignee or by)
        notices.report_assigned(locked, before=before, by=by, at=at)
    return locked


def recheck(*, report: Report, by: User, at: datetime, version: int, comment: str) -> Report:
    """Take the claim up again because of the report. ``version`` is the claim's; ``comment`` stays in its history.

    Raises ``DecidedError``, ``ValidationError`` when the report is about no claim, and what the step itself raises.
    """
    if report.claim is None:
        raise ValidationError(gettext("This report is about no claim, so there is none to check again."))
    with _working_on(report, by=by) as locked:
        transitions.apply_transition(
            claim=report.claim, transition="recheck", by=by, at=at, version=version, comment=comment
        )
        locked.state, locked.assignee = ReportState.IN_WORK, locked.assignee or by
    return locked


def dismiss(*, report: Report, by: User, at: datetime, answer: str) -> Report:
    """Nothing has to change; the reader reads ``answer``. Raises what ``take`` raises."""
    if not answer.strip():
        raise ValidationError({"answer": gettext("Say why nothing changes: the reader reads it.")})
    with _working_on(report, by=by) as locked:
        _decide(locked, ReportState.NO_CHANGE, answer, by, at)
    return locked


def settle(*, report: Report, revision: int, by: User, at: datetime, answer: str = "") -> Report:
    """It led to the correction or retraction that is ``revision`` of the claim.

    Raises ``ValidationError`` unless that revision corrected or retracted what the reader had read.
    """
    kinds = [RecordKind.CORRECTED, RecordKind.RETRACTED]
    records = Record.objects.filter(revision=revision, kind__in=kinds)
    if report.claim_id is None or not records.filter(claim_id=report.claim_id).exists():
        raise ValidationError(
            {
                "revision": gettext("Revision %(revision)s of this claim corrected or retracted nothing.")
                % {"revision": revision}
            }
        )
    if report.revision is not None and revision <= report.revision:
        raise ValidationError(
            {
                "revision": gettext("The reader had read revision %(revision)s: a later one corrects it.")
                % {"revision": report.revision}
            }
        )
    with _working_on(report, by=by) as locked:
        locked.correction = revision
        _decide(locked, ReportState.CORRECTED, answer, by, at)
    return locked


def reopen(*, report: Report, by: User, at: datetime) -> Report:
    """Take a decision back; the answer stays, to be edited. Raises ``DecidedError`` for one that is open."""
    with _acting_on(report, by=by) as locked:
        if locked.state in OPEN_REPORTS:
            raise DecidedError(gettext("This report is open: there is no decision to take back."))
        locked.state, locked.assignee = ReportState.IN_WORK, by
        locked.decided_by = locked.decided_at = locked.correction = None
    return locked


def erase(*, report: Report, by: User, at: datetime, all_words: bool = False) -> Report:
    """Forget the reader's e-mail address, or all that they wrote. It cannot be brought back."""
    with _acting_on(report, by=by) as locked:
        _forget(locked, at, WORDS if all_words else ("email",))
    return locked


def forget_addresses(*, at: datetime, days: int) -> int:
    """Erase the e-mail addresses of reports decided ``days`` ago, and of those that nobody decided in twice the time.

    Returns how many. For ``manage.py forget_readers``.
    """
    kept = Report.objects.exclude(email="")
    old = kept.filter(decided_at__lt=at - timedelta(days=days)) | kept.filter(
        decided_at=None, received_at__lt=at - timedelta(days=2 * days)
    )
    count = 0
    with audit.act_as(by=None, reason=f"Addresses are kept for {days} days."):
        for report in old.select_for_update(of=("self",)).order_by("pk"):
            _forget(report, at, ("email",))
            report.save()
            count += 1
    return count


def forget_answered(references: Iterable[str], *, at: datetime) -> None:
    """Erase the addresses of reports whose readers got the answer by e-mail."""
    rows = Report.objects.filter(reference__in=list(references)).exclude(email="")
    with audit.act_as(by=None, reason="The answer was sent."):
        for report in rows.select_for_update(of=("self",)).order_by("pk"):
            _forget(report, at, ("email",))
            report.save()


@contextmanager
def _working_on(report: Report, *, by: User) -> Iterator[Report]:
    """A report that is open, locked; saved when the block ends well."""
    with _acting_on(report, by=by) as locked:
        if locked.state not in OPEN_REPORTS:
            raise DecidedError(gettext("Somebody has decided on this report already."))
        yield locked


@contextmanager
def _acting_on(report: Report, *, by: User) -> Iterator[Report]:
    if not rules.may_handle_reports(by):
        raise NotAllowedError.for_(
            gettext("You do not have permission to decide on readers' reports."),
            groups=who_may("articles.handle_report"),
        )
    with audit.act_as(by=by):
        locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        yield locked
        locked.full_clean()
        locked.save()


def _able(user: User) -> User:
    if not rules.may_handle_reports(user):
        raise ValidationError(
            {
                "assignee": gettext("%(name)s may not decide on reports. Choose somebody else.")
                % {"name": user.display_name()}
            }
        )
    return user


def _decide(report: Report, state: ReportState, answer: str, by: User, at: datetime) -> None:
    editing.assign(report, {"answer": answer, "state": state, "decided_by": by, "decided_at": at})


def _forget(report: Report, at: datetime, columns: tuple[str, ...]) -> None:
    for column in columns:
        setattr(report, column, "")
    if "what" in columns:
        report.erased_at = at
