"""Claims that are sent in: received, and decided on by a person."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.groups import who_may
from accounts.models import User
from articles import rules
from articles.choices import SourceKind, SubmissionState
from articles.models import Article, Claim, Claimant, Source, Submission
from articles.models.submission import PICTURES_ALONE
from articles.services import audit, editing, reports, submission_events
from articles.services.claims import claims
from articles.services.library import claimants, sources
from articles.services.pictures import tips
from lib.claimreview import rows
from lib.claimreview.errors import RowError
from lib.claimreview.files import Found
from lib.pictures import Cleaned
from lib.refusals import NotAllowedError, RefusedError
from partners.models import Key, Partner

#: The last place on earth in which a day begins is this far ahead of UTC; the first day that is nowhere yet is future.
FARTHEST_AHEAD = timedelta(hours=14)


class DecidedError(RefusedError):
    """Somebody has decided on this submission already."""

    code = "already_decided"


@dataclass(frozen=True, slots=True)
class Sender:
    """From whom a submission comes: a partner with a key, a partner in whose name a person brings it in, or nobody."""

    partner: Partner | None = None
    key: Key | None = None
    by: User | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one row of an import: taken, already_there or refused."""

    index: int
    outcome: str
    id: UUID | None = None
    code: str = ""
    detail: str = ""
    notes: list[str] = field(default_factory=list)


def today(at: datetime) -> date:
    """The latest day that has begun anywhere on earth at ``at``."""
    return (at + FARTHEST_AHEAD).date()


def receive(*, sender: Sender, payload: Any, at: datetime, **columns: Any) -> tuple[Submission, bool]:
    """Take in a submission; also says whether it is new: the same review with the same claim is there once.

    ``columns`` are the model's. Raises ``ValidationError``.
    """
    fingerprint = columns.get("fingerprint", "")
    if there := _there(sender.partner, fingerprint):
        return there, False
    submission = Submission(partner=sender.partner, key=sender.key, payload=payload, received_at=at)
    try:
        with audit.act_as(by=sender.by):
            editing.assign(submission, columns)
            submission.save(force_insert=True)
    except (IntegrityError, ValidationError):
        if twin := _there(sender.partner, fingerprint):  # the same was sent at the same moment
            return twin, False
        raise
    return submission, True


def receive_from_reader(
    *, form: str, at: datetime, pictures: Sequence[Cleaned] = (), shown: UUID | None = None, **columns: Any
) -> Submission:
    """Take in a claim that a reader suggests by the form of that number; sent twice, it is there once.

    ``shown`` is the claim whose check the reader saw and wanted to send this all the same. A tip of ``pictures`` alone
    has the statement ``PICTURES_ALONE``.
    Its ``reference`` is the secret part of the address at which the reader sees its state.
    Raises ``ValidationError``.
    """
    fingerprint = hashlib.sha256(f"reader's form {form}".encode()).hexdigest()
    columns["text"] = columns.get("text") or columns.get("appearance_url") or PICTURES_ALONE * bool(pictures)
    with transaction.atomic():
        submission, is_new = receive(
            sender=Sender(),
            payload={"from": "reader"},
            at=at,
            reference=reports.new_reference(),
            language=rows.UNDETERMINED,
            fingerprint=fingerprint,
            shown_claim=Claim.objects.filter(pk=shown).first() if shown else None,
            **columns,
        )
        if is_new:
            tips.keep(submission, pictures, at=at)
    return submission


def take_in(*, found: Iterable[Found], sender: Sender, at: datetime) -> Iterator[Outcome]:
    """Receive the reviews that were found, each by itself: taken whole, or refused with nothing left of it."""
    for index, one in enumerate(found):
        try:
            if one.refusal:
                raise one.refusal
            row = rows.read(one.review, today=today(at), notes=one.notes)
            with transaction.atomic():
                # A person decides on each review, so a very old date in it needs no confirmation here.
                columns = {**row.columns, "confirm_old_date": True}
                submission, is_new = receive(sender=sender, payload=row.payload, at=at, **columns)
        except RowError as error:
            yield Outcome(index, "refused", code=error.code, detail=str(error))
        except ValidationError as error:
            yield Outcome(index, "refused", code="invalid", detail=_sentence(error))
        except DataError:
            yield Outcome(index, "refused", code="invalid", detail="It holds a value that cannot be stored.")
        else:
            yield Outcome(index, "taken" if is_new else "already_there", id=submission.pk, notes=submission.notes)


def one_import_at_a_time(*, partner: Partner) -> None:
    """Let imports of one partner wait for each other until the transaction ends.

    The same reviews in another order would hold each other up until the database breaks one off.
    """
    Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)


def accept(
    *, submission: Submission, by: User, at: datetime, text: str, language: str, claimant_kind: str = "", note: str = ""
) -> Claim:
    """Make the submission a draft on the desk, written by ``by`` in the words of ``text``; returns the claim.

    The claimant is the one with this name, or a new one of ``claimant_kind``: else of the kind that was sent, or that
    the name suggests. Where the article is here and holds the quote once, the passage is marked; else the claim says in
    words where it was said. Another checker's review becomes a source to look at, linked to nothing. Raises
    ``DecidedError``, ``NotAllowedError``, ``ValidationError``.
    """
    with _deciding(submission, by=by, at=at) as locked:
        claim = claims.create(
            by=by,
            at=at,
            text=text,
            language=language,
            claimant=_claimant(locked, claimant_kind, by=by, at=at),
            claimed_on=locked.claimed_on,
            confirm_old_date=True,  # the sender has confirmed it
            origin=_origin(locked),
            why_chosen=_why(locked),
        )
        claim = _mark(claim, locked, by=by, at=at)
        _source(locked, by=by, at=at)
        locked.state, locked.claim, locked.decision_note = SubmissionState.ACCEPTED, claim, note
    return claim


def decline(*, submission: Submission, by: User, at: datetime, note: str) -> Submission:
    """Say no; the sender reads ``note``. Raises ``DecidedError``, ``NotAllowedError``, ``ValidationError``."""
    if not note.strip():
        raise ValidationError({"note": _("Say why: the sender reads it.")})
    with _deciding(submission, by=by, at=at) as locked:
        locked.state, locked.decision_note = SubmissionState.DECLINED, note
    return locked


def mark_duplicate(*, submission: Submission, claim: Claim, by: User, at: datetime, note: str = "") -> Submission:
    """The desk has this claim already. The sender sees which one once it is public.

    Raises ``DecidedError``, ``NotAllowedError``, ``ValidationError``.
    """
    with _deciding(submission, by=by, at=at) as locked:
        locked.state, locked.claim, locked.decision_note = SubmissionState.DUPLICATE, claim, note
    return locked


@contextmanager
def _deciding(submission: Submission, *, by: User, at: datetime) -> Iterator[Submission]:
    """A submission that waits, locked; what the block decides is written with who did it and when."""
    if not rules.may_decide_submissions(by):
        raise NotAllowedError.for_(
            _("You do not have permission to decide on submissions."), groups=who_may("articles.decide_submission")
        )
    with audit.act_as(by=by):
        locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
        if locked.state != SubmissionState.RECEIVED:
            raise DecidedError(_("Somebody has decided on this already."))
        yield locked
        editing.assign(locked, {"decision_note": locked.decision_note, "decided_by": by, "decided_at": at})
        locked.save()
        submission_events.decided(locked, at=at)


def _there(partner: Partner | None, fingerprint: str) -> Submission | None:
    return Submission.objects.filter(partner=partner, fingerprint=fingerprint).first() if fingerprint else None


def _claimant(submission: Submission, kind: str, *, by: User, at: datetime) -> Claimant | None:
    """The claimant of this name, or a new one; none where it may be the checker's own, or is that of several."""
    if not submission.claimant_name or submission.claimant_doubtful:
        return None
    addresses = [submission.claimant_url] if 0 < len(submission.claimant_url) <= 500 else []
    fields = {"same_as": addresses, "kind": kind or submission.claimant_kind}
    try:
        return claimants.find_or_add_claimant(name=submission.claimant_name, by=by, at=at, **fields)
    except claimants.SeveralClaimantsError:
        return None
    except ValidationError as error:
        raise ValidationError(claimants.errors_by_field(error)) from error


def _origin(submission: Submission) -> str:
    """Where it was said, in words; an address too long for them is left to the submission's page."""
    day = submission.appearance_published_on
    named = [submission.appearance_title, submission.appearance_publisher, day.isoformat() if day else ""]
    words = ", ".join(part for part in named if part)[:300]
    address = submission.appearance_url if len(submission.appearance_url) <= 190 else ""
    return ": ".join(part for part in (words, address) if part)


def _why(submission: Submission) -> str:
    sender = f"Sent in by {submission.partner}." if submission.partner else "Brought in from a file."
    if submission.is_from_a_reader:
        sender = "Suggested by a reader."
    return "\n".join(part for part in (submission.reason, sender) if part)


def _mark(claim: Claim, submission: Submission, *, by: User, at: datetime) -> Claim:
    article = Article.objects.filter(url=submission.appearance_url).first() if submission.appearance_url else None
    if article is None or not submission.quote:
        return claim
    try:
        with transaction.atomic():
            version = article.current_version()
            marked = claims.mark(
                claim=claim, article_version=version, exact=submission.quote, by=by, at=at, version=claim.version
            )
    except RefusedError:
        return claim  # the quote is not there, or more than once: a person will find the passage
    return marked.claim


def _source(submission: Submission, *, by: User, at: datetime) -> None:
    if submission.review_url and not Source.objects.filter(url=submission.review_url).exists():
        sources.add_source(
            by=by,
            at=at,
            title=f"Another check of: {submission.text}"[:300],
            publisher=submission.review_publisher,
            url=submission.review_url,
            kind=SourceKind.MEDIA_REPORT,
            published_on=submission.reviewed_on,
            confirm_old_date=True,
        )


def _sentence(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
